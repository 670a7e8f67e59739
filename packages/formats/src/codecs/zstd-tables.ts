import { buildFseTable, type FseTable } from './zstd-entropy.js';

/** Extra bits of each code, and the first value it stands for. */
function ranges(first: number, bits: readonly number[]): { readonly bases: Uint32Array; readonly bits: Uint8Array } {
  let base = first;
  const bases = bits.map((width) => {
    const own = base;
    base += 2 ** width;
    return own;
  });
  return { bases: Uint32Array.from(bases), bits: Uint8Array.from(bits) };
}

const zeros = (n: number): number[] => new Array<number>(n).fill(0);
const lengths = ranges(0, [...zeros(16), ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]]);
const matches = ranges(3, [...zeros(32), ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]]);

/** First value and extra bits of each literal length code and match length code (RFC 8878, section 3.1.1.3.2.1.1). */
export const lengthBases: Uint32Array = lengths.bases;
export const lengthBits: Uint8Array = lengths.bits;
export const matchBases: Uint32Array = matches.bases;
export const matchBits: Uint8Array = matches.bits;

/** Default distributions of literal lengths, offsets and match lengths (RFC 8878, section 3.1.1.3.2.2). */
export const predefined: readonly [FseTable, FseTable, FseTable] = [
  buildFseTable(
    [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
    6,
  ),
  buildFseTable([1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1], 5),
  buildFseTable(
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
    6,
  ),
];
