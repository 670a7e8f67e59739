import { FormatError } from '../../core/errors.js';

/** A table as text: what `readTextTable` of the formats package gives. */
export interface TextRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Row of each in the file, the header being row 1; counted from 2 where left out. */
  readonly rowNumbers?: readonly number[];
}

/** Where an error was met. */
export interface RowPlace {
  readonly file: string;
  readonly row: number;
}

/** Position of a column by one of its names, case and separators aside; −1 where there is none. */
export function columnAt({ columns }: TextRows, names: readonly string[]): number {
  const key = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');
  const keys = columns.map(key);
  return names.map((name) => keys.indexOf(key(name))).find((at) => at !== -1) ?? -1;
}

/** The same, as an error that names the columns found. */
export function requireColumn(
  table: TextRows,
  names: readonly string[],
  { file, expected }: { readonly file: string; readonly expected: string },
): number {
  const at = columnAt(table, names);
  if (at !== -1) return at;
  throw new FormatError('A column is missing.', {
    file,
    column: names[0] as string,
    expected,
    found: `the columns ${table.columns.map((name) => `"${name}"`).join(', ')}`,
  });
}

/** A row's place in its file. */
export function placeOf({ rowNumbers }: TextRows, index: number, file: string): RowPlace {
  return { file, row: rowNumbers?.[index] ?? index + 2 };
}

/** Text of a cell of the table; null where it is empty or NA. */
export function textAt(row: readonly string[], column: number): string | null {
  const text = (row[column] ?? '').trim();
  return text === '' || text === 'NA' ? null : text;
}

/** The same, as an error where there is none. */
export function requireText(
  row: readonly string[],
  column: number,
  place: RowPlace & { readonly column: string },
): string {
  const text = textAt(row, column);
  if (text !== null) return text;
  throw new FormatError('A value is missing.', { ...place, expected: `a ${place.column}`, found: 'nothing' });
}

/** Where a table is and, where known, which samples it may name. */
export interface TableSource {
  readonly file: string;
  /** Left out, any sample may be named. */
  readonly samples?: ReadonlySet<string>;
}

/** The sample a row names, as an error where the study does not have it. */
export function requireSample(
  row: readonly string[],
  column: number,
  { place, samples }: { readonly place: RowPlace; readonly samples: ReadonlySet<string> | undefined },
): string {
  const sample = requireText(row, column, { ...place, column: 'sample' });
  if (samples === undefined || samples.has(sample)) return sample;
  const names = [...samples];
  throw new FormatError(`Sample "${sample}" is not in the sample sheet.`, {
    ...place,
    column: 'sample',
    expected: `one of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`,
    found: `"${sample}"`,
  });
}
