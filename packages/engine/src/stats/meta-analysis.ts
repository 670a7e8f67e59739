import { OptionError, ShapeError } from '../core/errors.js';
import type { EstimateStatus } from '../core/method.js';
import { chiSquaredUpper, studentQuantile, studentTwoSided } from './distributions.js';

/** Options of `randomEffects`. */
export interface RandomEffectsOptions {
  /** Estimator of the variance between patients. Default REML (restricted maximum likelihood); PM is Paule–Mandel. */
  readonly tau?: 'REML' | 'PM';
  /** `equal`: every patient weighs the same (default). `inverse-variance`: 1 / (v_i + τ²). */
  readonly weights?: 'equal' | 'inverse-variance';
  /** Coverage of the interval. Default 0.95. */
  readonly level?: number;
}

/** The mean effect over patients. A number that could not be computed is null. */
export interface RandomEffects {
  readonly estimate: number | null;
  /** Hartung–Knapp standard error. */
  readonly standardError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  /** Variance of the true effects between patients. */
  readonly tau2: number | null;
  /** Share of the variance that is between patients, 0 to 1. */
  readonly i2: number | null;
  /** Cochran's heterogeneity statistic and its chi-squared P value on k − 1 degrees of freedom. */
  readonly q: number | null;
  readonly qPValue: number | null;
  /** Degrees of freedom of the interval and the test, k − 1. */
  readonly df: number;
  /** Two-sided, of no mean effect. */
  readonly pValue: number | null;
  readonly status: EstimateStatus;
  readonly reasons: readonly string[];
}

/** The effects that take part. */
interface Effects {
  readonly y: readonly number[];
  readonly v: readonly number[];
}

/**
 * Random-effects mean of one effect per patient, y_i ~ N(μ, v_i + τ²), with the Hartung–Knapp interval
 * μ̂ ± t(k − 1) √(Σ w_i (y_i − μ̂)² / ((k − 1) Σ w_i)). With equal weights this is the mean of the patients with standard error
 * √(Σ (y_i − ȳ)² / (k (k − 1))), which needs no variances; heterogeneity is then still reported when all variances are known.
 *
 * @param effects - one per patient; NaN where a patient has none
 * @param variances - sampling variances of the effects, above zero; NaN where unknown
 * @returns estimate, interval and heterogeneity; `not-identifiable` with fewer than two patients
 * @throws ShapeError when lengths differ or a variance is negative; OptionError for a level outside 0 to 1
 * @see doi:10.1002/sim.1482 (Hartung–Knapp), doi:10.1002/jrsm.1164 (estimators of τ²), doi:10.1016/j.cct.2006.04.004 (Paule–Mandel);
 * metafor 3.8 `rma(method = "REML" | "PM", test = "knha")`, whose REML stops at a change of 1e-5 while this one stops at
 * 1e-12 of the total variance
 */
export function randomEffects(
  effects: ArrayLike<number>,
  variances: ArrayLike<number>,
  options: RandomEffectsOptions = {},
): RandomEffects {
  const { tau = 'REML', weights = 'equal', level = 0.95 } = options;
  checkInput(effects, variances, level);
  const used = takingPart(effects, variances, weights);
  const k = used.y.length;
  const leftOut = effects.length - k;
  const reasons = leftOut > 0 ? [`${String(leftOut)} of ${String(effects.length)} patients have no usable effect`] : [];
  if (k < 2) return notIdentifiable(used, level, [...reasons, 'a mean over patients needs at least two of them']);
  const heterogeneity = measureHeterogeneity(used, tau);
  if (heterogeneity.tau2 === null) reasons.push(heterogeneity.reason);
  if (weights === 'inverse-variance' && heterogeneity.tau2 === null) {
    return { ...notIdentifiable({ y: [], v: [] }, level, reasons), df: k - 1, status: 'failed' };
  }
  const tau2 = heterogeneity.tau2 ?? 0;
  const w = used.v.map((v) => (weights === 'equal' ? 1 : 1 / (v + tau2)));
  const { mean, total, spread } = weightedMean(used.y, w);
  const standardError = Math.sqrt(spread / ((k - 1) * total));
  const half = studentQuantile((1 + level) / 2, k - 1) * standardError;
  const varies = standardError > 0;
  if (!varies) reasons.push('all patients have the same effect, so its uncertainty cannot be estimated');
  return {
    estimate: mean,
    standardError,
    low: varies ? mean - half : null,
    high: varies ? mean + half : null,
    level,
    ...pick(heterogeneity),
    df: k - 1,
    pValue: varies ? studentTwoSided(mean / standardError, k - 1) : null,
    status: varies ? 'ok' : 'not-identifiable',
    reasons,
  };
}

function checkInput(effects: ArrayLike<number>, variances: ArrayLike<number>, level: number): void {
  if (effects.length !== variances.length) {
    throw new ShapeError('A meta-analysis needs one variance per effect.', {
      expected: String(effects.length),
      found: String(variances.length),
    });
  }
  if (Array.from(variances).some((variance) => variance < 0)) {
    throw new ShapeError('Sampling variances must not be negative.');
  }
  if (!(level > 0 && level < 1))
    throw new OptionError('An interval level must be between 0 and 1.', { found: String(level) });
}

