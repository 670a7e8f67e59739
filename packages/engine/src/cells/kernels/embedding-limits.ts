import { LimitError } from '../../core/errors.js';
import type { CsrMatrix } from '../../data/matrix.js';
import type { Kernels } from './kernels.js';

/** Working memory of the kernels before any data. */
const baseBytes = 64e6;
/** Per stored value of the variable genes while components are found: their counts three times over, and once as logarithms. */
const bytesPerStoredValue = 30;
/** Per cell afterwards: the graph of shared neighbours and its communities, more than all else. */
const bytesPerCell = 9000;

/** What to do about a set of cells that is too large, in words that end a sentence. */
const wayOut = 'Draw fewer cells from every sample, embed each sample alone, or use a host with more memory.';

/**
 * Working memory the standard steps need beside the counts themselves, in bytes.
 *
 * @param nCells - cells to embed
 * @param nStored - stored values in the genes handed over
 */
export function embeddingBytes(nCells: number, nStored: number): number {
  return baseBytes + Math.max(bytesPerStoredValue * nStored, bytesPerCell * nCells);
}

/** Bytes the arrays of a sparse matrix take. */
export function matrixBytes({ indptr, indices, data }: CsrMatrix): number {
  return indptr.byteLength + indices.byteLength + data.byteLength;
}

/** Why cells cannot be embedded at once; null when they can. Looked at before anything is loaded. */
export function embeddingLimit(
  size: { readonly nCells: number; readonly nStored: number; readonly countBytes: number },
  kernels: Kernels,
  memoryBytes: number,
): string | null {
  const { nCells, nStored, countBytes } = size;
  if (nCells > kernels.maxCells) {
    return `${String(nCells)} cells are more than the ${String(kernels.maxCells)} that ${kernels.name} takes at once. ${wayOut}`;
  }
  const bytes = embeddingBytes(nCells, nStored);
  if (bytes > kernels.maxBytes) {
    return `${kernels.name} can address ${inGib(kernels.maxBytes)} and ${String(nCells)} cells need about ${inGib(bytes)}. ${wayOut}`;
  }
  if (bytes + countBytes <= memoryBytes) return null;
  return `${String(nCells)} cells need about ${inGib(bytes + countBytes)} of memory; the budget is ${inGib(memoryBytes)}. ${wayOut}`;
}

/** `embeddingLimit` for callers that cannot go on without. */
export function requireWithinLimit(reason: string | null): void {
  if (reason !== null) throw new LimitError(reason);
}

function inGib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
