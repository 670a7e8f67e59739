import { LimitError, ShapeError } from '../../core/errors.js';
import type { CsrMatrix, SparseIndices, SparseValues } from '../../data/matrix.js';

/** The raw counts of one sample, before or after filters. */
export interface SampleCellCounts {
  /** Barcodes × genes, raw counts. */
  readonly counts: CsrMatrix;
  /** One name per column. */
  readonly genes: readonly string[];
}

/**
 * Checks that genes and matrix agree.
 *
 * @throws ShapeError when they do not
 */
export function requireGenes({ counts, genes }: SampleCellCounts): void {
  if (counts.shape[1] === genes.length) return;
  throw new ShapeError('The gene names of a sample do not fit its counts.', {
    expected: `${String(counts.shape[1])} names`,
    found: String(genes.length),
  });
}

/** Sum of each row. */
export function rowTotals(counts: CsrMatrix): Float64Array {
  const totals = new Float64Array(counts.shape[0]);
  for (let cell = 0; cell < totals.length; cell++) {
    const end = counts.indptr[cell + 1] as number;
    let total = 0;
    for (let k = counts.indptr[cell] as number; k < end; k++) total += counts.data[k] as number;
    totals[cell] = total;
  }
  return totals;
}

/**
 * The columns of a matrix that are listed, in their order there.
 *
 * @param columns - increasing
 * @throws LimitError when more values stay than a 32-bit pointer counts
 */
export function selectColumns(matrix: CsrMatrix, columns: Uint32Array): CsrMatrix {
  const [nRows, nColumns] = matrix.shape;
  const target = new Int32Array(nColumns).fill(-1);
  columns.forEach((column, position) => {
    target[column] = position;
  });
  const indptr = new Uint32Array(nRows + 1);
  let stored = 0;
  for (let row = 0; row < nRows; row++) {
    const end = matrix.indptr[row + 1] as number;
    for (let k = matrix.indptr[row] as number; k < end; k++) {
      if ((target[matrix.indices[k] as number] as number) >= 0) stored++;
    }
    if (stored > 0xffffffff) throw new LimitError('A sparse matrix holds more values than its pointers can count.');
    indptr[row + 1] = stored;
  }
  const indices = new (matrix.indices.constructor as new (length: number) => SparseIndices)(stored);
  const data = new (matrix.data.constructor as new (length: number) => SparseValues)(stored);
  let at = 0;
  for (let k = 0; k < matrix.indices.length; k++) {
    const position = target[matrix.indices[k] as number] as number;
    if (position < 0) continue;
    indices[at] = position;
    data[at++] = matrix.data[k] as number;
  }
  return { kind: 'csr', shape: [nRows, columns.length], indptr, indices, data };
}
