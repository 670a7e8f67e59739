import { midRanks } from './correlation.js';

/**
 * Area under the receiver operating characteristic: the probability that a positive scores above a negative, ties counting
 * one half, (R₊ − n₊(n₊ + 1)/2) / (n₊ n₋) from the mid-ranks. Missing scores (NaN) are left out.
 *
 * @returns 0 to 1; NaN when one side is empty
 * @see doi:10.1148/radiology.143.1.7063747
 */
export function areaUnderCurve(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
  const above = Array.from(positives).filter((value) => !Number.isNaN(value));
  const below = Array.from(negatives).filter((value) => !Number.isNaN(value));
  if (above.length === 0 || below.length === 0) return NaN;
  const ranks = midRanks([...above, ...below]).subarray(0, above.length);
  const rankSum = ranks.reduce((sum, rank) => sum + rank, 0);
  return (rankSum - (above.length * (above.length + 1)) / 2) / (above.length * below.length);
}
