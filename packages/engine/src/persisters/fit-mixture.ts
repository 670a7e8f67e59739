import { exp } from '../core/pinned-math.js';
import { median } from '../stats/quantile.js';
import { type CellComponent, logRatio, monotoneLogRatio, type TwoStates } from './component-density.js';
import type { CellScores } from './score-cells.js';

/** The mixture of one patient: what its untreated and its persister cells look like, and how many of each a sample holds. */
export interface StateMixture {
  /** Mean activity of untreated-like cells in every sample; their spread is that of the untreated samples. */
  readonly untreatedMean: Float64Array;
  readonly untreatedSpread: number;
  /** Strength of the state in this patient: mean activity of its persister cells, one being the mean of the other patients. */
  readonly strength: number;
  readonly persisterSpread: number;
  /** True where no state of at least a third of the others' strength was found: fractions are then those of a state of strength one. */
  readonly strengthAssumed: boolean;
  /** Persister fraction of every sample. */
  readonly fraction: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** What the mixture is fitted to. */
export interface MixtureInput {
  readonly scores: CellScores;
  /** Sample of each cell, from 0. */
  readonly sampleOf: Uint32Array;
  /** Whether a sample anchors the null. */
  readonly untreated: readonly boolean[];
}

/** A strength under a third of the others' is no presence of their programme, as in leave-one-patient-out. */
const leastStrength = 1 / 3;
/** Prior of the strength of a patient. */
export const strengthPrior: { readonly mean: number; readonly variance: number } = { mean: 1, variance: 0.35 * 0.35 };
/** Prior spread of persister cells and the number of cells it counts as. */
const spreadPrior = { variance: 0.2 * 0.2, cells: 10 };
/** Standard deviation of the null mean between samples of one patient, as a share of the strength. */
const sampleShift = 0.1;
/** Largest change of a fraction at which the fit has converged. */
const tolerance = 1e-6;

/**
 * Fits the two states of one patient by expectation–maximisation. The null is anchored in the untreated samples: its spread comes
 * from their cells alone, its mean in another sample may differ from theirs by a tenth of the strength (ambient RNA, batches). The persister state is common to
 * the patient's samples; its strength has the prior N(1, 0.35²) and is at least a third. Fractions are free in every sample,
 * untreated ones included. A patient without a state of that strength gets the fractions of a state of strength one, near zero,
 * so that its interval says how much of it could have been missed. Of a sample with more than 2,000 cells every so many take part
 * in the fit; its fraction is then taken over all of them. Means and spreads are weighted moments with weights r / (ω² + counting variance).
 */
export function fitMixture(input: MixtureInput, options: FitMixtureOptions = {}): StateMixture {
  const { from = null, mostIterations = 500 } = options;
  const thinned = thinCells(input);
  const found = iterate(thinned, from ?? start(thinned), mostIterations);
  const state =
    found.strength > leastStrength
      ? found
      : iterate(thinned, { ...start(thinned), strengthAssumed: true }, mostIterations);
  return thinned === input ? state : { ...state, fraction: fractionsOver(input, state) };
}

/** Options of {@link fitMixture}. */
export interface FitMixtureOptions {
  /** Where to start; null or missing: from prior values. */
  readonly from?: StateMixture | null;
  /** Default 500. */
  readonly mostIterations?: number;
}

/** Most cells of a sample that the means and spreads are fitted to. */
const mostCells = 2000;

/** Evenly spaced cells of the large samples, all of the others. */
function thinCells(input: MixtureInput): MixtureInput {
  const { scores, sampleOf, untreated } = input;
  const sizes = new Uint32Array(untreated.length);
  for (const j of sampleOf) sizes[j] = (sizes[j] as number) + 1;
  if (sizes.every((size) => size <= mostCells)) return input;
  const seen = new Uint32Array(untreated.length);
  const kept = Uint32Array.from(sampleOf.keys()).filter((c) => {
    const j = sampleOf[c] as number;
    const share = Math.min(1, mostCells / (sizes[j] as number));
    const place = seen[j] as number;
    seen[j] = place + 1;
    return Math.floor((place + 1) * share) > Math.floor(place * share);
  });
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (c) => values[c] as number);
  return {
    untreated,
    sampleOf: Uint32Array.from(kept, (c) => sampleOf[c] as number),
    scores: {
      z: pick(scores.z),
      shift: pick(scores.shift),
      skew: pick(scores.skew),
      skewShifted: pick(scores.skewShifted),
      varianceShifted: pick(scores.varianceShifted),
      weights: scores.weights,
    },
  };
}

