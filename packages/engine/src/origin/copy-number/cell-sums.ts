import type { CsrMatrix } from '../../data/matrix.js';
import type { GenomeLayout } from './genome-layout.js';

/** Some rows of a cells × genes matrix. */
export interface CellRows {
  readonly counts: CsrMatrix;
  readonly rows: Uint32Array;
}

/** In how many of the rows each column is above zero. */
export function detectionCounts({ counts, rows }: CellRows): Uint32Array {
  const { indptr, indices, data } = counts;
  const detected = new Uint32Array(counts.shape[1]);
  for (const row of rows) {
    const end = indptr[row + 1] as number;
    for (let k = indptr[row] as number; k < end; k++) {
      if ((data[k] as number) > 0) {
        const column = indices[k] as number;
        detected[column] = (detected[column] as number) + 1;
      }
    }
  }
  return detected;
}

/** Place of each column among the genes of the layout; −1 for columns not in use. */
export function geneSlots(layout: GenomeLayout, nColumns: number): Int32Array {
  const slots = new Int32Array(nColumns).fill(-1);
  layout.columns.forEach((column, gene) => (slots[column] = gene));
  return slots;
}

/** Total of each row over the genes in use, and how many of them it shows. */
export interface UsedDepths {
  readonly total: Float64Array;
  readonly detected: Uint32Array;
}

/** Totals and numbers of detected genes, over the genes in use. */
export function usedDepths({ counts, rows }: CellRows, slots: Int32Array): UsedDepths {
  const { indptr, indices, data } = counts;
  const total = new Float64Array(rows.length);
  const detected = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const end = indptr[row + 1] as number;
    let sum = 0;
    let genes = 0;
    for (let k = indptr[row] as number; k < end; k++) {
      if ((slots[indices[k] as number] as number) < 0) continue;
      sum += data[k] as number;
      if ((data[k] as number) > 0) genes++;
    }
    total[i] = sum;
    detected[i] = genes;
  }
  return { total, detected };
}

/**
 * Sums over cells of each gene in use, by group.
 *
 * @param groupOf - group of each row; −1 for rows that count nowhere
 * @returns groups × genes, row-major
 */
export function groupSums(
  { counts, rows }: CellRows,
  slots: Int32Array,
  groups: { readonly groupOf: ArrayLike<number>; readonly nGroups: number; readonly nGenes: number },
): Float64Array {
  const { indptr, indices, data } = counts;
  const sums = new Float64Array(groups.nGroups * groups.nGenes);
  for (let i = 0; i < rows.length; i++) {
    const group = groups.groupOf[i] as number;
    if (group < 0) continue;
    const row = rows[i] as number;
    const end = indptr[row + 1] as number;
    for (let k = indptr[row] as number; k < end; k++) {
      const gene = slots[indices[k] as number] as number;
      if (gene < 0) continue;
      const at = group * groups.nGenes + gene;
      sums[at] = (sums[at] as number) + (data[k] as number);
    }
  }
  return sums;
}

/** Mean size of one observation of each gene, Σx² / Σx: one for rare counts, more for abundant ones and for TPM; 1 without any. */
export function observationSizes({ counts, rows }: CellRows, slots: Int32Array, nGenes: number): Float64Array {
  const { indptr, indices, data } = counts;
  const sums = new Float64Array(nGenes);
  const squares = new Float64Array(nGenes);
  for (const row of rows) {
    const end = indptr[row + 1] as number;
    for (let k = indptr[row] as number; k < end; k++) {
      const gene = slots[indices[k] as number] as number;
      if (gene < 0) continue;
      const value = data[k] as number;
      sums[gene] = (sums[gene] as number) + value;
      squares[gene] = (squares[gene] as number) + value * value;
    }
  }
  return squares.map((square, gene) => ((sums[gene] as number) > 0 ? square / (sums[gene] as number) : 1));
}
