/** Stability and error of one rank. */
export interface RankStability {
  readonly rank: number;
  /** Mean silhouette of the replicate spectra; NaN when it is not defined. */
  readonly stability: number;
  readonly error: number;
}

/** Options of {@link chooseRank}. */
export interface ChooseRankOptions {
  /** A rank below this is not stable. */
  readonly stabilityMin: number;
  /** How far below the best a rank may lie and still count as as stable. */
  readonly stabilityMargin: number;
}

/** The rank taken, with the reason; null when no rank is stable. */
export interface ChosenRank {
  readonly rank: number | null;
  readonly reason: string;
}

/**
 * The largest rank that is as stable as the best one, within a margin. Replicates agree on coarser programmes too, so the highest
 * stability alone would favour the smallest rank; error falls with every rank, so it alone would favour the largest.
 *
 * @param ranks - in any order
 * @see doi:10.7554/eLife.43803, which reads the same compromise off a plot of stability and error by eye
 */
export function chooseRank(ranks: readonly RankStability[], options: ChooseRankOptions): ChosenRank {
  const { stabilityMin, stabilityMargin } = options;
  const best = Math.max(...ranks.filter((r) => Number.isFinite(r.stability)).map((r) => r.stability));
  const least = Math.max(stabilityMin, best - stabilityMargin);
  const stable = ranks.filter((r) => r.stability >= least).map((r) => r.rank);
  if (stable.length === 0) {
    const found = Number.isFinite(best) ? `the best of them has ${best.toFixed(2)}` : 'none could be measured';
    return {
      rank: null,
      reason: `no rank reaches a stability of ${String(stabilityMin)}; ${found}`,
    };
  }
  return {
    rank: Math.max(...stable),
    reason: `largest rank with a stability of at least ${least.toFixed(2)} (best ${best.toFixed(2)}, margin ${String(stabilityMargin)}, minimum ${String(stabilityMin)})`,
  };
}
