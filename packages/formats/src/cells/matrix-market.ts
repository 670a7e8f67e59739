import { FormatError, UnsupportedError } from '@remnant/engine';
import type { LineBlocks } from '../text/line-blocks.js';
import { parseNumber } from '../text/parse-number.js';
import { notText, requireText, sniff } from '../text/sniff.js';
import { decodeUtf8 } from '../text/utf8.js';
import { type Compressed, createPointers, type SparseData, transpose } from './sparse.js';

/** The size line of a Matrix Market file. */
export interface MatrixMarketHeader {
  readonly nRows: number;
  readonly nColumns: number;
  readonly nStored: number;
  /** `pattern` files list positions only; each counts as 1. */
  readonly field: 'integer' | 'real' | 'pattern';
  /** Row number of the size line. */
  readonly row: number;
  /** Position of the first byte after it. */
  readonly bodyStart: number;
}

/**
 * Reads the banner and the size line of a Matrix Market coordinate file.
 *
 * @param bytes - at least the beginning of the decompressed file
 * @throws FormatError when this is not one
 */
export function readMatrixMarketHeader(bytes: Uint8Array, file: string): MatrixMarketHeader {
  requireText(bytes, file, 'a Matrix Market file');
  let at = 0;
  let banner = '';
  for (let row = 1; at < bytes.length; row++) {
    const end = bytes.indexOf(10, at) === -1 ? bytes.length : bytes.indexOf(10, at);
    const line = decodeUtf8(bytes.subarray(at, end), file, row).trim();
    at = end + 1;
    if (row === 1) banner = line;
    else if (line !== '' && !line.startsWith('%')) return parseSize(banner, line, file, row, at);
  }
  throw new FormatError('This Matrix Market file has no size line.', {
    file,
    expected: 'rows, columns and number of values',
    hint: 'The file is incomplete: copy or download it again.',
  });
}

function parseSize(banner: string, line: string, file: string, row: number, bodyStart: number): MatrixMarketHeader {
  const words = banner.toLowerCase().split(/\s+/);
  const [mark, , layout, field, symmetry] = words;
  if (mark !== '%%matrixmarket') {
    throw new FormatError('This is not a Matrix Market file.', {
      file,
      row: 1,
      expected: '%%MatrixMarket matrix coordinate integer general',
      found: JSON.stringify(banner.slice(0, 60)),
    });
  }
  if (layout !== 'coordinate' || symmetry !== 'general' || !isField(field)) {
    throw new UnsupportedError('Matrix Market files of this kind are not read.', {
      file,
      row: 1,
      expected: '"coordinate", "integer" or "real", "general"',
      found: words.slice(2).join(' '),
    });
  }
  const sizes = line.split(/\s+/).map(Number);
  const [nRows, nColumns, nStored] = sizes;
  if (sizes.length !== 3 || !sizes.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new FormatError('The size line of this Matrix Market file is wrong.', {
      file,
      row,
      expected: 'rows, columns and number of values',
      found: JSON.stringify(line.slice(0, 60)),
    });
  }
  return { nRows: nRows as number, nColumns: nColumns as number, nStored: nStored as number, field, row, bodyStart };
}

function isField(field: string | undefined): field is MatrixMarketHeader['field'] {
  return field === 'integer' || field === 'real' || field === 'pattern';
}

/** A Matrix Market matrix by columns: cells, as 10x writes genes × cells. */
export interface MatrixMarket {
  readonly header: MatrixMarketHeader;
  /** Columns of the file as major axis. */
  readonly columns: Compressed;
}

/**
 * Reads a Matrix Market coordinate file from blocks of whole lines.
 *
 * @throws FormatError for an index outside the stated size, a value that is no number, or fewer or more values than stated
 */
export async function readMatrixMarket(blocks: LineBlocks, file: string): Promise<MatrixMarket> {
  let entries: Entries | null = null;
  for await (const block of blocks) {
    let at = 0;
    if (entries === null) {
      const header = readMatrixMarketHeader(block, file);
      at = header.bodyStart;
      entries = createEntries(header);
    }
    readEntries(block, at, entries, file);
  }
  if (entries === null) throw notText(sniff(new Uint8Array(0)), new Uint8Array(0), file, 'a Matrix Market file');
  const { header, n } = entries;
  if (n !== header.nStored) throw wrongNumber(header, String(n), file);
  return { header, columns: byColumn(entries) };
}

interface Entries {
  readonly header: MatrixMarketHeader;
  n: number;
  row: number;
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  data: SparseData;
  /** Whether columns came in order, as they nearly always do. */
  ordered: boolean;
}

