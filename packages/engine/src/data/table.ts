import { ShapeError } from '../core/errors.js';

/** A column of text; `null` means missing. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  /** One line on what the column holds, with its unit; printed in `results.json` and in the report. */
  readonly description: string;
  readonly values: readonly (string | null)[];
}

/** A column of numbers; NaN means missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly description: string;
  readonly values: Float64Array;
}

/** One column of a table. */
export type Column = TextColumn | NumberColumn;

/** A named table of equally long columns. Every result a reader can download is one of these. */
export interface Table {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly nRows: number;
}

/** A text column. */
export function textColumn(name: string, description: string, values: readonly (string | null)[]): TextColumn {
  return { kind: 'text', name, description, values };
}

/** A number column. */
export function numberColumn(name: string, description: string, values: ArrayLike<number>): NumberColumn {
  return { kind: 'number', name, description, values: Float64Array.from(values) };
}

/** Builds a table and checks that its columns are equally long. */
export function createTable(name: string, description: string, columns: readonly Column[]): Table {
  const nRows = columns[0]?.values.length ?? 0;
  for (const column of columns) {
    if (column.values.length !== nRows) {
      throw new ShapeError(`Table "${name}" has columns of different lengths.`, {
        column: column.name,
        expected: `${String(nRows)} rows`,
        found: `${String(column.values.length)} rows`,
      });
    }
  }
  return { name, description, columns, nRows };
}

/** The numbers of a column, or an error that names the table. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((c) => c.name === name);
  if (column?.kind !== 'number') throw new ShapeError(`Table "${table.name}" has no number column "${name}".`);
  return column.values;
}

/** The texts of a column, or an error that names the table. */
export function textsOf(table: Table, name: string): readonly (string | null)[] {
  const column = table.columns.find((c) => c.name === name);
  if (column?.kind !== 'text') throw new ShapeError(`Table "${table.name}" has no text column "${name}".`);
  return column.values;
}