/** The fraction of every sample over all its cells, means and spreads as fitted. */
function fractionsOver({ scores, sampleOf }: MixtureInput, state: StateMixture): Float64Array {
  const ratio = Float64Array.from(sampleOf, (j, c) => exp(logRatio(scores, c, statesOf(state, j))));
  let fraction = state.fraction;
  for (let iteration = 0; iteration < 1000; iteration++) {
    const sums = new Float64Array(fraction.length);
    const cells = new Float64Array(fraction.length);
    for (let c = 0; c < sampleOf.length; c++) {
      const j = sampleOf[c] as number;
      const pi = fraction[j] as number;
      if (Number.isNaN(ratio[c])) continue;
      const odds = pi * (ratio[c] as number);
      cells[j] = (cells[j] as number) + 1;
      sums[j] = (sums[j] as number) + (odds === Infinity ? 1 : odds / (1 - pi + odds));
    }
    const next = sums.map((sum, j) => (cells[j] === 0 ? 0 : sum / (cells[j] as number)));
    const change = next.reduce((most, pi, j) => Math.max(most, Math.abs(pi - (fraction[j] as number))), 0);
    fraction = next;
    if (change < tolerance) break;
  }
  return fraction;
}

function iterate(input: MixtureInput, from: StateMixture, mostIterations: number): StateMixture {
  const r = new Float64Array(input.sampleOf.length);
  let state = from;
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    posteriors(input, state, { ratioOf: logRatio, into: r });
    const next = maximise(input, state, r);
    const change = next.fraction.reduce(
      (most, pi, j) => Math.max(most, Math.abs(pi - (state.fraction[j] as number))),
      Math.abs(next.strength - state.strength),
    );
    state = { ...next, iterations: iteration, converged: change < tolerance };
    if (state.converged) break;
  }
  return state;
}

/** Posterior probability of the persister state in every cell, never lower at a higher score; NaN for cells without a score. */
export function callProbabilities(input: MixtureInput, state: StateMixture): Float64Array {
  const into = new Float64Array(input.sampleOf.length);
  return posteriors(input, state, { ratioOf: monotoneLogRatio, into });
}

function posteriors(
  input: MixtureInput,
  state: StateMixture,
  { ratioOf, into }: { readonly ratioOf: typeof logRatio; readonly into: Float64Array },
): Float64Array {
  const { scores, sampleOf } = input;
  for (let c = 0; c < sampleOf.length; c++) {
    const j = sampleOf[c] as number;
    if (Number.isNaN(scores.z[c])) {
      into[c] = NaN;
      continue;
    }
    const pi = state.fraction[j] as number;
    const ratio = ratioOf(scores, c, statesOf(state, j));
    into[c] = pi === 0 ? 0 : 1 / (1 + ((1 - pi) / pi) * exp(-ratio));
  }
  return into;
}

/** The two components as they are in one sample. */
export function statesOf(state: StateMixture, sample: number): TwoStates {
  return {
    untreated: { mean: state.untreatedMean[sample] as number, spread: state.untreatedSpread },
    persister: { mean: state.strength, spread: state.persisterSpread },
  };
}

