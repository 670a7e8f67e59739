import { type Column, createTable, numberColumn, type Table, textColumn } from '@remnant/engine';

/** A value of a table made here. */
export type Cell = string | number | null;

/** A table from rows; a column is text where a row holds text or nothing holds a number. */
export function table(name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  const made = columns.map((column, c): Column => {
    const values = rows.map((row) => row[c] ?? null);
    return values.some((value) => typeof value === 'number')
      ? numberColumn(
          column,
          column,
          values.map((value) => (typeof value === 'number' ? value : NaN)),
        )
      : textColumn(
          column,
          column,
          values.map((value) => (value === null ? null : String(value))),
        );
  });
  return createTable(name, name, made);
}

/** The same tables with every number of some columns missing. */
export function without(tables: readonly Table[], name: string, ...columns: readonly string[]): readonly Table[] {
  return tables.map((one) => {
    if (one.name !== name) return one;
    const kept = one.columns.map((column) =>
      columns.includes(column.name)
        ? numberColumn(column.name, column.name, new Float64Array(one.nRows).fill(NaN))
        : column,
    );
    return createTable(name, name, kept);
  });
}

/** A repeatable number between 0 and 1 for two whole numbers. */
export function wobble(a: number, b: number): number {
  const mixed = ((a + 1) * 7919 + (b + 1) * 104_729) % 1009;
  return mixed / 1009;
}
