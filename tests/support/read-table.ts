import type { Table } from '@remnant/engine';

/** The numbers of a column. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((one) => one.name === name);
  if (column?.kind !== 'number') throw new Error(`The table ${table.name} has no column of numbers "${name}".`);
  return Float64Array.from(column.values);
}

/** The texts of a column; a missing one is empty. */
export function textsOf(table: Table, name: string): string[] {
  const column = table.columns.find((one) => one.name === name);
  if (column?.kind !== 'text') throw new Error(`The table ${table.name} has no column of text "${name}".`);
  return column.values.map((value) => value ?? '');
}

/** The rows of a table by column name. */
export function rowsOf(table: Table): Readonly<Record<string, string | number | null>>[] {
  return Array.from({ length: table.nRows }, (_, i) =>
    Object.fromEntries(table.columns.map((column) => [column.name, column.values[i] ?? null])),
  );
}
