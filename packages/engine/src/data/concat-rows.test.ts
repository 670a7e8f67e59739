import { describe, expect, it } from 'vitest';
import { ShapeError } from '../core/errors.js';
import { concatRows } from './concat-rows.js';
import type { CsrMatrix } from './matrix.js';

const small: CsrMatrix = {
  kind: 'csr',
  shape: [2, 3],
  indptr: Uint32Array.of(0, 1, 3),
  indices: Uint16Array.of(2, 0, 1),
  data: Uint8Array.of(9, 1, 255),
};
const wide: CsrMatrix = { ...small, indices: Uint32Array.of(2, 0, 1), data: Uint16Array.of(300, 1, 2) };

describe('concatRows', () => {
  it('keeps every row, in arrays wide enough for all', () => {
    const both = concatRows([small, wide]);
    expect(both.shape).toEqual([4, 3]);
    expect([...both.indptr]).toEqual([0, 1, 3, 4, 6]);
    expect([...both.indices]).toEqual([2, 0, 1, 2, 0, 1]);
    expect([...both.data]).toEqual([9, 1, 255, 300, 1, 2]);
    expect(both.data).toBeInstanceOf(Uint16Array);
    expect(concatRows([small, small]).data).toBeInstanceOf(Uint8Array);
  });

  it('refuses different genes', () => {
    expect(() => concatRows([small, { ...small, shape: [2, 4] }])).toThrow(ShapeError);
  });
});
