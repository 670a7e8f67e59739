import { median } from '../stats/quantile.js';
import type { CollectedCells } from './collect-genes.js';

/** Expression of the collected genes in the cells a patient's null is anchored in. */
export interface UntreatedProfile {
  /** Expected counts per count of depth. */
  readonly rate: Float64Array;
  /** Negative binomial dispersion φ, variance μ + φμ². */
  readonly dispersion: Float64Array;
}

/** Expected counts a gene needs for a dispersion of its own. */
const fewestCounts = 25;
const largestDispersion = 10;

/**
 * Rate and dispersion of every collected gene over weighted cells: `rate = (½ + Σ w k) / Σ w L`, so that an undetected gene has a small rate and not none, and the moment estimate
 * `φ = Σ w ((k − Lπ)² − Lπ) / Σ w (Lπ)²`, at least zero; genes with few counts take the median of the others.
 *
 * @param weight - per cell its weight, zero for cells that are left out
 */
export function untreatedProfile(cells: CollectedCells, nSlots: number, weight: Float64Array): UntreatedProfile {
  const counts = new Float64Array(nSlots);
  let depth = 0;
  let depthSquares = 0;
  for (let c = 0; c < cells.nCells; c++) {
    const w = weight[c] as number;
    const L = cells.depth[c] as number;
    depth += w * L;
    depthSquares += w * L * L;
    forEachCount(cells, c, (slot, k) => {
      counts[slot] = (counts[slot] as number) + w * k;
    });
  }
  const rate = counts.map((sum) => (sum + 0.5) / depth);
  const squares = squaresAround(cells, rate, weight, depthSquares);
  const own = rate.map((pi, g) => ((squares[g] as number) - pi * depth) / (pi * pi * depthSquares));
  const known = own.filter((_, g) => (counts[g] as number) >= fewestCounts);
  const typical = known.length === 0 ? 0 : Math.max(0, median(known));
  const dispersion = own.map((phi, g) =>
    (counts[g] as number) >= fewestCounts ? Math.min(largestDispersion, Math.max(0, phi)) : typical,
  );
  return { rate, dispersion };
}

/** Σ w (k − Lπ)² of every gene, from the stored values and what the zeros add. */
function squaresAround(
  cells: CollectedCells,
  rate: Float64Array,
  weight: Float64Array,
  depthSquares: number,
): Float64Array {
  const squares = rate.map((pi) => pi * pi * depthSquares);
  for (let c = 0; c < cells.nCells; c++) {
    const w = weight[c] as number;
    const L = cells.depth[c] as number;
    forEachCount(cells, c, (slot, k) => {
      squares[slot] = (squares[slot] as number) + w * k * (k - 2 * L * (rate[slot] as number));
    });
  }
  return squares;
}

/** Visits the stored counts of one cell. */
export function forEachCount(cells: CollectedCells, cell: number, visit: (slot: number, count: number) => void): void {
  const last = cells.indptr[cell + 1] as number;
  for (let k = cells.indptr[cell] as number; k < last; k++) visit(cells.slots[k] as number, cells.values[k] as number);
}
