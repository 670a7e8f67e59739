import { ShapeError } from '../core/errors.js';
import { mean } from '../core/sum.js';

/** Ranks from one, tied values sharing the mean of their ranks; missing numbers (NaN) stay NaN and are not counted. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(values.length).fill(NaN);
  const order = Uint32Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => !Number.isNaN(values[i]))
    .sort((a, b) => ((values[a] as number) < (values[b] as number) ? -1 : values[a] === values[b] ? a - b : 1));
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++;
    for (let k = start; k < end; k++) ranks[order[k] as number] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Pearson correlation Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²) over the pairs in which both numbers are present.
 *
 * @returns −1 to 1; NaN with fewer than two pairs or when one side does not vary
 * @throws ShapeError when lengths differ
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = completePairs(x, y);
  return correlate(a, b);
}

/** Spearman correlation: `pearson` of the mid-ranks over the pairs in which both numbers are present. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = completePairs(x, y);
  return correlate(midRanks(a), midRanks(b));
}

function completePairs(x: ArrayLike<number>, y: ArrayLike<number>): readonly [Float64Array, Float64Array] {
  if (x.length !== y.length) {
    throw new ShapeError('A correlation needs as many x as y values.', {
      found: `${String(x.length)} and ${String(y.length)}`,
    });
  }
  const pairs = Array.from({ length: x.length }, (_, i) => i).filter((i) => !Number.isNaN(x[i]) && !Number.isNaN(y[i]));
  return [Float64Array.from(pairs, (i) => x[i] as number), Float64Array.from(pairs, (i) => y[i] as number)];
}

function correlate(x: Float64Array, y: Float64Array): number {
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] as number) - meanX;
    const dy = (y[i] as number) - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (!(xx > 0 && yy > 0)) return NaN;
  return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
}
