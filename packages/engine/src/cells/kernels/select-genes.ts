import type { RunContext } from '../../core/context.js';
import { LimitError } from '../../core/errors.js';
import type { CsrMatrix, SparseIndices, SparseValues } from '../../data/matrix.js';
import { type CellPart, mapCellParts } from './cell-parts.js';

/** A part of the cells and which columns to keep of it. */
export interface SelectGenesPayload {
  readonly part: CellPart;
  /** Where each column goes, −1 for out; those that stay keep their order. */
  readonly target: Int32Array;
  readonly nTargets: number;
}

/** Block task: some columns of a part of the cells. */
export function selectGenesBlock({ part, target, nTargets }: SelectGenesPayload): CsrMatrix {
  const { shape, indptr, indices, data } = part.counts;
  const selected = emptySelection(part.counts, { target, nTargets, memory: ownBuffer });
  let stored = 0;
  for (let cell = 0; cell < shape[0]; cell++) {
    const end = indptr[cell + 1] as number;
    for (let k = indptr[cell] as number; k < end; k++) {
      const to = target[indices[k] as number] as number;
      if (to < 0) continue;
      selected.indices[stored] = to;
      selected.data[stored++] = data[k] as number;
    }
    selected.indptr[cell + 1] = stored;
  }
  return selected;
}

/**
 * The counts of some genes. Works on blocks of cells, so that a large matrix can be stopped between them, and
 * writes them straight into their place, in memory that can be shared with workers where the host has any.
 *
 * @param genes - columns, in increasing order
 * @throws LimitError beyond 2³² − 1 stored values, AbortedError once the context's signal is aborted
 */
export async function selectGenes(counts: CsrMatrix, genes: Uint32Array, context: RunContext): Promise<CsrMatrix> {
  const target = new Int32Array(counts.shape[1]).fill(-1);
  genes.forEach((gene, to) => {
    target[gene] = to;
  });
  const selected = emptySelection(counts, { target, nTargets: genes.length, memory: shareableBuffer });
  const run = {
    task: 'cells/select-genes',
    stage: 'counts of the genes used',
    shared: { target, nTargets: genes.length },
  };
  let row = 0;
  await mapCellParts<Omit<SelectGenesPayload, 'part'>, CsrMatrix>(counts, run, context, (part) => {
    const stored = selected.indptr[row] as number;
    selected.indices.set(part.indices, stored);
    selected.data.set(part.data, stored);
    for (let i = 1; i < part.indptr.length; i++) selected.indptr[++row] = stored + (part.indptr[i] as number);
  });
  return selected;
}

interface Selection {
  readonly target: Int32Array;
  readonly nTargets: number;
  readonly memory: (bytes: number) => ArrayBufferLike;
}

/** Room for the stored values of the columns that stay. */
function emptySelection(counts: CsrMatrix, { target, nTargets, memory }: Selection): CsrMatrix {
  const { indices, data } = counts;
  let stored = 0;
  for (let k = 0; k < indices.length; k++) if ((target[indices[k] as number] as number) >= 0) stored++;
  if (stored > 0xffffffff) throw new LimitError('The genes used hold more values than one sparse matrix can count.');
  const Values = data.constructor as new (buffer: ArrayBufferLike) => SparseValues;
  const Indices: new (buffer: ArrayBufferLike) => SparseIndices = nTargets <= 0x10000 ? Uint16Array : Uint32Array;
  const bytes = nTargets <= 0x10000 ? Uint16Array.BYTES_PER_ELEMENT : Uint32Array.BYTES_PER_ELEMENT;
  return {
    kind: 'csr',
    shape: [counts.shape[0], nTargets],
    indptr: new Uint32Array(counts.shape[0] + 1),
    indices: new Indices(memory(bytes * stored)),
    data: new Values(memory(data.BYTES_PER_ELEMENT * stored)),
  };
}

/** A browser has shared memory only on a page that is isolated. */
function shareableBuffer(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

function ownBuffer(bytes: number): ArrayBuffer {
  return new ArrayBuffer(bytes);
}
