import type { RunContext } from '../../core/context.js';
import { LimitError } from '../../core/errors.js';
import type { CsrMatrix, SparseIndices, SparseValues } from '../../data/matrix.js';
import { regroupColumns } from '../../data/regroup-columns.js';
import { type CellPart, mapCellParts } from './cell-parts.js';

/** A part of the cells and which columns to keep of it. */
export interface SelectGenesPayload {
  readonly part: CellPart;
  /** Where each column goes, −1 for out. */
  readonly target: Int32Array;
  readonly nTargets: number;
}

/** Block task: some columns of a part of the cells. */
export function selectGenesBlock({ part, target, nTargets }: SelectGenesPayload): CsrMatrix {
  return regroupColumns(part.counts, target, nTargets);
}

/**
 * The counts of some genes, in the order given. Works on blocks of cells, so that a large matrix can be stopped between them, and
 * writes them straight into their place, in memory that can be shared with workers where the host has any.
 *
 * @param genes - columns, each once
 * @throws LimitError beyond 2³² − 1 stored values, AbortedError once the context's signal is aborted
 */
export async function selectGenes(counts: CsrMatrix, genes: Uint32Array, context: RunContext): Promise<CsrMatrix> {
  const target = new Int32Array(counts.shape[1]).fill(-1);
  genes.forEach((gene, to) => {
    target[gene] = to;
  });
  const selected = emptySelection(counts, target, genes.length);
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
    for (const pointer of part.indptr.subarray(1)) selected.indptr[++row] = stored + pointer;
  });
  return selected;
}

/** Room for the stored values of the columns that stay. */
function emptySelection(counts: CsrMatrix, target: Int32Array, nTargets: number): CsrMatrix {
  let stored = 0;
  for (const column of counts.indices) if ((target[column] as number) >= 0) stored++;
  if (stored > 0xffffffff) throw new LimitError('The genes used hold more values than one sparse matrix can count.');
  const Values = counts.data.constructor as new (buffer: ArrayBufferLike) => SparseValues;
  const Indices: new (buffer: ArrayBufferLike) => SparseIndices = nTargets <= 0x10000 ? Uint16Array : Uint32Array;
  const bytes = nTargets <= 0x10000 ? Uint16Array.BYTES_PER_ELEMENT : Uint32Array.BYTES_PER_ELEMENT;
  return {
    kind: 'csr',
    shape: [counts.shape[0], nTargets],
    indptr: new Uint32Array(counts.shape[0] + 1),
    indices: new Indices(shareableBuffer(bytes * stored)),
    data: new Values(shareableBuffer(counts.data.BYTES_PER_ELEMENT * stored)),
  };
}

/** A browser has shared memory only on a page that is isolated. */
function shareableBuffer(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
