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

/**
 * Maximum likelihood of a mixture of two normal distributions with a common variance, by EM from five fixed starts (the upper
 * 5, 20, 50, 80 and 95 % as high group); the best is returned. Deterministic.
 */
export function fitTwoGroups(values: Float64Array): TwoGroupMixture {
  const sorted = values.slice().sort();
  return startingShares
    .map((share) => climb(values, startAt(sorted, share)))
    .reduce((best, next) => (next.logLikelihood > best.logLikelihood ? next : best));
}

/** Log odds that a value belongs to the high group. */
export function logOddsHigh({ low, high, variance, share }: Start, value: number): number {
  return log(share / (1 - share)) + ((high - low) * (value - (low + high) / 2)) / variance;
}

/** What EM starts from. */
type Start = Omit<TwoGroupMixture, 'logLikelihood'>;

function startAt(sorted: Float64Array, share: number): Start {
  const cut = Math.min(sorted.length - 1, Math.max(1, Math.round((1 - share) * sorted.length)));
  const [low, high] = [meanOf(sorted.subarray(0, cut)), meanOf(sorted.subarray(cut))];
  let squares = 0;
  sorted.forEach((value, i) => (squares += (value - (i < cut ? low : high)) ** 2));
  return { low, high, share, variance: Math.max(squares / sorted.length, 1e-9) };
}

function climb(values: Float64Array, start: Start): TwoGroupMixture {
  let fit = { ...start, logLikelihood: -Infinity };
  for (let step = 0; step < 100; step++) {
    const next = improve(values, fit);
    if (next.logLikelihood - fit.logLikelihood < 1e-7 * values.length) return next;
    fit = next;
  }
  return fit;
}

function improve(values: Float64Array, fit: Start): TwoGroupMixture {
  let [weight, sumHigh, sumAll, squares, logLikelihood] = [0, 0, 0, 0, 0];
  const constant = -0.5 * log(2 * Math.PI * fit.variance);
  for (const value of values) {
    const odds = logOddsHigh(fit, value);
    const high = 1 / (1 + exp(-odds));
    const lowLog = log(1 - fit.share) + constant - (value - fit.low) ** 2 / (2 * fit.variance);
    logLikelihood += lowLog + (odds > 30 ? odds : log(1 + exp(odds)));
    weight += high;
    sumHigh += high * value;
    sumAll += value;
    squares += value * value;
  }
  const n = values.length;
  const share = Math.min(1 - 0.5 / n, Math.max(0.5 / n, weight / n));
  const high = sumHigh / Math.max(weight, 1e-9);
  const low = (sumAll - sumHigh) / Math.max(n - weight, 1e-9);
  const variance = Math.max(1e-9, (squares - weight * high * high - (n - weight) * low * low) / n);
  return { low, high, share, variance, logLikelihood };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
