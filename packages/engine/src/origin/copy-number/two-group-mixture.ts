import { exp, log } from '../../core/pinned-math.js';

/** Two normal distributions of equal variance fitted to numbers. */
export interface TwoGroupMixture {
  readonly low: number;
  readonly high: number;
  readonly variance: number;
  /** Share of the high group. */
  readonly share: number;
  readonly logLikelihood: number;
}

const startingShares: readonly number[] = [0.05, 0.2, 0.5, 0.8, 0.95];
/** More numbers than this are first gathered in as many equal steps, so that the cost does not grow with them. */
const mostPoints = 1000;
const mostSteps = 100;

/**
 * Maximum likelihood of a mixture of two normal distributions with a common variance, by EM from five fixed starts (the upper
 * 5, 20, 50, 80 and 95 % as high group); the best is returned. Deterministic.
 *
 * @param values - any order, at least two
 */
export function fitTwoGroups(values: Float64Array): TwoGroupMixture {
  const points = gather(values.slice().sort());
  return startingShares
    .map((share) => climb(points, startAt(points, share)))
    .reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best));
}

/** Log odds that a value belongs to the high group. */
export function logOddsHigh({ low, high, variance, share }: Start, value: number): number {
  return log(share / (1 - share)) + ((high - low) * (value - (low + high) / 2)) / variance;
}

/** What EM starts from. */
type Start = Omit<TwoGroupMixture, 'logLikelihood'>;

/** Sorted values, each standing for a number of them. */
interface Points {
  readonly value: Float64Array;
  readonly weight: Float64Array;
  readonly total: number;
}

function gather(sorted: Float64Array): Points {
  const total = sorted.length;
  const [lowest, highest] = [sorted[0] as number, sorted[total - 1] as number];
  if (total <= mostPoints || !(highest > lowest))
    return { value: sorted, weight: new Float64Array(total).fill(1), total };
  const sums = new Float64Array(mostPoints);
  const weight = new Float64Array(mostPoints);
  for (const value of sorted) {
    const step = Math.min(mostPoints - 1, Math.floor(((value - lowest) / (highest - lowest)) * mostPoints));
    sums[step] = (sums[step] as number) + value;
    weight[step] = (weight[step] as number) + 1;
  }
  const filled = Uint32Array.from(weight.keys()).filter((step) => (weight[step] as number) > 0);
  return {
    value: Float64Array.from(filled, (step) => (sums[step] as number) / (weight[step] as number)),
    weight: Float64Array.from(filled, (step) => weight[step] as number),
    total,
  };
}

/** The highest values that make up `share` of all, against the rest. */
function startAt({ value, weight, total }: Points, share: number): Start {
  const sums = { low: 0, high: 0, nLow: 0, nHigh: 0 };
  for (let i = 0; i < value.length; i++) {
    const [x, w] = [value[i] as number, weight[i] as number];
    const isLow = i === 0 || (i < value.length - 1 && sums.nLow + w <= (1 - share) * total);
    sums[isLow ? 'low' : 'high'] += w * x;
    sums[isLow ? 'nLow' : 'nHigh'] += w;
  }
  const low = sums.low / sums.nLow;
  const high = sums.nHigh > 0 ? sums.high / sums.nHigh : low;
  const middle = (low + high) / 2;
  let squares = 0;
  value.forEach((x, i) => (squares += (weight[i] as number) * (x - (x < middle ? low : high)) ** 2));
  return { low, high, share, variance: Math.max(squares / total, 1e-9) };
}

function climb(points: Points, start: Start): TwoGroupMixture {
  let fit = { ...start, logLikelihood: -Infinity };
  for (let step = 0; step < mostSteps; step++) {
    const next = improve(points, fit);
    if (next.logLikelihood - fit.logLikelihood < 1e-7 * points.total) return next;
    fit = next;
  }
  return fit;
}

function improve({ value, weight, total }: Points, fit: Start): TwoGroupMixture {
  let [inHigh, sumHigh, sumAll, squares, logLikelihood] = [0, 0, 0, 0, 0];
  const constant = log(1 - fit.share) - 0.5 * log(2 * Math.PI * fit.variance);
  const offset = log(fit.share / (1 - fit.share));
  const slope = (fit.high - fit.low) / fit.variance;
  const middle = (fit.low + fit.high) / 2;
  for (let i = 0; i < value.length; i++) {
    const [x, w] = [value[i] as number, weight[i] as number];
    const odds = exp(Math.min(600, offset + slope * (x - middle)));
    const high = (w * odds) / (1 + odds);
    logLikelihood += w * (constant - (x - fit.low) ** 2 / (2 * fit.variance) + log(1 + odds));
    inHigh += high;
    sumHigh += high * x;
    sumAll += w * x;
    squares += w * x * x;
  }
  const share = Math.min(1 - 0.5 / total, Math.max(0.5 / total, inHigh / total));
  const high = sumHigh / Math.max(inHigh, 1e-9);
  const low = (sumAll - sumHigh) / Math.max(total - inHigh, 1e-9);
  const variance = Math.max(1e-9, (squares - inHigh * high * high - (total - inHigh) * low * low) / total);
  return { low, high, share, variance, logLikelihood };
}
