import { exp, log } from '../core/pinned-math.js';
import type { Estimate } from '../core/method.js';
import { betaQuantile, normalQuantile, studentQuantile } from '../stats/distributions.js';
import { randomEffects } from '../stats/meta-analysis.js';

/** A fraction with how much is known about it. */
export interface KnownFraction {
  readonly fraction: number;
  /** Cells of known state that would tell as much. */
  readonly nEffective: number;
}

/** Variation of the fraction between replicate samples of one patient, stage and treatment, on the logit scale. */
export interface ReplicateVariation {
  /** Variance beyond what cell sampling and the mixture explain; pooled over all groups with replicates. */
  readonly variance: number;
  /** Degrees of freedom behind it. */
  readonly df: number;
}

/** What an interval of a fraction holds. */
export type FractionBasis = 'own-replicates' | 'borrowed-replicates' | 'technical-only';

/**
 * Estimates the variation between replicates from groups of samples of the same patient, stage and treatment: the sum of squares of
 * the empirical logits around their group means, less what their technical variances lead to expect, over its degrees of
 * freedom, at least zero.
 *
 * @returns null when no group has two samples
 */
export function replicateVariation(groups: readonly (readonly KnownFraction[])[]): ReplicateVariation | null {
  let squares = 0;
  let expected = 0;
  let df = 0;
  for (const group of groups.filter((g) => g.length >= 2)) {
    const values = group.map(empiricalLogit);
    const mean = values.reduce((sum, { y }) => sum + y, 0) / values.length;
    for (const { y, v } of values) {
      squares += (y - mean) * (y - mean);
      expected += v * (1 - 1 / values.length);
    }
    df += values.length - 1;
  }
  return df === 0 ? null : { variance: Math.max(0, (squares - expected) / df), df };
}

/**
 * Interval of a fraction: Clopper and Pearson's with the effective number of cells instead of their number (Korn and
 * Graubard), where the effective number holds cell sampling, the uncertainty of the mixture and, where it is known, the
 * variation between replicates with its degrees of freedom.
 *
 * @see Korn and Graubard 1998, Survey Methodology 24:193; Clopper and Pearson, doi:10.1093/biomet/26.4.404
 */
export function fractionEstimate(
  known: KnownFraction,
  options: { readonly level: number; readonly variation: ReplicateVariation | null; readonly basis: FractionBasis },
): Estimate {
  const { level, variation, basis } = options;
  const method = `Clopper–Pearson interval on the effective number of cells: ${basisWords[basis]}`;
  const { fraction } = known;
  const n = effectiveWith(known, variation, level);
  if (!(n > 0)) {
    return {
      value: null,
      low: null,
      high: null,
      level,
      method,
      status: 'not-identifiable',
      reasons: ['no cell could be scored'],
    };
  }
  const x = fraction * n;
  const tail = (1 - level) / 2;
  return {
    value: fraction,
    low: x < 1e-9 ? 0 : betaQuantile(tail, x, n - x + 1),
    high: n - x < 1e-9 ? 1 : betaQuantile(1 - tail, x + 1, n - x),
    level,
    method,
    status: 'ok',
    reasons: [],
  };
}

const basisWords: Readonly<Record<FractionBasis, string>> = {
  'own-replicates': 'cell sampling, mixture, and variation between replicate samples of this patient and stage',
  'borrowed-replicates': 'cell sampling, mixture, and variation between replicate samples of other patients or stages',
  'technical-only':
    'technical only, cell sampling and mixture; nothing is replicated, so variation between samples is not in it',
};

/** Several samples of one patient and stage as one. */
export function combineFractions(parts: readonly KnownFraction[], variation: ReplicateVariation | null): KnownFraction {
  const used = parts.filter(({ nEffective }) => nEffective > 0);
  const nAll = used.reduce((sum, { nEffective }) => sum + nEffective, 0);
  if (nAll === 0) return { fraction: NaN, nEffective: 0 };
  const pooled = (used.reduce((sum, p) => sum + p.fraction * p.nEffective, 0) + 0.5) / (nAll + 1);
  const binomial = pooled * (1 - pooled);
  const weights = used.map(({ nEffective }) => 1 / (1 / (nEffective * binomial) + (variation?.variance ?? 0)));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const fraction = used.reduce((sum, p, i) => sum + (p.fraction * (weights[i] as number)) / total, 0);
  // Technical part only: the variation between samples is added with its degrees of freedom by the interval.
  const technical = used.reduce((sum, p, i) => {
    const share = (weights[i] as number) / total;
    return sum + (share * share) / p.nEffective;
  }, 0);
  return { fraction, nEffective: 1 / technical };
}

/** The mean fraction over patients, one value each: equal weights on the logit scale, Hartung–Knapp interval. */
export function pooledFraction(patients: readonly KnownFraction[], level: number): Estimate {
  const used = patients.filter(({ nEffective }) => nEffective > 0).map(empiricalLogit);
  const result = randomEffects(
    used.map(({ y }) => y),
    used.map(({ v }) => v),
    { level },
  );
  const back = (value: number | null): number | null => (value === null ? null : 1 / (1 + exp(-value)));
  return {
    value: back(result.estimate),
    low: back(result.low),
    high: back(result.high),
    level,
    method: 'mean of the patients on the logit scale, equal weights, Hartung–Knapp interval',
    status: result.status,
    reasons: result.reasons,
  };
}

/** Logit with half a cell added to either side, and its variance. */
function empiricalLogit({ fraction, nEffective }: KnownFraction): { readonly y: number; readonly v: number } {
  const x = fraction * nEffective + 0.5;
  const rest = (1 - fraction) * nEffective + 0.5;
  return { y: log(x / rest), v: 1 / x + 1 / rest };
}

/** Effective cells once variation between replicates is added, with Satterthwaite degrees of freedom. */
function effectiveWith(
  { fraction, nEffective }: KnownFraction,
  variation: ReplicateVariation | null,
  level: number,
): number {
  if (variation === null || variation.variance === 0 || !(nEffective > 0)) return nEffective;
  const least = 1 / (nEffective + 1);
  const pi = Math.min(1 - least, Math.max(least, fraction));
  const technical = 1 / (nEffective * pi * (1 - pi));
  const total = technical + variation.variance;
  const share = variation.variance / total;
  const df = variation.df / (share * share);
  const ratio = normalQuantile((1 + level) / 2) / studentQuantile((1 + level) / 2, df);
  return (ratio * ratio) / (pi * (1 - pi) * total);
}
