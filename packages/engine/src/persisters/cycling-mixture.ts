import { exp, log } from '../core/pinned-math.js';
import gammaln from '@stdlib/math-base-special-gammaln';
import { quantile } from '../stats/quantile.js';

/** Two levels of expression of a gene set, and the probability of every cell to be at the higher one. */
export interface TwoLevels {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  /** Rates of the set per count of depth, and the share of cells at the higher. */
  readonly low: number;
  readonly high: number;
  readonly share: number;
  readonly probability: Float64Array;
}

/** The higher level has at least this many times the rate of the lower. */
const leastRatio = 1.5;
/** Smallest share of cells either level holds. */
const leastShare = 0.005;
const fewestCells = 30;
const mostIterations = 100;
const tolerance = 1e-6;

/**
 * Splits cells by the counts of a gene set into a lower and a higher level: two negative binomials with means L·λ and a common
 * dispersion, by expectation–maximisation with moment estimates. Two levels are taken only where the Bayesian information criterion prefers them to
 * one, the ratio of the rates is at least 1.5 and each level holds cells.
 *
 * @param counts - counts of the set in every cell
 * @param depth - depth of every cell; cells without depth are left out (NaN)
 */
export function twoLevels(counts: Float64Array, depth: Float64Array): TwoLevels {
  const cells = Uint32Array.from(counts.keys()).filter((c) => (depth[c] as number) > 0);
  const k = Float64Array.from(cells, (c) => counts[c] as number);
  const L = Float64Array.from(cells, (c) => depth[c] as number);
  const none = (reason: string): TwoLevels => ({
    status: 'not-identifiable',
    reasons: [reason],
    low: NaN,
    high: NaN,
    share: NaN,
    probability: new Float64Array(counts.length).fill(NaN),
  });
  if (cells.length < fewestCells) return none(`fewer than ${String(fewestCells)} cells`);
  const one = oneLevel(k, L);
  if (!(one.rates[0] > 0)) return none('the genes of the set are not expressed');
  const two = expectationMaximisation(k, L, one);
  const [low, high] = two.rates;
  if (!(high >= leastRatio * low) || Math.min(two.share, 1 - two.share) < leastShare) {
    return none('the cells do not fall into a lower and a higher level');
  }
  // One level has a rate and a dispersion, two levels have a second rate and a share besides.
  if (2 * (two.logLikelihood - one.logLikelihood) < 2 * log(cells.length)) {
    return none('two levels do not describe the cells better than one');
  }
  const probability = new Float64Array(counts.length).fill(NaN);
  cells.forEach((c, i) => {
    probability[c] = two.posterior[i] as number;
  });
  return { status: 'ok', reasons: [], low, high, share: two.share, probability };
}

interface Levels {
  readonly rates: readonly [number, number];
  readonly dispersion: number;
  readonly share: number;
  readonly posterior: Float64Array;
  readonly logLikelihood: number;
}

function oneLevel(k: Float64Array, L: Float64Array): Levels {
  const posterior = new Float64Array(k.length);
  const rate = sum(k) / sum(L);
  const rates = [rate, rate] as const;
  const dispersion = commonDispersion(k, L, { rates, posterior });
  return { rates, dispersion, share: 0, ...expectation(k, L, { rates, dispersion, share: 0 }) };
}

function expectationMaximisation(k: Float64Array, L: Float64Array, one: Levels): Levels {
  const relative = k.map((count, i) => count / (L[i] as number));
  const above = quantile(relative, 0.75);
  let posterior: Float64Array = relative.map((value) => (value > above ? 0.9 : 0.1));
  let levels = one;
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const share = sum(posterior) / k.length;
    const rates = [
      rateOf(
        k,
        L,
        posterior.map((p) => 1 - p),
      ),
      rateOf(k, L, posterior),
    ] as const;
    const dispersion = commonDispersion(k, L, { rates, posterior });
    const before = levels.logLikelihood;
    levels = { rates, dispersion, share, ...expectation(k, L, { rates, dispersion, share }) };
    posterior = levels.posterior;
    if (iteration > 0 && Math.abs(levels.logLikelihood - before) < tolerance * Math.abs(before)) break;
  }
  return levels;
}

function expectation(
  k: Float64Array,
  L: Float64Array,
  { rates, dispersion, share }: Pick<Levels, 'rates' | 'dispersion' | 'share'>,
): { readonly posterior: Float64Array; readonly logLikelihood: number } {
  let logLikelihood = 0;
  const posterior = k.map((count, i) => {
    const low = logNegativeBinomial(count, (L[i] as number) * rates[0], dispersion);
    if (share === 0) {
      logLikelihood += low;
      return 0;
    }
    const high = logNegativeBinomial(count, (L[i] as number) * rates[1], dispersion);
    const odds = exp(Math.min(700, high - low)) * share;
    logLikelihood += low + log(1 - share + odds);
    return odds / (1 - share + odds);
  });
  return { posterior, logLikelihood };
}

function rateOf(k: Float64Array, L: Float64Array, weight: Float64Array): number {
  let counts = 0;
  let depth = 0;
  for (let i = 0; i < k.length; i++) {
    counts += (weight[i] as number) * (k[i] as number);
    depth += (weight[i] as number) * (L[i] as number);
  }
  return counts / depth;
}

/** Moment estimate of the dispersion around the two means, at least a hundredth of a per cent. */
function commonDispersion(
  k: Float64Array,
  L: Float64Array,
  { rates, posterior }: Pick<Levels, 'rates' | 'posterior'>,
): number {
  let excess = 0;
  let squares = 0;
  for (let i = 0; i < k.length; i++) {
    for (const [level, rate] of rates.entries()) {
      const weight = level === 1 ? (posterior[i] as number) : 1 - (posterior[i] as number);
      const mean = (L[i] as number) * rate;
      excess += weight * (((k[i] as number) - mean) * ((k[i] as number) - mean) - mean);
      squares += weight * mean * mean;
    }
  }
  return Math.max(1e-4, excess / squares);
}

function logNegativeBinomial(count: number, mean: number, dispersion: number): number {
  const size = 1 / dispersion;
  const p = size / (size + mean);
  return gammaln(count + size) - gammaln(size) - gammaln(count + 1) + size * log(p) + count * log(1 - p);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
