import { FormatError } from '@remnant/engine';
import { requireText } from './sniff.js';
import { type Delimiter, guessDelimiter, type Row, splitRows } from './split-rows.js';
import { decodeUtf8, withoutBom } from './utf8.js';

/** The header of a large table and its first rows, from which its layout is decided. */
export interface TableHead {
  /** Column names; `''` for an unnamed first column. */
  readonly columns: readonly string[];
  readonly firstRows: readonly Row[];
  readonly delimiter: Delimiter;
  /** Position of the first byte after the header line. */
  readonly bodyStart: number;
  /** Row number of the header. */
  readonly headerRow: number;
}

const rowsLookedAt = 50;

/**
 * Reads the header and up to 50 rows.
 *
 * @param bytes - at least the beginning of the decompressed file
 * @throws FormatError when this is not a table with a header and at least one row
 */
export function readTableHead(bytes: Uint8Array, file: string): TableHead {
  requireText(bytes, file);
  const text = decodeUtf8(withoutBom(bytes.subarray(0, headEnd(bytes))), file);
  const delimiter = guessDelimiter(text);
  const [header, ...firstRows] = splitRows(text, file, { delimiter });
  if (header === undefined) throw new FormatError('This file is empty, not a table.', { file });
  if (firstRows[0] === undefined) {
    throw new FormatError('This table has a header and no rows.', {
      file,
      hint: 'Check that the export was not stopped after its first line.',
    });
  }
  const unnamed = firstRows[0].fields.length === header.fields.length + 1;
  const columns = (unnamed ? ['', ...header.fields] : header.fields).map((name) => name.trim());
  return { columns, firstRows, delimiter, bodyStart: lineEnd(bytes, header.row), headerRow: header.row };
}

function headEnd(bytes: Uint8Array): number {
  return lineEnd(bytes, rowsLookedAt + 1);
}

/** Position after the given number of lines. */
function lineEnd(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let n = 0; n < lines; n++) {
    const end = bytes.indexOf(10, at);
    if (end === -1) return bytes.length;
    at = end + 1;
  }
  return at;
}
