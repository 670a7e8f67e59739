import type { Estimate } from '../../core/method.js';
import type { Column } from '../../data/table.js';
import type { ColumnsOf } from './column.js';

/** The columns of an estimate: `name`, `name_low`, `name_high`. */
export function estimateColumns<R>(
  { number }: ColumnsOf<R>,
  name: string,
  description: string,
  pick: (row: R) => Pick<Estimate, 'value' | 'low' | 'high'> | null | undefined,
): readonly Column[] {
  return [
    number(name, description, (row) => pick(row)?.value),
    number(`${name}_low`, 'Lower end of its 95 % interval', (row) => pick(row)?.low),
    number(`${name}_high`, 'Upper end of its 95 % interval', (row) => pick(row)?.high),
  ];
}
