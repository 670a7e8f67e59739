import type { CsrMatrix } from '../data/matrix.js';

/** Counts of some genes in every cell, and the depth of every cell. */
export interface GeneCounts {
  /** Genes × cells, row-major by gene. */
  readonly values: Float32Array;
  /** All counts of each cell. */
  readonly depth: Float64Array;
}

/** Cells a pass over the stored values takes before it gives back control. */
export const cellsPerPass: number = 20_000;

/**
 * Takes the counts of some genes out of all cells, a range of cells at a time.
 *
 * @param slotOf - per gene of the matrix its place among the genes taken, or −1
 */
export function geneCounter(
  counts: CsrMatrix,
  slotOf: Int32Array,
  nSlots: number,
): { readonly found: GeneCounts; readonly count: (start: number, end: number) => void } {
  const [nCells] = counts.shape;
  const values = new Float32Array(nSlots * nCells);
  const depth = new Float64Array(nCells);
  const { indptr, indices, data } = counts;
  const count = (start: number, end: number): void => {
    for (let cell = start; cell < end; cell++) {
      const last = indptr[cell + 1] as number;
      let total = 0;
      for (let k = indptr[cell] as number; k < last; k++) {
        const value = data[k] as number;
        total += value;
        const slot = slotOf[indices[k] as number] as number;
        if (slot >= 0) values[slot * nCells + cell] = value;
      }
      depth[cell] = total;
    }
  };
  return { found: { values, depth }, count };
}

/** Places of genes by name: −1 for every other gene of the list. */
export function slotsOf(allGenes: readonly string[], genes: readonly string[]): Int32Array {
  const place = new Map(genes.map((gene, slot) => [gene, slot]));
  return Int32Array.from(allGenes, (gene) => place.get(gene) ?? -1);
}
