import { chiSquaredUpper } from '../stats/distributions.js';
import {
  type CellComponent,
  logDensity,
  logMixture,
  logRatio,
  stateProbability,
  type TwoStates,
} from './component-density.js';
import { type MixtureInput, shiftPrecision, type StateMixture, statesOf, strengthPrior } from './state-mixture.js';
import { inverseDiagonal } from './solve-linear.js';

/** How sure the fraction of one sample is. */
export interface FractionInformation {
  readonly nCells: number;
  readonly fraction: number;
  /** Cells of known state that would tell the fraction as well as these cells do. */
  readonly nEffective: number;
  /** One-sided P value of the likelihood ratio test that the sample holds no persister. */
  readonly pNone: number;
}

/** Parameters that cells of every sample depend on: strength and the two spreads. */
const nShared = 3;
const logLikelihoodStep = 1e-3;
/** A sample that shows no persister at this level is one where none could be shown. */
export const noneLevel: number = 0.05;
/** ln 40: one in forty is the upper tail of a 95 % interval. */
const dropFromNone = 3.6888794541139363;

/**
 * What the cells tell about every sample's fraction once the uncertainty of the mixture is paid for: the empirical information
 * Σ_c ∇ℓ_c ∇ℓ_cᵀ over strength, both spreads, and the null mean and fraction of every sample, with the priors' precisions added,
 * is inverted, and `nEffective = n · (1 / Var π) / I` with I the information on π were the states of all cells known, at most
 * the number of cells n. A fraction below one cell is taken as one cell there.
 *
 * Where no persister can be shown the information at the edge says little. `nEffective` is then the number of cells whose
 * exact upper limit, had none of them been a persister, is the largest fraction with a log likelihood within ln 40 of the
 * maximum: ln 40 / π_max.
 */
export function fractionInformation(input: MixtureInput, state: StateMixture): readonly FractionInformation[] {
  const nSamples = input.untreated.length;
  const n = nShared + 2 * nSamples;
  const counts = countCells(input, nSamples);
  const fraction = state.fraction.map((pi, j) => {
    const least = 1 / Math.max(2, counts[j] as number);
    return Math.min(1 - least, Math.max(least, pi));
  });
  const information = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  const statistic = new Float64Array(nSamples);
  const complete = new Float64Array(nSamples);
  input.sampleOf.forEach((j, c) => {
    if (Number.isNaN(input.scores.z[c])) return;
    gradient.fill(0);
    cellGradient(input, c, { state: { ...state, fraction }, sample: j, into: gradient });
    addOuterProduct(information, gradient, [0, 1, 2, nShared + 2 * j, nShared + 2 * j + 1], n);
    const ratio = logRatio(input.scores, c, statesOf(state, j));
    statistic[j] = (statistic[j] as number) + 2 * logMixture(state.fraction[j] as number, ratio);
    complete[j] = (complete[j] as number) + completeInformation(fraction[j] as number, ratio);
  });
  addPriors(information, state, nSamples);
  const variance = inverseDiagonal(information, n);
  return Array.from({ length: nSamples }, (_, j) => {
    const nCells = counts[j] as number;
    const own = variance[nShared + 2 * j + 1] as number;
    const pNone = chiSquaredUpper(Math.max(0, statistic[j] as number), 1) / 2;
    const informed = own > 0 ? nCells * Math.min(1, 1 / (own * (complete[j] as number))) : 0;
    const nEffective =
      pNone <= noneLevel ? informed : Math.min(nCells, dropFromNone / largestFraction(input, state, j));
    return { nCells, fraction: state.fraction[j] as number, nEffective: nCells === 0 ? 0 : nEffective, pNone };
  });
}

/** The largest fraction of a sample whose log likelihood is within ln 40 of that of the fitted one, the rest of the mixture fixed. */
function largestFraction({ scores, sampleOf }: MixtureInput, state: StateMixture, sample: number): number {
  const ratios: number[] = [];
  sampleOf.forEach((j, c) => {
    if (j === sample && !Number.isNaN(scores.z[c])) ratios.push(logRatio(scores, c, statesOf(state, j)));
  });
  const logLikelihood = (pi: number): number => ratios.reduce((sum, ratio) => sum + logMixture(pi, ratio), 0);
  let inside = state.fraction[sample] as number;
  let outside = 1;
  const least = logLikelihood(inside) - dropFromNone;
  for (let step = 0; step < 50; step++) {
    const middle = (inside + outside) / 2;
    if (logLikelihood(middle) >= least) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** Information of one cell on the fraction, had its state been seen; the state itself is averaged over its probability. */
function completeInformation(pi: number, ratio: number): number {
  const r = stateProbability(pi, ratio);
  return r / (pi * pi) + (1 - r) / ((1 - pi) * (1 - pi));
}

function countCells({ scores, sampleOf }: MixtureInput, nSamples: number): Uint32Array {
  const counts = new Uint32Array(nSamples);
  sampleOf.forEach((j, c) => {
    if (!Number.isNaN(scores.z[c])) counts[j] = (counts[j] as number) + 1;
  });
  return counts;
}

/** Derivatives of a cell's log likelihood; numerical but for the fraction. Spreads are taken as standard deviations. */
function cellGradient(
  input: MixtureInput,
  cell: number,
  { state, sample, into }: { readonly state: StateMixture; readonly sample: number; readonly into: Float64Array },
): void {
  const { untreated, persister } = statesOf(state, sample);
  const pi = state.fraction[sample] as number;
  const value = (u: CellComponent, p: CellComponent): number =>
    cellLogLikelihood(input, cell, { untreated: u, persister: p, pi });
  const base = value(untreated, persister);
  const step = logLikelihoodStep;
  const wider = (component: CellComponent): CellComponent => {
    const sd = Math.sqrt(component.spread) + step;
    return { ...component, spread: sd * sd };
  };
  into[0] = (value(untreated, { ...persister, mean: persister.mean + step }) - base) / step;
  into[1] = (value(untreated, wider(persister)) - base) / step;
  into[2] = (value(wider(untreated), persister) - base) / step;
  into[nShared + 2 * sample] = (value({ ...untreated, mean: untreated.mean + step }, persister) - base) / step;
  const r = stateProbability(pi, logRatio(input.scores, cell, { untreated, persister }));
  into[nShared + 2 * sample + 1] = r / pi - (1 - r) / (1 - pi);
}

function cellLogLikelihood(
  { scores }: MixtureInput,
  cell: number,
  { pi, ...states }: TwoStates & { readonly pi: number },
): number {
  const base = logDensity(scores, cell, scores.z[cell] as number, states.untreated);
  return base + logMixture(pi, logRatio(scores, cell, states));
}

function addOuterProduct(
  information: Float64Array,
  gradient: Float64Array,
  places: readonly number[],
  n: number,
): void {
  for (const a of places) {
    for (const b of places) {
      information[a * n + b] = (information[a * n + b] as number) + (gradient[a] as number) * (gradient[b] as number);
    }
  }
}

/** Precision of a spread as standard deviation of activity: enough to keep an unused one from being free. */
const spreadPrecision = 1 / (0.2 * 0.2);

function addPriors(information: Float64Array, state: StateMixture, nSamples: number): void {
  const n = nShared + 2 * nSamples;
  const add = (i: number, precision: number): void => {
    information[i * n + i] = (information[i * n + i] as number) + precision;
  };
  add(0, 1 / strengthPrior.variance);
  add(1, spreadPrecision);
  add(2, spreadPrecision);
  for (let j = 0; j < nSamples; j++) add(nShared + 2 * j, shiftPrecision(state.strength));
}
