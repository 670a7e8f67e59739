import { FormatError } from '../core/errors.js';
import type { Warning } from '../core/method.js';
import { exp, expm1, log } from '../core/pinned-math.js';
import { mean, pairwiseSum } from '../core/sum.js';
import { midRanks } from './correlation.js';
import { chiSquaredUpper, fCdf, fQuantile, fUpper, fUpperQuantile, logFDensity } from './distributions.js';
import { fitScaledF, type ScaledF } from './fit-scaled-f.js';
import { gaussLegendre, type QuadratureRule } from './gauss-legendre.js';
import { logFUpper } from './log-tails.js';
import { median, quantile } from './quantile.js';

/** A scaled F distribution in which outlying variances have fewer prior degrees of freedom of their own. */
export interface RobustScaledF extends ScaledF {
  readonly dfPriorEach: Float64Array;
}

/** Variances on the log scale, at one common number of degrees of freedom. */
interface LogVariances {
  readonly z: Float64Array;
  readonly df: number;
  readonly tails: readonly [number, number];
  /** Trimmed mean of z. */
  readonly centre: number;
  /** Mean and variance of z − centre after winsorising. */
  readonly mean: number;
  readonly variance: number;
}

/**
 * Robust estimate of s² ~ s₀² F(d, d₀): d₀ is the value at which a winsorised log F has the variance of the winsorised
 * ln s²; moments come from a 128-point Gauss–Legendre rule in f/(1 + f). The moment estimate of `fitScaledF` is a lower bound
 * of d₀. Each variance is then compared with the fitted F: the ratio of its tail probability to its empirical tail share,
 * capped at one, is the probability that it is no outlier, and its own prior degrees of freedom are the mixture of d₀ and the
 * d₀ at which the largest variance would be the median of its distribution, made monotone in the tail probability.
 *
 * @param variances - at least two, zero or more
 * @param df - degrees of freedom, above zero
 * @throws FormatError when half of the variances are zero
 * @see doi:10.1214/16-AOAS920; limma 3.54 `fitFDistRobustly`. The equation for d₀ is solved to machine precision (limma:
 * 1e-8 in d₀/(1 + d₀)), which moves d₀ by less than 1e-5 of its value for d₀ < 1000.
 */
export function fitScaledFRobustly(
  variances: Float64Array,
  df: Float64Array,
  { winsorTail }: { readonly winsorTail: readonly [number, number] },
): RobustScaledF {
  const n = variances.length;
  const plain = fitScaledF(variances, df);
  const unchanged: RobustScaledF = { ...plain, dfPriorEach: new Float64Array(n).fill(plain.dfPrior) };
  if (n === 2) return unchanged;
  const [raised, warnings] = raiseZeros(variances);
  if (winsorTail[0] < 1 / n && winsorTail[1] < 1 / n) return unchanged;
  const dfMax = df.reduce((most, value) => Math.max(most, value), 0);
  const logs = winsorise(atCommonDf(raised, df, dfMax, plain), dfMax, winsorTail);
  const rule = gaussLegendre(128);
  const excessAt = (dfPrior: number): number =>
    log(logs.variance / winsorisedMoments(rule, logs.df, dfPrior, logs.tails).variance);
  if (excessAt(Infinity) <= 0) return { ...infinitePrior(logs, rule), warnings };
  if (plain.dfPrior === Infinity) return unchanged;
  const dfPrior = excessAt(plain.dfPrior) >= 0 ? plain.dfPrior : solvePriorDf(excessAt, plain.dfPrior);
  return { ...finitePrior(logs, rule, dfPrior), warnings };
}

function raiseZeros(variances: Float64Array): readonly [Float64Array, readonly Warning[]] {
  const middle = median(variances);
  if (!(middle > 0)) {
    throw new FormatError('Half of the residual variances are zero, so no robust prior can be estimated.', {
      hint: 'Remove genes that do not vary, or use the non-robust option.',
    });
  }
  const floor = middle * 1e-12;
  const nSmall = variances.reduce((count, variance) => count + (variance < floor ? 1 : 0), 0);
  const message = `${String(nSmall)} residual variances are practically zero and were raised.`;
  const raised = variances.map((variance) => Math.max(variance, floor));
  return [raised, nSmall > 0 ? [{ code: 'zero-variances', message }] : []];
}

/** Moves each variance to the same tail probability at the largest degrees of freedom. */
function atCommonDf(variances: Float64Array, df: Float64Array, dfMax: number, plain: ScaledF): Float64Array {
  const { scale, dfPrior } = plain;
  return variances.map((variance, i) => {
    const d = df[i] as number;
    if (!(d < dfMax - 1e-14)) return variance;
    const f = variance / scale;
    const upper = fUpper(f, d, dfPrior);
    if (upper < 0.5) return scale * fUpperQuantile(upper, dfMax, dfPrior);
    return scale * fQuantile(fCdf(f, d, dfPrior), dfMax, dfPrior);
  });
}

function winsorise(variances: Float64Array, df: number, tails: readonly [number, number]): LogVariances {
  const z = variances.map(log);
  const centre = trimmedMean(z, tails[1]);
  const low = quantile(z, tails[0]) - centre;
  const high = quantile(z, 1 - tails[1]) - centre;
  const clipped = z.map((value) => Math.min(Math.max(value - centre, low), high));
  const middle = mean(clipped);
  const variance = pairwiseSum(clipped.map((value) => (value - middle) * (value - middle))) / (z.length - 1);
  return { z, df, tails, centre, mean: middle, variance };
}

