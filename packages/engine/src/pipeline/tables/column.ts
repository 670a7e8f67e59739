import { type Column, numberColumn, textColumn } from '../../data/table.js';

/** Columns made by picking from rows. */
export interface ColumnsOf<R> {
  readonly text: (name: string, description: string, pick: (row: R, index: number) => string | null) => Column;
  /** A missing number may be null, undefined or NaN; it is written as an empty field. */
  readonly number: (
    name: string,
    description: string,
    pick: (row: R, index: number) => number | null | undefined,
  ) => Column;
}

/** Makes the columns of a table from its rows. */
export function columnsOf<R>(rows: readonly R[]): ColumnsOf<R> {
  return {
    text: (name, description, pick) => textColumn(name, description, rows.map(pick)),
    number: (name, description, pick) =>
      numberColumn(
        name,
        description,
        rows.map((row, i) => pick(row, i) ?? NaN),
      ),
  };
}