function start({ scores, sampleOf, untreated }: MixtureInput): StateMixture {
  const anchors = scores.z.filter((_, c) => untreated[sampleOf[c] as number] === true);
  const shift = median(scores.shift);
  const centre = median(anchors) / shift;
  return {
    untreatedMean: new Float64Array(untreated.length).fill(centre),
    untreatedSpread: 0.01,
    strength: strengthPrior.mean,
    persisterSpread: spreadPrior.variance,
    strengthAssumed: false,
    fraction: Float64Array.from(untreated, (anchor) => (anchor ? 0.02 : 0.5)),
    iterations: 0,
    converged: false,
  };
}

/** Precision with which the null mean of a sample is tied to that of the untreated samples. */
export function shiftPrecision(strength: number): number {
  return 1 / (sampleShift * sampleShift * strength * strength);
}

/** Sums of a weighted mean and of a weighted spread. */
interface Sums {
  weight: number;
  weighted: number;
  spreadWeight: number;
  spread: number;
}

const emptySums = (): Sums => ({ weight: 0, weighted: 0, spreadWeight: 0, spread: 0 });

function maximise(input: MixtureInput, state: StateMixture, r: Float64Array): StateMixture {
  const { scores, sampleOf, untreated } = input;
  const nulls = untreated.map(emptySums);
  const persisters = emptySums();
  const share = untreated.map(() => ({ cells: 0, sum: 0 }));
  for (let c = 0; c < sampleOf.length; c++) {
    const p = r[c] as number;
    if (Number.isNaN(p)) continue;
    const j = sampleOf[c] as number;
    const own = share[j] as { cells: number; sum: number };
    own.cells += 1;
    own.sum += p;
    const { untreated: u, persister } = statesOf(state, j);
    addCell(nulls[j] as Sums, scores, c, { responsibility: 1 - p, component: u });
    addCell(persisters, scores, c, { responsibility: p, component: persister });
  }
  const anchors = nulls.filter((_, j) => untreated[j] === true);
  const centre = total(anchors, 'weighted') / total(anchors, 'weight');
  const tie = shiftPrecision(state.strength);
  const priorWeight = 1 / strengthPrior.variance;
  const strength = (persisters.weighted + strengthPrior.mean * priorWeight) / (persisters.weight + priorWeight);
  const meanSpreadWeight =
    persisters.spreadWeight /
    Math.max(
      1e-12,
      share.reduce((sum, s) => sum + s.sum, 0),
    );
  const priorCells = spreadPrior.cells * (meanSpreadWeight || 1);
  return {
    ...state,
    untreatedMean: Float64Array.from(nulls, (s) => (s.weighted + tie * centre) / (s.weight + tie)),
    untreatedSpread: Math.max(0, total(anchors, 'spread') / total(anchors, 'spreadWeight')),
    strength: state.strengthAssumed ? state.strength : Math.max(leastStrength, strength),
    persisterSpread: state.strengthAssumed
      ? state.persisterSpread
      : Math.max(0, (persisters.spread + priorCells * spreadPrior.variance) / (persisters.spreadWeight + priorCells)),
    fraction: Float64Array.from(share, ({ cells, sum }) => (cells === 0 ? 0 : sum / cells)),
  };
}

/** Residuals beyond this many standard deviations count as this many: a few odd cells do not widen a state. */
const widest = 3;

function addCell(
  sums: Sums,
  scores: CellScores,
  c: number,
  { responsibility, component }: { readonly responsibility: number; readonly component: CellComponent },
): void {
  const d = scores.shift[c] as number;
  const noise = (1 + Math.max(0, component.mean) * ((scores.varianceShifted[c] as number) - 1)) / (d * d);
  const precision = 1 / (noise + component.spread);
  const x = (scores.z[c] as number) / d;
  const w = responsibility * precision;
  sums.weight += w;
  sums.weighted += w * x;
  const e2 = Math.min((x - component.mean) * (x - component.mean), (widest * widest) / precision);
  sums.spreadWeight += w * precision;
  sums.spread += w * precision * (e2 - noise);
}

function total(sums: readonly Sums[], key: keyof Sums): number {
  return sums.reduce((sum, s) => sum + s[key], 0);
}
