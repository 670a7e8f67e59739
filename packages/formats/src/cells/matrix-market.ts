import { FormatError, type SparseIndices, type SparseValues, UnsupportedError } from '@remnant/engine';
import type { OpenFile } from '../source.js';
import { type LineBlocks, readLines } from '../text/line-blocks.js';
import { parseNumber } from '../text/parse-number.js';
import { notText, requireText, sniff } from '../text/sniff.js';
import { decodeUtf8 } from '../text/utf8.js';
import { createIndices, createValues, putValue } from './compact-arrays.js';
import { accumulate, type Compressed, createPointers } from './sparse.js';

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

/** A Matrix Market matrix, compressed. */
export interface MatrixMarket {
  readonly header: MatrixMarketHeader;
  readonly stored: Compressed;
}

/** Which axis of the file becomes the major one: `columns` for genes × cells. */
export type MajorAxis = 'rows' | 'columns';

/**
 * Reads a Matrix Market coordinate file from blocks of whole lines, straight into compact arrays.
 * Entries listed by the major axis, as nearly always, are read once; otherwise the first pass only counts, and a second
 * one puts every entry in its place.
 *
 * @param input - the file, gzip or not
 * @param majorOf - says which axis becomes the major one; what it throws about the stated size stops the reading
 * @throws FormatError for an index outside the stated size, a value that is no number, or fewer or more values than stated
 */
export async function readMatrixMarket(
  input: OpenFile,
  file: string,
  majorOf: (header: MatrixMarketHeader) => MajorAxis,
): Promise<MatrixMarket> {
  const first = await readLines(input, file, (blocks) => readPass(blocks, null, { file, majorOf }));
  const entries = first.isOrdered
    ? first
    : await readLines(input, file, (blocks) => readPass(blocks, placesFor(first), { file, majorOf }));
  const { header, major, indptr, indices, data } = entries;
  const [nMajor, nMinor] = major === 'columns' ? [header.nColumns, header.nRows] : [header.nRows, header.nColumns];
  return { header, stored: { nMajor, nMinor, indptr, indices, data } };
}

/** What is known of the entries while they are read. */
interface Entries {
  readonly header: MatrixMarketHeader;
  readonly major: MajorAxis;
  /** Entries read. */
  n: number;
  /** Row number in the file. */
  row: number;
  /** Counts per major at `major + 1` while reading, pointers once finished. */
  readonly indptr: Uint32Array | Float64Array;
  /** Where the next entry of each major goes, in a second pass. */
  readonly next: Uint32Array | Float64Array | null;
  indices: SparseIndices;
  data: SparseValues;
  /** Whether majors came in order; where they do not, a first pass only counts. */
  isOrdered: boolean;
  lastMajor: number;
}

async function readPass(
  blocks: LineBlocks,
  second: Entries | null,
  options: { readonly file: string; readonly majorOf: (header: MatrixMarketHeader) => MajorAxis },
): Promise<Entries> {
  const { file, majorOf } = options;
  let entries = second === null ? null : { ...second, n: 0, row: second.header.row };
  let isFirst = true;
  for await (const block of blocks) {
    const header = isFirst ? readMatrixMarketHeader(block, file) : null;
    if (header !== null) entries ??= createEntries(header, majorOf(header));
    if (entries !== null) readEntries(block, header?.bodyStart ?? 0, entries, file);
    isFirst = false;
  }
  if (entries === null) throw notText(sniff(new Uint8Array(0)), new Uint8Array(0), file, 'a Matrix Market file');
  const { header, n } = entries;
  if (n !== header.nStored) throw wrongNumber(header, String(n), file);
  if (second === null) accumulate(entries.indptr);
  return entries;
}

function createEntries(header: MatrixMarketHeader, major: MajorAxis): Entries {
  const { nStored, nRows, nColumns, row } = header;
  const [nMajor, nMinor] = major === 'columns' ? [nColumns, nRows] : [nRows, nColumns];
  return {
    header,
    major,
    n: 0,
    row,
    indptr: createPointers(nMajor + 1, nStored),
    next: null,
    indices: createIndices(nStored, nMinor),
    data: createValues(nStored),
    isOrdered: true,
    lastMajor: 0,
  };
}

/** What a second pass starts from, when the first one has counted. */
function placesFor(counted: Entries): Entries {
  const { header, major } = counted;
  const nMinor = major === 'columns' ? header.nRows : header.nColumns;
  return {
    ...counted,
    next: counted.indptr.slice(),
    indices: createIndices(header.nStored, nMinor),
    data: createValues(header.nStored),
  };
}

/** One entry per line: row, column, value. Integers are read digit by digit, without a string or an object each. */
function readEntries(bytes: Uint8Array, start: number, entries: Entries, file: string): void {
  const { nRows, nColumns, nStored, field } = entries.header;
  const isPattern = field === 'pattern';
  const byColumns = entries.major === 'columns';
  const { length } = bytes;
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
    if (entries.n === nStored) throw wrongNumber(entries.header, `more than ${String(nStored)}`, file);
    if (byColumns) putEntry(entries, column - 1, row - 1, value);
    else putEntry(entries, row - 1, column - 1, value);
    at = lineEnd(bytes, at) + 1;
  }
}

function putEntry(entries: Entries, major: number, minor: number, value: number): void {
  const { next, indptr } = entries;
  let at = entries.n++;
  if (next === null) {
    indptr[major + 1] = (indptr[major + 1] as number) + 1;
    if (major < entries.lastMajor) giveUpOrder(entries);
    entries.lastMajor = major;
    if (!entries.isOrdered) return;
  } else {
    at = next[major] as number;
    next[major] = at + 1;
  }
  entries.indices[at] = minor;
  entries.data[at] = value;
  if (entries.data[at] !== value) entries.data = putValue(entries.data, at, value);
}

function giveUpOrder(entries: Entries): void {
  entries.isOrdered = false;
  entries.indices = createIndices(0, 0);
  entries.data = createValues(0);
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