function takingPart(effects: ArrayLike<number>, variances: ArrayLike<number>, weights: string): Effects {
  const used = Array.from({ length: effects.length }, (_, i) => i).filter(
    (i) => Number.isFinite(effects[i]) && (weights === 'equal' || isKnown(variances[i] as number)),
  );
  return { y: used.map((i) => effects[i] as number), v: used.map((i) => variances[i] as number) };
}

function isKnown(variance: number): boolean {
  return variance > 0 && variance < Infinity;
}

function notIdentifiable(used: Effects, level: number, reasons: readonly string[]): RandomEffects {
  return {
    estimate: used.y[0] ?? null,
    standardError: null,
    low: null,
    high: null,
    level,
    tau2: null,
    i2: null,
    q: null,
    qPValue: null,
    df: 0,
    pValue: null,
    status: 'not-identifiable',
    reasons,
  };
}

interface Heterogeneity {
  readonly tau2: number | null;
  readonly i2: number | null;
  readonly q: number | null;
  readonly qPValue: number | null;
  readonly reason: string;
}

function pick({ tau2, i2, q, qPValue }: Heterogeneity): Omit<Heterogeneity, 'reason'> {
  return { tau2, i2, q, qPValue };
}

function measureHeterogeneity({ y, v }: Effects, tau: 'REML' | 'PM'): Heterogeneity {
  if (!v.every(isKnown)) {
    const reason = 'heterogeneity not computed: the sampling variance of some patients is unknown';
    return { tau2: null, i2: null, q: null, qPValue: null, reason };
  }
  const df = y.length - 1;
  const w = v.map((variance) => 1 / variance);
  const { total, spread: q } = weightedMean(y, w);
  const squares = w.reduce((sum, weight) => sum + weight * weight, 0);
  const typical = (df * total) / (total * total - squares);
  const tau2 = tau === 'PM' ? pauleMandel(y, v) : restrictedLikelihood(y, v);
  const i2 = tau2 === null ? null : tau2 / (tau2 + typical);
  return { tau2, i2, q, qPValue: chiSquaredUpper(q, df), reason: 'the variance between patients did not converge' };
}

/** Mean, sum of weights and Σ w (y − mean)². */
function weightedMean(y: readonly number[], w: readonly number[]): { mean: number; total: number; spread: number } {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    total += w[i] as number;
    sum += (w[i] as number) * (y[i] as number);
  }
  const mean = sum / total;
  let spread = 0;
  for (let i = 0; i < y.length; i++) spread += (w[i] as number) * ((y[i] as number) - mean) * ((y[i] as number) - mean);
  return { mean, total, spread };
}

/** Solves Σ (y − μ̂)²/(v + τ²) = k − 1 by Newton steps; the left side is convex and falls, so they approach from one side. */
function pauleMandel(y: readonly number[], v: readonly number[]): number | null {
  const df = y.length - 1;
  let tau2 = 0;
  for (let step = 0; step < 1000; step++) {
    const w = v.map((variance) => 1 / (variance + tau2));
    const { mean, spread } = weightedMean(y, w);
    if (spread <= df) return tau2;
    const residuals = y.map((value, i) => (w[i] as number) * (value - mean));
    const slope = residuals.reduce((sum, residual) => sum + residual * residual, 0);
    const change = (spread - df) / slope;
    tau2 += change;
    if (change <= 1e-14 * tau2) return tau2;
  }
  return null;
}

/** Fisher scoring on the restricted likelihood: τ² moves by (Σ w²(y − μ̂)² − tr P) / tr P², halved while it would be negative. */
function restrictedLikelihood(y: readonly number[], v: readonly number[]): number | null {
  const scale = v.reduce((sum, variance) => sum + variance, 0) / v.length;
  let tau2 = startValue(y, scale);
  for (let step = 0; step < 1000; step++) {
    let change = scoringStep(y, v, tau2);
    for (let halving = 0; tau2 + change < 0 && halving < 60; halving++) change /= 2;
    if (tau2 + change < 1e-14 * scale && scoringStep(y, v, 0) <= 0) return 0;
    tau2 = Math.max(0, tau2 + change);
    if (Math.abs(change) <= 1e-12 * (tau2 + scale)) return tau2;
  }
  return null;
}

/** The simple moment estimate, variance of the effects minus their mean sampling variance. */
function startValue(y: readonly number[], meanVariance: number): number {
  const { spread } = weightedMean(
    y,
    y.map(() => 1),
  );
  return Math.max(0, spread / (y.length - 1) - meanVariance);
}

function scoringStep(y: readonly number[], v: readonly number[], tau2: number): number {
  let w1 = 0;
  let w2 = 0;
  let w3 = 0;
  const w = v.map((variance) => 1 / (variance + tau2));
  for (const weight of w) {
    w1 += weight;
    w2 += weight * weight;
    w3 += weight * weight * weight;
  }
  const { mean } = weightedMean(y, w);
  let fit = 0;
  for (let i = 0; i < y.length; i++) {
    const residual = (w[i] as number) * ((y[i] as number) - mean);
    fit += residual * residual;
  }
  return (fit - (w1 - w2 / w1)) / (w2 - (2 * w3) / w1 + (w2 / w1) * (w2 / w1));
}
