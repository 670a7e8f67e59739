import { describe, expect, it } from 'vitest';
import { ShapeError } from '../core/errors.js';
import type { CsrMatrix } from './matrix.js';
import { regroupColumns } from './regroup-columns.js';

const matrix: CsrMatrix = {
  kind: 'csr',
  shape: [2, 3],
  indptr: Uint32Array.of(0, 3, 4),
  indices: Uint16Array.of(0, 1, 2, 1),
  data: Uint8Array.of(200, 100, 7, 5),
};

function dense({ shape, indptr, indices, data }: CsrMatrix): number[][] {
  return Array.from({ length: shape[0] }, (_, i) => {
    const row = new Array<number>(shape[1]).fill(0);
    for (let k = indptr[i] as number; k < (indptr[i + 1] as number); k++) row[indices[k] as number] = data[k] as number;
    return row;
  });
}

describe('regroupColumns', () => {
  it('moves, drops and sums columns without overflow', () => {
    const found = regroupColumns(matrix, Int32Array.of(1, 1, -1), 2);
    expect(dense(found)).toEqual([
      [0, 300],
      [0, 5],
    ]);
    expect([...found.indptr]).toEqual([0, 1, 2]);
  });

  it('keeps columns sorted when their order changes, and small arrays small', () => {
    const found = regroupColumns(matrix, Int32Array.of(2, 0, 1), 3);
    expect([...found.indices]).toEqual([0, 1, 2, 0]);
    expect(found.data).toBeInstanceOf(Uint8Array);
    expect(dense(found)).toEqual([
      [100, 7, 200],
      [5, 0, 0],
    ]);
  });

  it('gives the matrix itself back when nothing moves', () => {
    expect(regroupColumns(matrix, Int32Array.of(0, 1, 2), 3)).toBe(matrix);
  });

  it('refuses a mapping of another length', () => {
    expect(() => regroupColumns(matrix, Int32Array.of(0), 3)).toThrow(ShapeError);
  });
});
