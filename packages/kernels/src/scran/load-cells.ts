import { type CsrMatrix, LimitError, type NormalizedCells } from '@remnant/engine';
import type { ScranMatrix } from 'scran.js';
import type { Session } from './session.js';

/** Genes × cells in the memory of scran.js, as log2(count / size factor + 1) taken when it is read. */
export function loadNormalized({ counts, sizeFactors }: NormalizedCells, session: Session): ScranMatrix {
  const matrix = loadCounts(counts, session);
  return session.keep(session.scran.normalizeCounts(matrix, { sizeFactors }));
}

/** A copy of raw counts, genes × cells: rows of cells are columns there. */
export function loadCounts(counts: CsrMatrix, { scran, keep }: Session): ScranMatrix {
  const [nCells, nGenes] = counts.shape;
  const { indices, data } = counts;
  const whole = isWhole(data);
  return keep(
    scran.initializeSparseMatrixFromSparseArrays(nGenes, nCells, data, indices, pointersOf(counts), {
      byRow: false,
      forceInteger: whole,
      layered: whole,
    }),
  );
}

/** Bytes a matrix takes in scran.js: the copy it is read from and the compact matrix made of it. */
export function countsBytes({ indptr, indices, data }: CsrMatrix): number {
  return 2 * (4 * indptr.length + indices.byteLength + data.byteLength);
}

/** Bytes of the same once more as logarithms with 32-bit rows, which are sorted into place while they are made. */
export function logBytes({ indices }: CsrMatrix): number {
  return 18 * indices.length;
}

/** Groups as scran.js takes them. */
export function int32(groups: Uint32Array): Int32Array {
  return Int32Array.from(groups);
}

function pointersOf({ indptr, indices }: CsrMatrix): Uint32Array {
  if (indices.length > 0xffffffff) throw new LimitError('A matrix holds more values than scran.js can count.');
  return indptr instanceof Uint32Array ? indptr : Uint32Array.from(indptr);
}

function isWhole(values: CsrMatrix['data']): boolean {
  if (values instanceof Uint8Array || values instanceof Uint16Array) return true;
  return values.every((value: number) => value >= 0 && value <= 0x7fffffff && value === Math.floor(value));
}