function trimmedMean(values: Float64Array, trim: number): number {
  if (trim >= 0.5) return median(values);
  const sorted = values.slice().sort();
  const cut = Math.floor(values.length * trim);
  return mean(sorted.subarray(cut, values.length - cut));
}

/** Mean and variance of ln F(df, dfPrior) winsorised at its own quantiles. */
function winsorisedMoments(
  rule: QuadratureRule,
  df: number,
  dfPrior: number,
  tails: readonly [number, number],
): { readonly mean: number; readonly variance: number } {
  const low = tails[0] === 0 ? 0 : fQuantile(tails[0], df, dfPrior);
  const high = tails[1] === 0 ? Infinity : fUpperQuantile(tails[1], df, dfPrior);
  const from = low / (1 + low);
  const width = (high === Infinity ? 1 : high / (1 + high)) - from;
  const logs = new Float64Array(rule.nodes.length);
  const mass = new Float64Array(rule.nodes.length);
  for (let i = 0; i < logs.length; i++) {
    const q = from + width * (rule.nodes[i] as number);
    const f = q / (1 - q);
    logs[i] = log(f);
    mass[i] = (width * (rule.weights[i] as number) * exp(logFDensity(f, df, dfPrior))) / ((1 - q) * (1 - q));
  }
  const atEnds = (value: (logF: number) => number): number =>
    (tails[0] === 0 ? 0 : tails[0] * value(log(low))) + (tails[1] === 0 ? 0 : tails[1] * value(log(high)));
  const centre = atEnds((z) => z) + pairwiseSum(mass.map((m, i) => m * (logs[i] as number)));
  const square = (z: number): number => (z - centre) * (z - centre);
  return { mean: centre, variance: atEnds(square) + pairwiseSum(mass.map((m, i) => m * square(logs[i] as number))) };
}

/** Root in d₀ by bisection of d₀/(1 + d₀), between a value that is too low and infinity. */
function solvePriorDf(excessAt: (dfPrior: number) => number, lower: number): number {
  let low = lower / (1 + lower);
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low / (1 - low);
    if (excessAt(middle / (1 - middle)) < 0) low = middle;
    else high = middle;
  }
}

/** The prior is a single value; outliers alone get finite prior degrees of freedom, at most those of all data pooled. */
function infinitePrior(logs: LogVariances, rule: QuadratureRule): Omit<RobustScaledF, 'warnings'> {
  const n = logs.z.length;
  const logScale = logs.centre + logs.mean - winsorisedMoments(rule, logs.df, Infinity, logs.tails).mean;
  const tail = logs.z.map((z) => chiSquaredUpper(exp(z - logScale) * logs.df, logs.df));
  const ranks = midRanks(logs.z);
  const own = tail.map((p, i) => {
    const notOutlier = (p * n) / (n - (ranks[i] as number) + 0.5);
    return notOutlier < 1 ? notOutlier * n * logs.df : Infinity;
  });
  raiseInOrder(own, orderOf(tail));
  return { scale: exp(logScale), dfPrior: Infinity, dfPriorEach: own };
}

function finitePrior(logs: LogVariances, rule: QuadratureRule, dfPrior: number): Omit<RobustScaledF, 'warnings'> {
  const n = logs.z.length;
  const logScale = logs.centre + logs.mean - winsorisedMoments(rule, logs.df, dfPrior, logs.tails).mean;
  const f = logs.z.map((z) => exp(z - logScale));
  const logTail = f.map((value) => logFUpper(value, logs.df, dfPrior));
  const ranks = midRanks(f);
  const logNotOutlier = logTail.map((p, i) => Math.min(p - log((n - (ranks[i] as number) + 0.5) / n), 0));
  const scale = exp(logScale);
  if (logNotOutlier.every((value) => value === 0)) {
    return { scale, dfPrior, dfPriorEach: new Float64Array(n).fill(dfPrior) };
  }
  const dfOutlier = outlierDf(f, logTail, logs.df, dfPrior);
  const own = logNotOutlier.map((value) => exp(value) * dfPrior - expm1(value) * dfOutlier);
  const order = orderOf(logTail);
  levelStart(own, order);
  raiseInOrder(own, order);
  return { scale, dfPrior, dfPriorEach: own };
}

/** The prior degrees of freedom at which the largest F would be close to its median: ln P falls nearly linearly with them. */
function outlierDf(f: Float64Array, logTail: Float64Array, df: number, dfPrior: number): number {
  const smallest = logTail.reduce((least, value) => Math.min(least, value), 0);
  if (smallest === -Infinity) return 0;
  const largest = f.reduce((most, value) => Math.max(most, value), 0);
  const first = (-Math.LN2 / smallest) * dfPrior;
  return (-Math.LN2 / logFUpper(largest, df, first)) * first;
}

/** Replaces the first values, as far as their running mean is smallest, by that mean. */
function levelStart(values: Float64Array, order: Uint32Array): void {
  let sum = 0;
  let smallest = Infinity;
  let length = 0;
  order.forEach((index, k) => {
    sum += values[index] as number;
    if (sum / (k + 1) < smallest) {
      smallest = sum / (k + 1);
      length = k + 1;
    }
  });
  for (let k = 0; k < length; k++) values[order[k] as number] = smallest;
}

/** Running maximum along an order, in place. */
function raiseInOrder(values: Float64Array, order: Uint32Array): void {
  let highest = -Infinity;
  for (const index of order) {
    highest = Math.max(highest, values[index] as number);
    values[index] = highest;
  }
}

function orderOf(keys: Float64Array): Uint32Array {
  const order = Uint32Array.from(keys, (_, i) => i);
  return order.sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
}
