import { parseNumber } from './parse-number.js';

/** Scratch space for one row of a large table: where each field starts and the number it holds, NaN when it holds none. */
export interface ScannedRow {
  /** Fields found, which may be more than there is room for. */
  fields: number;
  readonly numbers: Float64Array;
  readonly starts: Uint32Array;
}

/** Scratch space for rows of `nColumns` fields. */
export function createScannedRow(nColumns: number): ScannedRow {
  return { fields: 0, numbers: new Float64Array(nColumns), starts: new Uint32Array(nColumns) };
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** Whole numbers of up to this many digits are exact in a double. */
const exactDigits = 15;

/**
 * Reads one row of a delimited table straight from its bytes, without making a string per cell.
 * A quoted field may hold the delimiter but not a line end.
 *
 * @param delimiter - the byte that separates fields
 * @returns the position after the row and its line end
 */
export function scanRow(bytes: Uint8Array, start: number, delimiter: number, row: ScannedRow): number {
  const { numbers, starts } = row;
  const { length } = bytes;
  const capacity = numbers.length;
  let at = start;
  let field = 0;
  for (;;) {
    let end = at;
    let value = 0;
    let byte = bytes[at] as number;
    // Whole numbers, nearly every cell of a count table, need no second look.
    while (byte >= 48 && byte <= 57) {
      value = value * 10 + byte - 48;
      byte = bytes[++end] as number;
    }
    const isField = end >= length || byte === delimiter || byte === lineFeed || byte === carriageReturn;
    if (!isField || end === at || end - at > exactDigits) {
      end = fieldEnd(bytes, at, delimiter);
      value = fieldNumber(bytes, at, end);
    }
    if (field < capacity) {
      numbers[field] = value;
      starts[field] = at;
    }
    field++;
    if (end >= length || bytes[end] !== delimiter) {
      row.fields = field;
      return lineEnd(bytes, end) + 1;
    }
    at = end + 1;
  }
}

/** Whether the row that was read is an empty line. */
export function isBlankRow(row: ScannedRow, next: number): boolean {
  return row.fields === 1 && next - (row.starts[0] as number) <= 2 && Number.isNaN(row.numbers[0]);
}

/** The text of the field that starts at a position, unquoted. */
export function fieldText(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
  decode: (bytes: Uint8Array) => string,
): string {
  const end = fieldEnd(bytes, start, delimiter);
  const quoted = bytes[start] === quote;
  const [from, to] = quoted ? [start + 1, end - 1] : [start, end];
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number;
    if (byte > 127 || byte === quote) return decode(bytes.subarray(from, to)).replaceAll('""', '"').trim();
  }
  return String.fromCharCode(...bytes.subarray(from, to)).trim();
}

function fieldNumber(bytes: Uint8Array, start: number, end: number): number {
  const [from, to] = bytes[start] === quote ? [start + 1, end - 1] : [start, end];
  return to > from ? parseNumber(bytes, from, to) : NaN;
}

/** Position after a field: its delimiter, the line end, or the end of the bytes. */
function fieldEnd(bytes: Uint8Array, start: number, delimiter: number): number {
  if (bytes[start] === quote) return quotedEnd(bytes, start);
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
    at++;
  }
  return at;
}

/** Position after the closing quote; the end of the line when there is none. */
function quotedEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== lineFeed) {
    if (bytes[at] === quote) {
      if (bytes[at + 1] !== quote) return at + 1;
      at++;
    }
    at++;
  }
  return at;
}

function lineEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== lineFeed) at++;
  return at;
}