function createEntries(header: MatrixMarketHeader): Entries {
  const { nStored, row } = header;
  return {
    header,
    n: 0,
    row,
    rows: new Uint32Array(nStored),
    columns: new Uint32Array(nStored),
    data: new Float32Array(nStored),
    ordered: true,
  };
}

/** One entry per line: row, column, value. Integers are read digit by digit, without a string or an object each. */
function readEntries(bytes: Uint8Array, start: number, entries: Entries, file: string): void {
  const { header, rows, columns } = entries;
  const { nRows, nColumns, nStored } = header;
  const isPattern = header.field === 'pattern';
  const { length } = bytes;
  let last = entries.n === 0 ? 0 : (columns[entries.n - 1] as number);
  for (let at = start; at < length; ) {
    entries.row++;
    const lineStart = at;
    let row = 0;
    let column = 0;
    let value = 0;
    at = skipSpaces(bytes, at);
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) row = row * 10 + digit;
    at = skipSpaces(bytes, at);
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) column = column * 10 + digit;
    at = skipSpaces(bytes, at);
    const valueStart = at;
    for (let digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, ++at)) value = value * 10 + digit;
    if (at === valueStart || at - valueStart > 15 || !isLineEnd(bytes, at)) {
      const end = lineEnd(bytes, at);
      if (isBlank(bytes, lineStart, end)) {
        at = end + 1;
        continue;
      }
      value = isPattern && at === end ? 1 : parseNumber(bytes, valueStart, trimmed(bytes, valueStart, end));
      at = end;
    }
    if (row < 1 || row > nRows || column < 1 || column > nColumns || Number.isNaN(value)) {
      throw badEntry(bytes, lineStart, entries, file);
    }
    if (entries.n === nStored) throw wrongNumber(header, `more than ${String(nStored)}`, file);
    if (entries.data instanceof Float32Array && Math.fround(value) !== value) {
      entries.data = Float64Array.from(entries.data);
    }
    rows[entries.n] = row - 1;
    columns[entries.n] = column - 1;
    entries.data[entries.n++] = value;
    if (column - 1 < last) entries.ordered = false;
    last = column - 1;
    at = lineEnd(bytes, at) + 1;
  }
}

function digitAt(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) return -1;
  const digit = (bytes[at] as number) - 48;
  return digit <= 9 ? digit : -1;
}

function skipSpaces(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && (bytes[at] === 32 || bytes[at] === 9)) at++;
  return at;
}

function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return at >= bytes.length || bytes[at] === 10 || bytes[at] === 13;
}

function lineEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 10) at++;
  return at;
}

function trimmed(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] as number) <= 32) at--;
  return at;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  return trimmed(bytes, start, end) === start;
}

/** Entries gathered by file column; already so when the file lists them in order. */
function byColumn(entries: Entries): Compressed {
  const { header, rows, columns, data, n } = entries;
  if (entries.ordered) {
    const indptr = createPointers(header.nColumns + 1, n);
    for (const column of columns) indptr[column + 1] = (indptr[column + 1] as number) + 1;
    for (let j = 0; j < header.nColumns; j++) indptr[j + 1] = (indptr[j + 1] as number) + (indptr[j] as number);
    return { nMajor: header.nColumns, nMinor: header.nRows, indptr, indices: rows, data };
  }
  const each = Uint32Array.from({ length: n + 1 }, (_, k) => k);
  const byColumns = transpose({ nMajor: n, nMinor: header.nColumns, indptr: each, indices: columns, data });
  const indices = byColumns.indices.map((entry) => rows[entry] as number);
  return { ...byColumns, nMinor: header.nRows, indices };
}

function badEntry(bytes: Uint8Array, lineStart: number, entries: Entries, file: string): FormatError {
  const line = String.fromCharCode(...bytes.subarray(lineStart, Math.min(lineEnd(bytes, lineStart), lineStart + 60)));
  const { nRows, nColumns } = entries.header;
  return new FormatError('This entry does not fit the matrix.', {
    file,
    row: entries.row,
    expected: `a row from 1 to ${String(nRows)}, a column from 1 to ${String(nColumns)} and a number`,
    found: JSON.stringify(line.trim()),
    hint: 'The file is damaged, or belongs to other gene and cell lists.',
  });
}

function wrongNumber(header: MatrixMarketHeader, found: string, file: string): FormatError {
  return new FormatError('This Matrix Market file does not hold as many values as it states.', {
    file,
    row: header.row,
    expected: `${String(header.nStored)} values`,
    found,
    hint: 'The file is incomplete: copy or download it again.',
  });
}
