import { FormatError } from '@remnant/engine';

/** Bytes without a UTF-8 byte-order mark. */
export function withoutBom(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * Strict UTF-8.
 *
 * @param firstRow - row number of the first byte, for the error
 * @throws FormatError naming row and byte where the text is not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array, file: string, firstRow = 1): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes, file, firstRow);
  }
}

function notUtf8(bytes: Uint8Array, file: string, firstRow: number): FormatError {
  const at = firstInvalid(bytes);
  let row = firstRow;
  let lineStart = 0;
  for (let i = bytes.indexOf(10); i !== -1 && i < at; i = bytes.indexOf(10, i + 1)) {
    row++;
    lineStart = i + 1;
  }
  const value = (bytes[at] as number).toString(16).toUpperCase().padStart(2, '0');
  return new FormatError('This text is not UTF-8.', {
    file,
    row,
    found: `byte 0x${value} as byte ${String(at - lineStart + 1)} of the row`,
    hint: 'It is probably Latin-1 or Windows-1252: save the file as CSV UTF-8.',
  });
}

/** Position of the first byte that starts no UTF-8 character: after the longest prefix that decodes, by bisection. */
function firstInvalid(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (decodes(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return startOfCutCharacter(bytes, low) ?? low;
}

/** Where the character starts that a prefix ends in the middle of, or null when it ends between characters. */
function startOfCutCharacter(bytes: Uint8Array, end: number): number | null {
  let at = end - 1;
  while (at > 0 && ((bytes[at] as number) & 0xc0) === 0x80) at--;
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return at >= 0 && at + length > end ? at : null;
}

/** Whether a prefix is valid so far; `stream` forgives a character cut at the end. */
function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
