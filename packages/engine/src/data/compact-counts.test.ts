import { describe, expect, it } from 'vitest';
import { compactCounts, selectRows } from './compact-counts.js';
import type { CsrMatrix } from './matrix.js';

const matrix = (values: readonly number[], columns = 4): CsrMatrix => ({
  kind: 'csr',
  shape: [3, columns],
  indptr: Uint32Array.of(0, 2, 2, values.length),
  indices: Uint32Array.of(0, 3, 1, 2),
  data: Float64Array.from(values),
});

describe('compactCounts', () => {
  it('takes eight bits where they are enough and sixteen where not', () => {
    expect(compactCounts(matrix([1, 255, 3, 4])).data).toBeInstanceOf(Uint8Array);
    expect(compactCounts(matrix([1, 256, 3, 4])).data).toBeInstanceOf(Uint16Array);
    expect(compactCounts(matrix([1, 256, 3, 4])).indices).toBeInstanceOf(Uint16Array);
  });

  it('keeps values that are not small whole numbers', () => {
    for (const values of [
      [0.5, 1, 2, 3],
      [-1, 1, 2, 3],
      [65_536, 1, 2, 3],
      [NaN, 1, 2, 3],
    ]) {
      expect([...compactCounts(matrix(values)).data]).toEqual(values);
      expect(compactCounts(matrix(values)).data).toBeInstanceOf(Float64Array);
    }
  });

  it('keeps wide columns in 32 bits', () => {
    expect(compactCounts(matrix([1, 2, 3, 4], 65_537)).indices).toBeInstanceOf(Uint32Array);
    expect(compactCounts(matrix([1, 2, 3, 4], 65_536)).indices).toBeInstanceOf(Uint16Array);
  });
});

describe('selectRows', () => {
  it('keeps rows in the order asked for', () => {
    const rows = selectRows(matrix([1, 2, 3, 4]), [2, 1, 0]);
    expect([...rows.indptr]).toEqual([0, 2, 2, 4]);
    expect([...rows.indices]).toEqual([1, 2, 0, 3]);
    expect([...rows.data]).toEqual([3, 4, 1, 2]);
    expect(rows.shape).toEqual([3, 4]);
  });
});
