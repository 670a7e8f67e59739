import { OptionError } from '../../core/errors.js';
import type { MethodInfo } from '../../core/method.js';
import { betaUpper } from '../../stats/distributions.js';

/** What {@link robustRankAggregation} is. */
export const robustRankAggregationInfo: MethodInfo = {
  id: 'robust-rank-aggregation',
  title: 'Robust rank aggregation',
  version: '1.0.0',
  doi: ['10.1093/bioinformatics/btr709'],
  input: 'normalised ranks, above 0 to 1, in several lists; NaN where a list does not have the item',
  output: 'score ρ of one item and the bound of its P value',
  random: false,
};

/** How surprisingly good the ranks of one item are. NaN without any rank. */
export interface RankAggregate {
  /** Smallest β of the sorted ranks. */
  readonly rho: number;
  /** ρ times the number of lists, at most one: Bonferroni over the order statistics. */
  readonly pValue: number;
  /** Lists that have the item, and how many of them make the smallest β. */
  readonly nLists: number;
  readonly nBest: number;
}

/**
 * Robust rank aggregation of one item (Kolde 2012). With the normalised ranks sorted, `r(1) ≤ … ≤ r(n)`,
 * `β_k = P(B ≤ r(k))` for `B ~ Beta(k, n − k + 1)`, the chance that the k-th smallest of n uniform ranks is as small;
 * `ρ = min β_k` and `P ≤ min(1, n ρ)`. Because the best k ranks speak, one bad list does not sink an item that the others put
 * first. Ranks are uniform and independent under the null; lists read off the same data are not, and P is then too small.
 *
 * @param ranks - rank over number of items, one per list; NaN lists take no part
 * @throws OptionError for a rank outside 0 to 1
 * @see doi:10.1093/bioinformatics/btr709; R `RobustRankAggreg` 1.2 `rhoScores`, equal to it
 */
export function robustRankAggregation(ranks: ArrayLike<number>): RankAggregate {
  const sorted = Float64Array.from(ranks)
    .filter((rank) => !Number.isNaN(rank))
    .sort();
  const n = sorted.length;
  if (n === 0) return { rho: NaN, pValue: NaN, nLists: 0, nBest: 0 };
  if (!((sorted[0] as number) >= 0 && (sorted[n - 1] as number) <= 1)) {
    throw new OptionError('Ranks have to be normalised.', { expected: 'from 0 to 1', found: sorted.join(', ') });
  }
  let [rho, nBest] = [Infinity, 0];
  sorted.forEach((rank, i) => {
    const beta = 1 - rank <= 0 ? 1 : betaUpper(1 - rank, n - i, i + 1);
    if (beta < rho) [rho, nBest] = [beta, i + 1];
  });
  return { rho, pValue: Math.min(1, n * rho), nLists: n, nBest };
}
