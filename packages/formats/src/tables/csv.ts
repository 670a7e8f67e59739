import { type Column, createTable, FormatError, type Table } from '@remnant/engine';
import { type Row, splitRows } from '../text/split-rows.js';

/** What a column of a CSV file is to be read as. */
export interface ColumnSchema {
  readonly name: string;
  readonly kind: 'text' | 'number';
  readonly description: string;
}

/** A table without its values: what `parseCsv` needs to read it back. */
export interface TableSchema {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ColumnSchema[];
}

/**
 * Writes a table as CSV: RFC 4180 quotes, LF line ends, a header, and for each number the shortest text that reads
 * back to the same double. NaN and null are empty cells, empty text is `""`, infinities are `Inf` and `-Inf`.
 */
export function formatCsv(table: Table): string {
  const cells = table.columns.map((column) => cellWriter(column));
  const lines = [table.columns.map((column) => quoteText(column.name)).join(',')];
  for (let row = 0; row < table.nRows; row++) lines.push(cells.map((cell) => cell(row)).join(','));
  return `${lines.join('\n')}\n`;
}

/**
 * Reads a CSV written by `formatCsv` back into the same table.
 *
 * @param schema - names, kinds and descriptions of the columns, in file order
 * @throws FormatError when header or cells do not fit the schema
 */
export function parseCsv(text: string, schema: TableSchema, file = `${schema.name}.csv`): Table {
  const [header, ...rows] = splitRows(text, file, { delimiter: ',', blankLines: 'keep' });
  checkHeader(header?.fields ?? [], schema, file);
  const columns = schema.columns.map((column, i) => parseColumn(rows, i, column, file));
  return createTable(schema.name, schema.description, columns);
}

function checkHeader(header: readonly string[], schema: TableSchema, file: string): void {
  for (let i = 0; i < Math.max(header.length, schema.columns.length); i++) {
    const expected = schema.columns[i]?.name;
    if (header[i] === expected) continue;
    throw new FormatError('The columns of this table are not the ones expected here.', {
      file,
      row: 1,
      expected: expected === undefined ? 'no further column' : `"${expected}"`,
      found: header[i] === undefined ? 'no further column' : `"${header[i] as string}"`,
    });
  }
}

function parseColumn(rows: readonly Row[], index: number, column: ColumnSchema, file: string): Column {
  if (column.kind === 'text') return { ...column, kind: 'text', values: rows.map((row) => parseText(row, index)) };
  return { ...column, kind: 'number', values: Float64Array.from(rows, (row) => parseCell(row, index, column, file)) };
}

function parseText(row: Row, index: number): string | null {
  const text = row.fields[index] ?? '';
  return text === '' && row.quoted[index] !== true ? null : text;
}

function parseCell(row: Row, index: number, column: ColumnSchema, file: string): number {
  const text = row.fields[index] ?? '';
  if (text === '') return NaN;
  if (text === 'Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  throw new FormatError('This cell is not a number.', { file, row: row.row, column: column.name, found: `"${text}"` });
}

function cellWriter(column: Column): (row: number) => string {
  if (column.kind === 'number') return (row) => formatNumber(column.values[row] as number);
  return (row) => {
    const text = column.values[row] ?? null;
    return text === null ? '' : quoteText(text);
  };
}

/** The shortest decimal that reads back to the same double. */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '';
  if (value === Infinity) return 'Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

function quoteText(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
