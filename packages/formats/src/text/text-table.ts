import { FormatError, LimitError } from '@remnant/engine';
import { gunzip, isGzip } from './gunzip.js';
import { requireText } from './sniff.js';
import { type Delimiter, guessDelimiter, type Row, splitRows } from './split-rows.js';
import { decodeUtf8, withoutBom } from './utf8.js';

/** A small table as text: a sample sheet, a gene list, an assay. */
export interface TextTable {
  /** Column names; `''` for the unnamed first column of tables written by R. */
  readonly columns: string[];
  /** Every row has as many fields as there are columns. */
  readonly rows: string[][];
  /** Row number in the file of each row, the header counted. */
  readonly rowNumbers: number[];
  readonly delimiter: Delimiter;
  readonly compressed: boolean;
}

const largestText = 2 ** 28;

/**
 * Reads a delimited table as text.
 * Compression is recognised by its bytes, not by the file name; comma, tab or semicolon is guessed from the header;
 * RFC 4180 quotes, LF and CRLF line ends, a byte-order mark and blank lines are accepted.
 * A header with one field fewer than the rows (R's `write.table`) has an unnamed first column.
 *
 * @param bytes - content of the file
 * @param file - its name, for errors
 * @throws FormatError when the file is not a table (HTML, zip, Excel, PDF …), is truncated, empty, not UTF-8, or ragged
 */
export function readTextTable(bytes: Uint8Array, file: string): TextTable {
  const compressed = isGzip(bytes);
  const text = tableText(compressed ? gunzip(bytes, file) : bytes, file);
  const delimiter = guessDelimiter(text);
  const [header, ...rows] = splitRows(text, file, { delimiter });
  if (header === undefined) throw new FormatError('This file is empty, not a table.', { file });
  const columns = columnNames(header, rows[0]);
  checkFields(columns, rows, file);
  return {
    columns,
    rows: rows.map((row) => row.fields),
    rowNumbers: rows.map((row) => row.row),
    delimiter,
    compressed,
  };
}

function tableText(bytes: Uint8Array, file: string): string {
  requireText(bytes, file);
  if (bytes.length > largestText) {
    throw new LimitError('This table is too large to be read as text.', { file, expected: 'at most 256 MiB' });
  }
  return decodeUtf8(withoutBom(bytes), file);
}

function columnNames(header: Row, first: Row | undefined): string[] {
  const unnamed = first !== undefined && first.fields.length === header.fields.length + 1;
  return (unnamed ? ['', ...header.fields] : header.fields).map((name) => name.trim());
}

function checkFields(columns: readonly string[], rows: readonly Row[], file: string): void {
  for (const { fields, row } of rows) {
    if (fields.length === columns.length) continue;
    throw new FormatError('This row does not have as many cells as the header.', {
      file,
      row,
      expected: `${String(columns.length)} cells`,
      found: String(fields.length),
      hint: 'A cell that contains the separator must be quoted.',
    });
  }
}
