import type { Estimate } from '../core/method.js';
import { areaUnderCurve } from '../stats/auc.js';
import { normalQuantile } from '../stats/distributions.js';

const level = 0.95;
const method = 'Mann–Whitney; 95 % interval by Newcombe’s method 5';

/**
 * Probability that a sample of one arm scores above a sample of another arm, with Newcombe's interval, which stays honest at
 * AUC 1 where Wald and DeLong intervals have no width: the θ with `|θ̂ − θ| = z √V(θ)`,
 * `V(θ) = θ(1 − θ) (1 + (N − 1)((1 − θ)/(2 − θ) + θ/(1 + θ))) / (m n)`, `N = (m + n) / 2`.
 *
 * @param scores - one per sample
 * @param positives - positions of the arm expected to score higher
 * @returns `not-identifiable` where an arm has fewer than two samples
 * @see doi:10.1002/sim.2324
 */
export function scoreAuc(scores: Float64Array, positives: readonly number[], negatives: readonly number[]): Estimate {
  const [m, n] = [positives.length, negatives.length];
  const above = positives.map((s) => scores[s] as number);
  const below = negatives.map((s) => scores[s] as number);
  const value = areaUnderCurve(above, below);
  const reasons = reasonsAgainst(m, n, value);
  if (reasons.length > 0) {
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons };
  }
  return {
    value,
    low: solve(value, 0, m, n),
    high: solve(value, 1, m, n),
    level,
    method,
    status: 'ok',
    reasons: [],
  };
}

function reasonsAgainst(m: number, n: number, value: number): readonly string[] {
  if (m === 0 || n === 0) return ['no sample in one of the two arms'];
  if (m === 1 && n === 1) return ['one sample per arm: a sign only'];
  if (m === 1 || n === 1) return ['one sample in one of the two arms: a sign only'];
  return Number.isNaN(value) ? ['the samples have no score'] : [];
}

/** Bisects between the estimate and an end of the unit interval for the θ that the estimate just does not reject. */
function solve(estimate: number, end: 0 | 1, m: number, n: number): number {
  const z = normalQuantile((1 + level) / 2);
  let inside = estimate;
  let outside: number = end;
  for (let step = 0; step < 60; step++) {
    const theta = (inside + outside) / 2;
    if (Math.abs(estimate - theta) <= z * Math.sqrt(variance(theta, m, n))) inside = theta;
    else outside = theta;
  }
  return (inside + outside) / 2;
}

function variance(theta: number, m: number, n: number): number {
  const correlated = (1 - theta) / (2 - theta) + theta / (1 + theta);
  return (theta * (1 - theta) * (1 + ((m + n) / 2 - 1) * correlated)) / (m * n);
}
