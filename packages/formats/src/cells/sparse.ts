import { type CsrMatrix, FormatError, isRemnantError, ShapeError, type SparseIndices, type SparseValues } from '@remnant/engine';

/** Values of a sparse matrix: float32 as long as every value survives it, float64 otherwise. */
export type SparseData = Float32Array | Float64Array;

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

/**
 * The one form in which readers hand matrices on: compressed rows, columns sorted within each row and unique,
 * no stored zeros. Repeated entries are summed, as scipy does.
 *
 * @throws ShapeError when pointers or indices do not fit the shape
 */
export function toCsr(rows: Compressed): CsrMatrix {
  checkPointers(rows);
  const clean = isCanonical(rows) ? rows : canonical(rows);
  return {
    kind: 'csr',
    shape: [rows.nMajor, rows.nMinor],
    indptr: clean.indptr,
    indices: clean.indices,
    data: clean.data,
  };
}

/** Compressed columns as compressed rows, and the other way round, by counting: cost grows with the stored values only. */
export function transpose(matrix: Compressed): Compressed {
  checkPointers(matrix);
  const { nMajor, nMinor, indptr, indices, data } = matrix;
  const pointers = createPointers(nMinor + 1, indices.length);
  for (const index of indices) {
    if (index >= nMinor) throw outside();
    pointers[index + 1] = (pointers[index + 1] as number) + 1;
  }
  for (let i = 0; i < nMinor; i++) pointers[i + 1] = (pointers[i + 1] as number) + (pointers[i] as number);
  const next = pointers.slice();
  const outIndices = new Uint32Array(indices.length);
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

function checkPointers({ nMajor, indptr, indices, data }: Compressed): void {
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

/** Two transpositions sort every row; a last pass sums repeats and drops zeros. */
function canonical(rows: Compressed): Compressed {
  const sorted = transpose(transpose(rows));
  const indptr = createPointers(rows.nMajor + 1, sorted.indices.length);
  const { indices, data } = sorted;
  let out = 0;
  for (let i = 0; i < rows.nMajor; i++) {
    const rowStart = out;
    for (let k = sorted.indptr[i] as number; k < (sorted.indptr[i + 1] as number); k++) {
      if (out > rowStart && indices[out - 1] === indices[k]) {
        data[out - 1] = (data[out - 1] as number) + (data[k] as number);
      } else if (data[k] !== 0) {
        indices[out] = indices[k] as number;
        data[out++] = data[k] as number;
      }
    }
    indptr[i + 1] = out;
  }
  return { ...sorted, indptr, indices: indices.slice(0, out), data: data.slice(0, out) };
}

/** Collects the non-zero values of rows handed over one after the other. */
export interface SparseBuilder {
  /** Adds one row of numbers. */
  addRow(numbers: Float64Array): void;
  finish(nMinor: number): Compressed;
}

/** Collects rows, growing as needed; values widen to float64 when float32 cannot hold one exactly. */
export function createSparseBuilder(): SparseBuilder {
  let indices = new Uint32Array(1 << 16);
  let data: SparseData = new Float32Array(1 << 16);
  let nStored = 0;
  const ends: number[] = [0];
  return {
    addRow: (numbers) => {
      if (nStored + numbers.length > indices.length) {
        const capacity = Math.max(2 * indices.length, nStored + numbers.length);
        indices = grown(indices, new Uint32Array(capacity));
        data = grown(data, data instanceof Float32Array ? new Float32Array(capacity) : new Float64Array(capacity));
      }
      for (let j = 0; j < numbers.length; j++) {
        const value = numbers[j] as number;
        if (value === 0) continue;
        if (data instanceof Float32Array && Math.fround(value) !== value && !Number.isNaN(value)) {
          data = Float64Array.from(data);
        }
        indices[nStored] = j;
        data[nStored++] = value;
      }
      ends.push(nStored);
    },
    finish: (nMinor) => {
      const indptr = createPointers(ends.length, nStored);
      indptr.set(ends);
      return {
        nMajor: ends.length - 1,
        nMinor,
        indptr,
        indices: indices.slice(0, nStored),
        data: data.slice(0, nStored),
      };
    },
  };
}

function grown<T extends Uint32Array | SparseData>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Numbers as float32 when all survive it exactly, else as float64. */
export function asSparseData(numbers: ArrayLike<number>): SparseData {
  if (numbers instanceof Float32Array) return numbers;
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if (Math.fround(value) !== value && !Number.isNaN(value)) return Float64Array.from(numbers);
  }
  return Float32Array.from(numbers);
}

/** Builds a matrix, turning a misfit of its parts into an error that names the file. */
export function fromFile<T>(file: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (!isRemnantError(error, 'shape')) throw error;
    throw new FormatError(`The parts of this file do not fit each other. ${error.message}`, { file }, error);
  }
}

/** Refuses a matrix that holds nothing, or only zeros. */
export function requireContent(matrix: CsrMatrix, file: string): void {
  const [nObs, nVars] = matrix.shape;
  const hint = 'Check that this is the file of this sample and that its export finished.';
  if (nObs === 0) throw new FormatError('This sample holds no cells.', { file, hint });
  if (nVars === 0) throw new FormatError('This sample holds no genes.', { file, hint });
  if (matrix.data.length === 0) throw new FormatError('This matrix is empty: every value is zero.', { file, hint });
}

function outside(): ShapeError {
  return new ShapeError('A sparse matrix has an index outside its shape.');
}
