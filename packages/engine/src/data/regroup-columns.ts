import { ShapeError } from '../core/errors.js';
import type { CsrMatrix, SparseIndices, SparseValues } from './matrix.js';

/**
 * Moves the columns of a matrix: column `j` goes to `target[j]`, or is left out where that is −1. Columns that go to the
 * same place are summed.
 *
 * Cost: one pass over the stored values, with a sort of each row whose columns change order.
 *
 * @param matrix - cells × genes
 * @param target - one per column, −1 or below `nTargets`
 * @returns cells × `nTargets`; values keep their array kind unless sums need a wider one
 * @throws ShapeError when `target` does not fit the columns
 */
export function regroupColumns(matrix: CsrMatrix, target: Int32Array, nTargets: number): CsrMatrix {
  if (target.length !== matrix.shape[1]) {
    throw new ShapeError('A gene mapping does not fit the genes of its cells.', {
      expected: String(matrix.shape[1]),
      found: String(target.length),
    });
  }
  const isSame = nTargets === target.length && target.every((to, from) => to === from);
  if (isSame) return matrix;
  const nCells = matrix.shape[0];
  const indptr = new Uint32Array(nCells + 1);
  const kept = countKept(matrix, target);
  const indices = nTargets <= 0x10000 ? new Uint16Array(kept) : new Uint32Array(kept);
  const data = roomFor(matrix.data, kept, isInjective(target, nTargets));
  const scratch = { columns: new Float64Array(nTargets), touched: new Int32Array(nTargets) };
  let stored = 0;
  for (let cell = 0; cell < nCells; cell++) {
    stored = writeRow(matrix, cell, { target, indices, data, stored, ...scratch });
    indptr[cell + 1] = stored;
  }
  const whole = stored === kept;
  return {
    kind: 'csr',
    shape: [nCells, nTargets],
    indptr,
    indices: whole ? indices : indices.slice(0, stored),
    data: whole ? data : data.slice(0, stored),
  };
}

interface RowWriter {
  readonly target: Int32Array;
  readonly indices: SparseIndices;
  readonly data: SparseValues;
  /** Values written so far. */
  readonly stored: number;
  /** Sums by target column; all zero between rows. */
  readonly columns: Float64Array;
  readonly touched: Int32Array;
}

function writeRow(matrix: CsrMatrix, cell: number, writer: RowWriter): number {
  const { target, indices, data, columns, touched } = writer;
  let n = 0;
  for (let k = matrix.indptr[cell] as number; k < (matrix.indptr[cell + 1] as number); k++) {
    const to = target[matrix.indices[k] as number] as number;
    if (to < 0) continue;
    if (columns[to] === 0) touched[n++] = to;
    columns[to] = (columns[to] as number) + (matrix.data[k] as number);
  }
  const order = touched.subarray(0, n).sort();
  for (let i = 0; i < n; i++) {
    const to = order[i] as number;
    indices[writer.stored + i] = to;
    data[writer.stored + i] = columns[to] as number;
    columns[to] = 0;
  }
  return writer.stored + n;
}

function countKept(matrix: CsrMatrix, target: Int32Array): number {
  let kept = 0;
  // By index: iterating over shared memory is several times slower.
  for (let k = 0; k < matrix.indices.length; k++) {
    if ((target[matrix.indices[k] as number] as number) >= 0) kept += 1;
  }
  return kept;
}

function isInjective(target: Int32Array, nTargets: number): boolean {
  const taken = new Uint8Array(nTargets);
  for (const to of target) {
    if (to < 0) continue;
    if (taken[to] === 1) return false;
    taken[to] = 1;
  }
  return true;
}

/** Sums of counts may outgrow the array they were in. */
function roomFor(values: SparseValues, length: number, injective: boolean): SparseValues {
  if (values instanceof Float64Array) return new Float64Array(length);
  if (values instanceof Float32Array || !injective) return new Float32Array(length);
  return values instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
}
