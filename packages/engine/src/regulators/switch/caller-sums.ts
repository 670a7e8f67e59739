import type { CsrMatrix } from '../../data/matrix.js';
import type { Rng } from '../../core/rng.js';

/** Sums over the caller genes of every cell. */
export interface CallerSums {
  /** Σ a k. */
  readonly score: Float64Array;
  /** Σ a² k, the counting variance of the score. */
  readonly variance: Float64Array;
  /** Σ a k' with every count kept with probability one half. */
  readonly thinned: Float64Array;
  /** All counts. */
  readonly total: Float64Array;
}

/** Writes the sums of one cell. */
export function callerSums(
  counts: CsrMatrix,
  cell: number,
  into: { readonly weights: Float64Array; readonly rng: Rng; readonly sums: CallerSums },
): void {
  const { weights, rng, sums } = into;
  let [score, variance, thinned, total] = [0, 0, 0, 0];
  const end = counts.indptr[cell + 1] as number;
  for (let k = counts.indptr[cell] as number; k < end; k++) {
    const count = counts.data[k] as number;
    total += count;
    const weight = weights[counts.indices[k] as number] as number;
    if (weight === 0) continue;
    score += weight * count;
    variance += weight * weight * count;
    thinned += weight * keptHalf(count, rng);
  }
  sums.score[cell] = score;
  sums.variance[cell] = variance;
  sums.thinned[cell] = thinned;
  sums.total[cell] = total;
}

/** A count of which each unit is kept with probability one half. */
export function keptHalf(count: number, rng: Rng): number {
  let kept = 0;
  for (let left = count; left > 0; left -= 30) {
    const n = Math.min(30, left);
    let bits = rng.integer(2 ** n);
    for (; bits > 0; bits = Math.floor(bits / 2)) kept += bits % 2;
  }
  return kept;
}
