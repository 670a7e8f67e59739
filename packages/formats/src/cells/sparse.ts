import {
  type CsrMatrix,
  FormatError,
  isRemnantError,
  ShapeError,
  type SparseIndices,
  type SparseValues,
} from '@remnant/engine';
import { createIndices, outside, shortened, putValue } from './compact-arrays.js';
import { sortRow } from './sort-row.js';

/** Compressed rows or columns before they are checked: indices may be unsorted, repeated or hold explicit zeros. */
export interface Compressed {
  readonly nMajor: number;
  readonly nMinor: number;
  readonly indptr: Uint32Array | Float64Array;
  readonly indices: SparseIndices;
  readonly data: SparseValues;
}

/** Pointers into arrays of up to `nStored` values. */
export function createPointers(length: number, nStored: number): Uint32Array | Float64Array {
  return nStored > 0xffffffff ? new Float64Array(length) : new Uint32Array(length);
}

/** Counts per major (at `major + 1`) turned into pointers, in place. */
export function accumulate(counts: Uint32Array | Float64Array): void {
  for (let i = 1; i < counts.length; i++) counts[i] = (counts[i] as number) + (counts[i - 1] as number);
}

/**
 * The one form in which readers hand matrices on: compressed rows, columns sorted within each row and unique,
 * no stored zeros. Repeated entries are summed, as scipy does.
 *
 * @param rows - a reader's own arrays: they are put in order in place, so that a large matrix is never held twice
 * @throws ShapeError when pointers or indices do not fit the shape
 */
export function toCsr(rows: Compressed): CsrMatrix {
  checkPointers(rows);
  const { indptr, indices, data } = isCanonical(rows) ? rows : putInOrder(rows);
  return { kind: 'csr', shape: [rows.nMajor, rows.nMinor], indptr, indices, data };
}

/** Compressed columns as compressed rows, and the other way round, by counting: cost grows with the stored values only. */
export function transpose(matrix: Compressed): Compressed {
  checkPointers(matrix);
  const { nMajor, nMinor, indptr, indices, data } = matrix;
  const pointers = createPointers(nMinor + 1, indices.length);
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k] as number;
    if (index >= nMinor) throw outside();
    pointers[index + 1] = (pointers[index + 1] as number) + 1;
  }
  accumulate(pointers);
  const next = pointers.slice();
  const outIndices = createIndices(indices.length, nMajor);
  const outData = data.slice();
  for (let major = 0; major < nMajor; major++) {
    for (let k = indptr[major] as number; k < (indptr[major + 1] as number); k++) {
      const minor = indices[k] as number;
      const to = next[minor] as number;
      next[minor] = to + 1;
      outIndices[to] = major;
      outData[to] = data[k] as number;
    }
  }
  return { nMajor: nMinor, nMinor: nMajor, indptr: pointers, indices: outIndices, data: outData };
}

/** Checks that pointers go up and end at the number of values. @throws ShapeError */
export function checkPointers(parts: {
  readonly nMajor: number;
  readonly indptr: Uint32Array | Float64Array;
  readonly indices: { readonly length: number };
  readonly data: { readonly length: number };
}): void {
  const { nMajor, indptr, indices, data } = parts;
  if (indptr.length !== nMajor + 1 || indptr[nMajor] !== indices.length || indices.length !== data.length) {
    throw new ShapeError('The parts of a sparse matrix do not fit each other.', {
      expected: `${String(nMajor + 1)} pointers ending at the number of values`,
      found: `${String(indptr.length)} pointers, ${String(indices.length)} indices, ${String(data.length)} values`,
    });
  }
  for (let i = 0; i < nMajor; i++) {
    if ((indptr[i + 1] as number) < (indptr[i] as number))
      throw new ShapeError('The row pointers of a sparse matrix go down.');
  }
}

function isCanonical({ nMajor, nMinor, indptr, indices, data }: Compressed): boolean {
  let sorted = true;
  for (let i = 0; i < nMajor; i++) {
    const start = indptr[i] as number;
    const end = indptr[i + 1] as number;
    for (let k = start; k < end; k++) {
      const index = indices[k] as number;
      if (index >= nMinor) throw outside();
      if (data[k] === 0 || (k > start && index <= (indices[k - 1] as number))) sorted = false;
    }
  }
  return sorted;
}

/** Sorts each row, sums repeats and drops zeros, closing the gaps as it goes. */
function putInOrder({ nMajor, nMinor, indptr, indices, data: stored }: Compressed): Compressed {
  let data = stored;
  let out = 0;
  let start = 0;
  for (let i = 0; i < nMajor; i++) {
    const end = indptr[i + 1] as number;
    sortRow(indices, data, start, end);
    for (let k = start; k < end; ) {
      const column = indices[k] as number;
      let sum = 0;
      for (; k < end && indices[k] === column; k++) sum += data[k] as number;
      if (sum === 0) continue;
      indices[out] = column;
      data = putValue(data, out++, sum);
    }
    indptr[i + 1] = out;
    start = end;
  }
  return { nMajor, nMinor, indptr, indices: shortened(indices, out), data: shortened(data, out) };
}

/** Builds a matrix, turning a misfit of its parts into an error that names the file. */
export function fromFile<T>(file: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw misfit(file, error);
  }
}

/** A misfit of parts as an error that names the file; any other error as it is. */
export function misfit(file: string, error: unknown): unknown {
  if (!isRemnantError(error, 'shape')) return error;
  return new FormatError(`The parts of this file do not fit each other. ${error.message}`, { file }, error);
}

/** Refuses a matrix that holds nothing, or only zeros. */
export function requireContent(matrix: CsrMatrix, file: string): void {
  const [nObs, nVars] = matrix.shape;
  const hint = 'Check that this is the file of this sample and that its export finished.';
  if (nObs === 0) throw new FormatError('This sample holds no cells.', { file, hint });
  if (nVars === 0) throw new FormatError('This sample holds no genes.', { file, hint });
  if (matrix.data.length === 0) throw new FormatError('This matrix is empty: every value is zero.', { file, hint });
}
