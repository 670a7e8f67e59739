/** Sum by pairwise halving: error grows with log n instead of n, and the order is fixed. */
export function pairwiseSum(values: ArrayLike<number>, from = 0, to: number = values.length): number {
  if (to - from <= 32) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i] as number;
    return sum;
  }
  const middle = (from + to) >>> 1;
  return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
}

/** Arithmetic mean; NaN when empty. */
export function mean(values: ArrayLike<number>): number {
  return values.length === 0 ? NaN : pairwiseSum(values) / values.length;
}
