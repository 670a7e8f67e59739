import { exp, log } from '../core/pinned-math.js';
import type { CellScores } from './score-cells.js';

/** One state of cells: mean activity, in units of the learned effects, and its spread between cells. */
export interface CellComponent {
  readonly mean: number;
  /** Variance of the activity between cells beyond counting noise. */
  readonly spread: number;
}

/** Smallest argument of the cube root: far below the mean the transformed density is continued flat. */
const floor = 0.02;
const logRootTwoPi = 0.9189385332046728;

/**
 * Logarithm of the density of a cell's score z under a component. Mean `m·shift`, variance
 * `1 + m (v₁ − 1) + ω²·shift²`, and the skewness of counting noise between an untreated and a shifted cell; the density is that of
 * the normal after the Wilson–Hilferty transformation of the gamma distribution with these three moments, because counts of
 * few molecules are skewed and the far tail decides what a rare state is. The spread between cells is taken to be as skewed
 * as the counting noise.
 *
 * @see Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684
 */
export function logDensity(scores: CellScores, cell: number, z: number, component: CellComponent): number {
  const { mean, spread } = component;
  const shift = scores.shift[cell] as number;
  const skew = scores.skew[cell] as number;
  const activity = Math.max(0, mean);
  const counting = 1 + activity * ((scores.varianceShifted[cell] as number) - 1);
  const sd = Math.sqrt(counting + spread * shift * shift);
  const third = skew + activity * ((scores.skewShifted[cell] as number) - skew);
  return logShiftedGamma((z - mean * shift) / sd, third / (counting * Math.sqrt(counting))) - log(sd);
}

/** Log density of a standardised variable with the given skewness. */
function logShiftedGamma(u: number, skewness: number): number {
  if (Math.abs(skewness) < 1e-4) return -0.5 * u * u - logRootTwoPi;
  const root = 2 / Math.abs(skewness);
  const q = Math.max(floor, 1 + (skewness < 0 ? -u : u) / root);
  const logQ = log(q);
  const y = 3 * root * (exp(logQ / 3) - 1 + 1 / (9 * root * root));
  return -0.5 * y * y - (2 / 3) * logQ - logRootTwoPi;
}

/** The two components as they are in one sample. */
export interface TwoStates {
  readonly untreated: CellComponent;
  readonly persister: CellComponent;
}

/** Log likelihood ratio of the persister against the untreated component. */
export function logRatio(scores: CellScores, cell: number, { untreated, persister }: TwoStates): number {
  const z = scores.z[cell] as number;
  return logDensity(scores, cell, z, persister) - logDensity(scores, cell, z, untreated);
}

/**
 * The log likelihood ratio for calling cells. The ratio of two densities of unequal width turns round in the tails; here it is
 * held constant below the untreated mean, and above the persister mean where that component is the narrower, so that a
 * higher score is never less persister-like. Not for fitting: the components would no longer be densities.
 */
export function monotoneLogRatio(scores: CellScores, cell: number, { untreated, persister }: TwoStates): number {
  const shift = scores.shift[cell] as number;
  let z = Math.max(scores.z[cell] as number, untreated.mean * shift);
  if (persister.spread < untreated.spread) z = Math.min(z, Math.max(untreated.mean, persister.mean) * shift);
  return logDensity(scores, cell, z, persister) - logDensity(scores, cell, z, untreated);
}

/** ln(1 − π + π e^r), for any r. */
export function logMixture(fraction: number, ratio: number): number {
  return ratio > 0 ? ratio + log(fraction + (1 - fraction) * exp(-ratio)) : log(1 - fraction + fraction * exp(ratio));
}

/** Probability of the persister state, π e^r / (1 − π + π e^r), for any r. */
export function stateProbability(fraction: number, ratio: number): number {
  if (fraction === 0 || fraction === 1) return fraction;
  return 1 / (1 + ((1 - fraction) / fraction) * exp(-ratio));
}
