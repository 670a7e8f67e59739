import type { CsrMatrix } from '../data/matrix.js';

/** What a gene is to the counting of one patient's cells; values from 0 on are places among the collected genes. */
export const countedGene: number = -1;
/** A gene that is neither collected nor part of the depth. */
export const ignoredGene: number = -2;

/** The counts of chosen genes in some cells, and the depth every one of them is measured against. */
export interface CollectedCells {
  /** Rows of the full matrix. */
  readonly nCells: number;
  /** Compressed rows over the collected genes. */
  readonly indptr: Uint32Array;
  readonly slots: Uint16Array;
  readonly values: Float32Array;
  /** Counts of each cell over the genes that are neither collected nor ignored. */
  readonly depth: Float64Array;
  /** All counts of each cell. */
  readonly total: Float64Array;
}

/**
 * Takes the counts of chosen genes out of some rows in one pass over their stored values.
 *
 * @param counts - cells × genes
 * @param ranges - first row and row after the last of each part
 * @param slotOf - per gene its place among the collected genes, `countedGene` or `ignoredGene`
 */
export function collectGenes(
  counts: CsrMatrix,
  ranges: readonly (readonly [number, number])[],
  slotOf: Int32Array,
): CollectedCells {
  const nCells = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  const indptr = new Uint32Array(nCells + 1);
  const depth = new Float64Array(nCells);
  const total = new Float64Array(nCells);
  const stored = countCollected(counts, ranges, slotOf);
  const slots = new Uint16Array(stored);
  const values = new Float32Array(stored);
  let cell = 0;
  let at = 0;
  for (const [start, end] of ranges) {
    for (let row = start; row < end; row++) {
      const last = counts.indptr[row + 1] as number;
      for (let k = counts.indptr[row] as number; k < last; k++) {
        const slot = slotOf[counts.indices[k] as number] as number;
        const value = counts.data[k] as number;
        total[cell] = (total[cell] as number) + value;
        if (slot >= 0) {
          slots[at] = slot;
          values[at++] = value;
        } else if (slot === countedGene) depth[cell] = (depth[cell] as number) + value;
      }
      indptr[++cell] = at;
    }
  }
  return { nCells, indptr, slots, values, depth, total };
}

function countCollected(counts: CsrMatrix, ranges: readonly (readonly [number, number])[], slotOf: Int32Array): number {
  let stored = 0;
  for (const [start, end] of ranges) {
    const last = counts.indptr[end] as number;
    for (let k = counts.indptr[start] as number; k < last; k++) {
      if ((slotOf[counts.indices[k] as number] as number) >= 0) stored++;
    }
  }
  return stored;
}
