import { LimitError, ShapeError } from '../core/errors.js';
import type { CsrMatrix, SparseIndices, SparseValues } from './matrix.js';

/**
 * Puts the rows of several matrices under each other, in arrays just wide enough for all of them.
 *
 * @param parts - at least one, all with the same columns
 * @throws ShapeError when the columns differ, LimitError beyond 2³² − 1 stored values
 */
export function concatRows(parts: readonly CsrMatrix[]): CsrMatrix {
  const nColumns = parts[0]?.shape[1] ?? 0;
  const differs = parts.find((part) => part.shape[1] !== nColumns);
  if (differs !== undefined) {
    throw new ShapeError('Cells of different gene lists cannot be put under each other.', {
      expected: `${String(nColumns)} genes`,
      found: `${String(differs.shape[1])} genes`,
    });
  }
  const nRows = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const nStored = parts.reduce((sum, part) => sum + part.indices.length, 0);
  if (nStored > 0xffffffff) throw new LimitError('These cells hold more values than one sparse matrix can count.');
  const indptr = new Uint32Array(nRows + 1);
  const indices: SparseIndices = parts.every((part) => part.indices instanceof Uint16Array)
    ? new Uint16Array(nStored)
    : new Uint32Array(nStored);
  const data = widest(parts, nStored);
  let row = 0;
  let stored = 0;
  for (const part of parts) {
    indices.set(part.indices, stored);
    data.set(part.data, stored);
    for (let i = 1; i < part.indptr.length; i++) indptr[row + i] = stored + (part.indptr[i] as number);
    row += part.shape[0];
    stored += part.indices.length;
  }
  return { kind: 'csr', shape: [nRows, nColumns], indptr, indices, data };
}

/** The narrowest kind of array that holds the values of all parts. */
function widest(parts: readonly CsrMatrix[], length: number): SparseValues {
  if (parts.some(({ data }) => data instanceof Float64Array)) return new Float64Array(length);
  if (parts.some(({ data }) => data instanceof Float32Array)) return new Float32Array(length);
  return parts.some(({ data }) => data instanceof Uint16Array) ? new Uint16Array(length) : new Uint8Array(length);
}
