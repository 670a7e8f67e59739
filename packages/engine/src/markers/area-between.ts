/**
 * Area under the curve between two samples of numbers: P(a > b) + P(a = b)/2, by sorting both and merging. The same as the
 * rank-sum form; quick where many values are equal.
 *
 * @returns 0 to 1; NaN when either is empty
 */
export function areaBetween(high: Float64Array, low: Float64Array): number {
  const [a, b] = [high.slice().sort(), low.slice().sort()];
  let below = 0;
  let notAbove = 0;
  let sum = 0;
  for (const value of a) {
    while (below < b.length && (b[below] as number) < value) below++;
    while (notAbove < b.length && (b[notAbove] as number) <= value) notAbove++;
    sum += (below + notAbove) / 2;
  }
  return sum / (a.length * b.length);
}
