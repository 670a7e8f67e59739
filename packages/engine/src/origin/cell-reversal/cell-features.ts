import { log1p } from '../../core/pinned-math.js';
import type { Rng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { median } from '../../stats/quantile.js';
import { matchAcrossGroups, thinned } from './match-depth.js';

/** Depth-matched log expression of some genes, cells × genes. */
export interface CellFeatures {
  readonly nGenes: number;
  readonly values: Float32Array;
  /** Counts of each cell after matching. */
  readonly depth: Float64Array;
  readonly method: 'thinned' | 'scaled';
}

/**
 * `ln(1 + count / size factor)` of some genes with depth matched across stages: a cell that stands at rank q of its stage keeps each
 * molecule with the probability that brings it down to the smallest of the stages' q-quantiles. All stages then share one
 * distribution of depth, so that neither the mean nor the spread of log expression can tell them by it. Numbers that are
 * not whole cannot be thinned and are divided only.
 *
 * Cost: one pass over the stored values of the cells.
 *
 * @param totals - counts of each cell over all genes, above zero
 * @param groupOf - stage of each cell
 * @param genes - columns wanted
 */
export function cellFeatures(
  counts: CsrMatrix,
  cells: { readonly totals: Float64Array; readonly groupOf: Uint8Array; readonly genes: Uint32Array },
  rng: Rng,
): CellFeatures {
  const { totals, groupOf, genes } = cells;
  const whole = isWhole(counts);
  const depth = whole ? matchAcrossGroups(totals, groupOf, 'smallest') : totals;
  const typical = median(depth);
  const columnOf = new Int32Array(counts.shape[1]).fill(-1);
  genes.forEach((gene, column) => {
    columnOf[gene] = column;
  });
  const values = new Float32Array(totals.length * genes.length);
  for (let cell = 0; cell < totals.length; cell++) {
    const share = (depth[cell] as number) / (totals[cell] as number);
    const sizeFactor = (depth[cell] as number) / typical;
    const end = counts.indptr[cell + 1] as number;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      const column = columnOf[counts.indices[k] as number] as number;
      if (column < 0) continue;
      const count = counts.data[k] as number;
      const kept = whole && share < untouched ? thinned(count, share, rng) : count;
      if (kept > 0) values[cell * genes.length + column] = log1p(kept / sizeFactor);
    }
  }
  return { nGenes: genes.length, values, depth, method: whole ? 'thinned' : 'scaled' };
}

/** Cells that keep all but rounding are left as they are. */
const untouched = 1 - 1e-9;

function isWhole({ data }: CsrMatrix): boolean {
  if (data instanceof Uint8Array || data instanceof Uint16Array) return true;
  for (let k = 0; k < data.length; k++) if (data[k] !== Math.floor(data[k] as number)) return false;
  return true;
}
