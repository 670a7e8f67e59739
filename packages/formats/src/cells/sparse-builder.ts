import type { SparseIndices, SparseValues } from '@remnant/engine';
import { createIndices, createValues, createWidest, putValue } from './compact-arrays.js';
import { accumulate, type Compressed, createPointers } from './sparse.js';

/** Collects the non-zero values of rows handed over one after the other. */
export interface SparseBuilder {
  /** Adds one row of numbers. */
  addRow(numbers: ArrayLike<number>): void;
  /** The rows, compressed. The builder is spent. */
  finishRows(): Compressed;
  /** The columns, compressed. The builder is spent. */
  finishColumns(): Compressed;
}

/** Part of the values collected. */
interface Piece {
  readonly indices: SparseIndices;
  data: SparseValues;
}

const pieceLength = 2 ** 20;

/**
 * Collects rows of `nMinor` numbers in pieces that are never copied while more is read.
 * Memory: the compact values once while reading, twice while they are put together at the end.
 */
export function createSparseBuilder(nMinor: number): SparseBuilder {
  const pieces: Piece[] = [];
  const ends = [0];
  const perColumn = new Float64Array(nMinor);
  let nStored = 0;
  const addRow = (numbers: ArrayLike<number>): void => {
    let piece = pieces.at(-1);
    for (let j = 0; j < nMinor; j++) {
      const value = numbers[j] as number;
      if (value === 0) continue;
      const at = nStored % pieceLength;
      if (at === 0 || piece === undefined) {
        piece = { indices: createIndices(pieceLength, nMinor), data: createValues(pieceLength) };
        pieces.push(piece);
      }
      piece.indices[at] = j;
      piece.data[at] = value;
      if (piece.data[at] !== value) piece.data = putValue(piece.data, at, value);
      perColumn[j] = (perColumn[j] as number) + 1;
      nStored++;
    }
    ends.push(nStored);
  };
  return {
    addRow,
    finishRows: () => joinRows(pieces, ends, nMinor),
    finishColumns: () => joinColumns(pieces, ends, perColumn),
  };
}

function joinRows(pieces: Piece[], ends: readonly number[], nMinor: number): Compressed {
  const nStored = ends.at(-1) ?? 0;
  const indices = createIndices(nStored, nMinor);
  const data = createWidest(
    nStored,
    pieces.map((piece) => piece.data),
  );
  let at = 0;
  // Each piece is let go once it has been copied.
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    const n = Math.min(pieceLength, nStored - at);
    indices.set(piece.indices.subarray(0, n), at);
    data.set(piece.data.subarray(0, n), at);
    at += n;
  }
  const indptr = createPointers(ends.length, nStored);
  indptr.set(ends);
  return { nMajor: ends.length - 1, nMinor, indptr, indices, data };
}

function joinColumns(pieces: Piece[], ends: readonly number[], perColumn: Float64Array): Compressed {
  const nStored = ends.at(-1) ?? 0;
  const indptr = createPointers(perColumn.length + 1, nStored);
  indptr.set(perColumn, 1);
  accumulate(indptr);
  const next = indptr.slice();
  const indices = createIndices(nStored, ends.length - 1);
  const data = createWidest(
    nStored,
    pieces.map((piece) => piece.data),
  );
  let row = 0;
  let done = 0;
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    const n = Math.min(pieceLength, nStored - done);
    for (let k = 0; k < n; k++) {
      while ((ends[row + 1] as number) <= done + k) row++;
      const column = piece.indices[k] as number;
      const to = next[column] as number;
      next[column] = to + 1;
      indices[to] = row;
      data[to] = piece.data[k] as number;
    }
    done += n;
  }
  return { nMajor: perColumn.length, nMinor: ends.length - 1, indptr, indices, data };
}
