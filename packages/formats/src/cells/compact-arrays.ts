import { ShapeError, type SparseIndices, type SparseValues } from '@remnant/engine';

/** Arrays of values from narrow to wide: each holds every value the one before it holds. */
const kinds: readonly Float64ArrayConstructor[] = [Uint8Array, Uint16Array, Float32Array, Float64Array] as never;

/** An array for indices below `nMinor`: sixteen bits where they are enough. */
export function createIndices(length: number, nMinor: number): SparseIndices {
  return nMinor <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
}

/**
 * Copies a block of indices into an array from {@link createIndices}.
 *
 * @throws ShapeError for an index outside `nMinor`, which a narrow array would turn into another
 */
export function putIndices(indices: SparseIndices, at: number, block: ArrayLike<number>, nMinor: number): void {
  for (let k = 0; k < block.length; k++) {
    const index = block[k] as number;
    if (!(index >= 0 && index < nMinor)) throw outside();
    indices[at + k] = index;
  }
}

/** An array for values that are not known yet, the narrowest; {@link putValue} and {@link putValues} widen it as needed. */
export function createValues(length: number): SparseValues {
  return new Uint8Array(length);
}

/**
 * Stores a value and returns the array that holds it exactly: the same, or a wider copy when it does not fit.
 * Whole numbers up to 255 take one byte, up to 65,535 two; anything else float32 when it is exact there, float64 otherwise.
 */
export function putValue(values: SparseValues, at: number, value: number): SparseValues {
  values[at] = value;
  if (values[at] === value) return values;
  const wider = new (kinds[Math.max(kindOf(values), kindNeeded(value))] as Float64ArrayConstructor)(values);
  wider[at] = value;
  return wider;
}

/** Stores a block of values as {@link putValue} does. */
export function putValues(values: SparseValues, at: number, block: ArrayLike<number>): SparseValues {
  let held = values;
  for (let k = 0; k < block.length; k++) {
    const value = block[k] as number;
    held[at + k] = value;
    if (held[at + k] !== value) held = putValue(held, at + k, value);
  }
  return held;
}

/** An array of `length` of the widest kind among several arrays. */
export function createWidest(length: number, arrays: readonly SparseValues[]): SparseValues {
  const widest = arrays.reduce((kind, array) => Math.max(kind, kindOf(array)), 0);
  return new (kinds[widest] as Float64ArrayConstructor)(length);
}

/** The first `length` elements: the array itself when there are no more. */
export function shortened<A extends SparseIndices | SparseValues>(array: A, length: number): A {
  return array.length === length ? array : (array.slice(0, length) as A);
}

/** The error for an index that does not fit its matrix. */
export function outside(): ShapeError {
  return new ShapeError('A sparse matrix has an index outside its shape.');
}

function kindOf(values: SparseValues): number {
  return kinds.findIndex((kind) => values instanceof kind);
}

function kindNeeded(value: number): number {
  if (value === Math.floor(value) && value >= 0 && value <= 0xffff) return value <= 0xff ? 0 : 1;
  return Math.fround(value) === value || Number.isNaN(value) ? 2 : 3;
}
