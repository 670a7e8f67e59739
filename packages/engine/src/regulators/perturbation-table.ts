import { FormatError } from '../core/errors.js';
import { numbersOf, type Table, textsOf } from '../data/table.js';
import type { PerturbationTable } from './perturbation-correlation.js';

/** What to assume where the table does not say. */
export interface PerturbationDefaults {
  readonly direction: 'gain' | 'loss';
  /** Null: the regulator that is tested. */
  readonly regulator: string | null;
}

/**
 * Reads a perturbation table: columns `gene` and `log2FoldChange` (perturbed against control), and optionally `direction`
 * (`gain` or `loss`) and `regulator`, the same in every row. Rows without a number are left out.
 *
 * @throws FormatError naming the missing column, or the row in which direction or regulator changes
 */
export function perturbationTableFrom(table: Table, defaults: PerturbationDefaults): PerturbationTable {
  for (const column of ['gene', 'log2FoldChange']) {
    if (table.columns.some((candidate) => candidate.name === column)) continue;
    throw new FormatError(`The perturbation table "${table.name}" lacks a column.`, {
      column,
      expected: 'columns gene and log2FoldChange',
      found: table.columns.map((candidate) => candidate.name).join(', '),
    });
  }
  const names = textsOf(table, 'gene');
  const changes = numbersOf(table, 'log2FoldChange');
  const rows = names.map((_, row) => row).filter((row) => names[row] !== null && Number.isFinite(changes[row]));
  const direction = constantText(table, 'direction') ?? defaults.direction;
  if (direction !== 'gain' && direction !== 'loss') {
    throw new FormatError('The direction of a perturbation cannot be read.', {
      column: 'direction',
      expected: 'gain or loss',
      found: direction,
    });
  }
  return {
    genes: rows.map((row) => names[row] as string),
    logFoldChange: Float64Array.from(rows, (row) => changes[row] as number),
    direction,
    regulator: constantText(table, 'regulator') ?? defaults.regulator,
  };
}

/** The one value of an optional text column; null when the table has no such column or it is empty. */
function constantText(table: Table, name: string): string | null {
  if (!table.columns.some((column) => column.name === name)) return null;
  const values = textsOf(table, name);
  const first = values[0] ?? null;
  const other = values.findIndex((value) => value !== first);
  if (other < 0) return first;
  throw new FormatError('A perturbation table is of one experiment.', {
    row: other + 2,
    column: name,
    expected: first ?? 'nothing',
    found: values[other] ?? 'nothing',
  });
}
