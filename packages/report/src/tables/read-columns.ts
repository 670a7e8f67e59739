import { type Column, numbersOf, type StudyResult, type Table } from '@remnant/engine';

/** Columns a figure or a section asks for, by name. */
export interface WantedColumns<N extends string, T extends string> {
  readonly numbers: readonly N[];
  readonly texts: readonly T[];
}

/** The columns asked for. */
export interface ReadTable<N extends string, T extends string> {
  readonly found: true;
  readonly nRows: number;
  readonly numbers: Readonly<Record<N, Float64Array>>;
  readonly texts: Readonly<Record<T, readonly (string | null)[]>>;
}

/** Why columns could not be read. `columns` is empty when the whole table is missing or has no rows. */
export interface MissingData {
  readonly found: false;
  readonly table: string;
  readonly reason: 'no-table' | 'no-rows' | 'no-columns';
  readonly columns: readonly string[];
}

/** The table of that name, if the run made it. */
export function findTable(result: StudyResult, name: string): Table | null {
  return result.tables.find((table) => table.name === name) ?? null;
}

/** Reads the wanted columns of a table, or says what is missing. Never throws: a report leaves out what it cannot draw. */
export function readColumns<N extends string, T extends string>(
  result: StudyResult,
  name: string,
  wanted: WantedColumns<N, T>,
): ReadTable<N, T> | MissingData {
  const table = findTable(result, name);
  if (table === null) return { found: false, table: name, reason: 'no-table', columns: [] };
  const columns = [
    ...wanted.numbers.filter((column) => !hasNumbers(table, column)),
    ...wanted.texts.filter((column) => findColumn(table, column) === undefined),
  ];
  if (columns.length > 0) return { found: false, table: name, reason: 'no-columns', columns };
  if (table.nRows === 0) return { found: false, table: name, reason: 'no-rows', columns: [] };
  return {
    found: true,
    nRows: table.nRows,
    numbers: record(wanted.numbers, (column) => numbersOf(table, column)),
    texts: record(wanted.texts, (column) => labelsOf(table, column)),
  };
}

/** A number column, or as many NaN as the table has rows. */
export function numbersOrMissing(result: StudyResult, name: string, column: string): Float64Array {
  const table = findTable(result, name);
  if (table === null) return new Float64Array(0);
  return hasNumbers(table, column) ? numbersOf(table, column) : new Float64Array(table.nRows).fill(NaN);
}

/** A text column, or as many nulls as the table has rows. */
export function textsOrMissing(result: StudyResult, name: string, column: string): readonly (string | null)[] {
  const table = findTable(result, name);
  return table === null ? [] : labelsOf(table, column);
}

/** A column as labels: patients or clusters named by numbers are labels too. */
function labelsOf(table: Table, name: string): readonly (string | null)[] {
  const column = findColumn(table, name);
  if (column === undefined) return Array.from({ length: table.nRows }, () => null);
  if (column.kind === 'text') return column.values;
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

function hasNumbers(table: Table, name: string): boolean {
  return findColumn(table, name)?.kind === 'number';
}

function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

function record<K extends string, V>(keys: readonly K[], read: (key: K) => V): Readonly<Record<K, V>> {
  return Object.fromEntries(keys.map((key) => [key, read(key)])) as Record<K, V>;
}
