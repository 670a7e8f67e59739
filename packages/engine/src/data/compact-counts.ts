import { LimitError } from '../core/errors.js';
import type { CsrMatrix, SparseIndices, SparseValues } from './matrix.js';

/**
 * The same cells × genes counts in the smallest arrays that hold them: 16-bit columns below 65,536 genes, and 8- or 16-bit
 * values where every value is a whole number that fits. Anything else is kept as it is. Three to four bytes per
 * stored value instead of eight.
 *
 * Cost: two passes over the stored values.
 *
 * @param counts - cells × genes
 * @returns the matrix itself when nothing can be saved
 */
export function compactCounts(counts: CsrMatrix): CsrMatrix {
  const indices = compactIndices(counts.indices, counts.shape[1]);
  const data = compactValues(counts.data);
  return indices === counts.indices && data === counts.data ? counts : { ...counts, indices, data };
}

/**
 * The rows of a matrix, in the order given; a row may be left out or repeated.
 *
 * @throws LimitError when the rows hold more values than a 32-bit pointer counts
 */
export function selectRows(matrix: CsrMatrix, rows: ArrayLike<number>): CsrMatrix {
  const indptr = new Uint32Array(rows.length + 1);
  let stored = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    stored += (matrix.indptr[row + 1] as number) - (matrix.indptr[row] as number);
    if (stored > 0xffffffff) throw new LimitError('A sparse matrix holds more values than its pointers can count.');
    indptr[i + 1] = stored;
  }
  const indices = emptyLike(matrix.indices, stored);
  const data = emptyLike(matrix.data, stored);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const [start, end] = [matrix.indptr[row] as number, matrix.indptr[row + 1] as number];
    indices.set(matrix.indices.subarray(start, end), indptr[i]);
    data.set(matrix.data.subarray(start, end), indptr[i]);
  }
  return { kind: 'csr', shape: [rows.length, matrix.shape[1]], indptr, indices, data };
}

function compactIndices(indices: SparseIndices, nColumns: number): SparseIndices {
  return indices instanceof Uint16Array || nColumns > 0x10000 ? indices : new Uint16Array(indices);
}

function compactValues(values: SparseValues): SparseValues {
  if (values instanceof Uint8Array) return values;
  let largest = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    if (!(value >= 0 && value <= 0xffff) || value !== Math.floor(value)) return values;
    if (value > largest) largest = value;
  }
  if (largest <= 0xff) return new Uint8Array(values);
  return values instanceof Uint16Array ? values : new Uint16Array(values);
}

function emptyLike<A extends SparseIndices | SparseValues>(array: A, length: number): A {
  return new (array.constructor as new (length: number) => A)(length);
}
