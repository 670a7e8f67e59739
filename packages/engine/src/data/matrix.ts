import { LimitError, ShapeError } from '../core/errors.js';

/** Where the stored values of a compressed matrix stand. Sixteen bits hold the columns of up to 65,536 genes. */
export type SparseIndices = Uint32Array | Uint16Array;

/** Stored values of a compressed matrix. Counts of cells fit eight or sixteen bits, see `compactCounts`. */
export type SparseValues = Float32Array | Float64Array | Uint16Array | Uint8Array;

/** Compressed sparse rows: row `i` holds columns `indices[indptr[i] … indptr[i+1])`, sorted and unique. */
export interface CsrMatrix {
  readonly kind: 'csr';
  /** [nObs, nVars] */
  readonly shape: readonly [number, number];
  readonly indptr: Uint32Array | Float64Array;
  readonly indices: SparseIndices;
  readonly data: SparseValues;
}

/** Compressed sparse columns: column `j` holds rows `indices[indptr[j] … indptr[j+1])`, sorted and unique. */
export interface CscMatrix {
  readonly kind: 'csc';
  /** [nObs, nVars] */
  readonly shape: readonly [number, number];
  readonly indptr: Uint32Array | Float64Array;
  readonly indices: SparseIndices;
  readonly data: SparseValues;
}

/** Row-major dense values. */
export interface DenseMatrix {
  readonly kind: 'dense';
  /** [nObs, nVars] */
  readonly shape: readonly [number, number];
  readonly data: Float32Array | Float64Array;
}

/** Any matrix of observations × variables. */
export type Matrix = CsrMatrix | CscMatrix | DenseMatrix;

/** Checks a compressed matrix once: lengths, bounds, sorted unique indices. Kernels then trust it. */
export function createCompressed<M extends CsrMatrix | CscMatrix>(matrix: M): M {
  const [nObs, nVars] = matrix.shape;
  const [major, minor] = matrix.kind === 'csr' ? [nObs, nVars] : [nVars, nObs];
  const { indptr, indices, data } = matrix;
  if (indptr.length !== major + 1) {
    throw new ShapeError('A sparse matrix has the wrong number of row pointers.', {
      expected: String(major + 1),
      found: String(indptr.length),
    });
  }
  if (minor > 0xffffffff) throw new LimitError('A sparse matrix has more columns than an index can hold.');
  if (indices.length !== data.length || indptr[major] !== indices.length) {
    throw new ShapeError('A sparse matrix has indices and values of different lengths.');
  }
  for (let i = 0; i < major; i++) checkMajor(matrix, i, minor);
  return matrix;
}

function checkMajor(matrix: CsrMatrix | CscMatrix, i: number, minor: number): void {
  const start = matrix.indptr[i] as number;
  const end = matrix.indptr[i + 1] as number;
  if (end < start) throw new ShapeError('The row pointers of a sparse matrix go down.');
  for (let k = start; k < end; k++) {
    const index = matrix.indices[k] as number;
    if (index >= minor) throw new ShapeError('A sparse matrix has an index outside its shape.');
    if (k > start && index <= (matrix.indices[k - 1] as number)) {
      throw new ShapeError('A sparse matrix has unsorted or repeated indices in one row.');
    }
  }
}
