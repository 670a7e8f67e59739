import { median } from '../stats/quantile.js';
import type { CellComponent } from './component-density.js';
import type { CellScores } from './score-cells.js';
import { type MixtureInput, shiftPrecision, type StateMixture, statesOf, strengthPrior } from './state-mixture.js';
import { fitProbabilities, penalisedLogLikelihood, refitFractions } from './state-posteriors.js';
import { thinCells } from './thin-cells.js';

/** A strength under a third of the others' is no presence of their programme, as in leave-one-patient-out. */
const leastStrength = 1 / 3;
/** Prior spread of persister cells and the number of cells it counts as. */
const spreadPrior = { variance: 0.2 * 0.2, cells: 10 };
/** Standard deviations of its prior that a sample's null mean may be away: more would take a state for a shift. */
const largestShift = 2;
/** Largest change of a fraction at which the fit has converged. */
const tolerance = 1e-6;
/** Most cells of a sample that the means and spreads are fitted to. */
const mostCells = 2000;

/**
 * Fits the two states of one patient by expectation–maximisation. The null is anchored in the untreated samples: its spread comes
 * from their cells alone, its mean in another sample may differ from theirs by N(0, a tenth of the strength), at most two
 * standard deviations (ambient RNA, batches). The persister state is common to
 * the patient's samples; its strength has the prior N(1, 0.35²) and is at least a third. Fractions are free in every sample,
 * untreated ones included. A patient without a state of that strength gets the fractions of a state of strength one, near zero,
 * so that its interval says how much of it could have been missed. Of a sample with more than 2,000 cells every so many take part
 * in the fit; its fraction is then taken over all of them. Means and spreads are weighted moments with weights r / (ω² + counting variance).
 */
export function fitMixture(input: MixtureInput, options: FitMixtureOptions = {}): StateMixture {
  const { from = null, mostIterations = 500 } = options;
  const thinned = thinCells(input, mostCells);
  const found = iterate(thinned, from ?? bestStart(thinned), mostIterations);
  const state =
    found.strength > leastStrength
      ? found
      : iterate(thinned, { ...start(thinned, strengthPrior.mean), strengthAssumed: true }, mostIterations);
  return thinned === input ? state : { ...state, fraction: refitFractions(input, state, tolerance) };
}

/** Strengths the fit is started from, and iterations after which the most likely start is kept. */
const startStrengths: readonly number[] = [0.4, 0.8, 1.5, 3];
const screeningIterations = 15;

/** A weak state in nearly all cells of a sample can be taken for a shift of its null; other starts find it as a state. */
function bestStart(input: MixtureInput): StateMixture {
  const tried = startStrengths.map((strength) => {
    const state = iterate(input, start(input, strength), screeningIterations);
    return { state, value: penalisedLogLikelihood(input, state) };
  });
  return tried.reduce((best, next) => (next.value > best.value ? next : best)).state;
}

/** Options of {@link fitMixture}. */
export interface FitMixtureOptions {
  /** Where to start; null or missing: from prior values. */
  readonly from?: StateMixture | null;
  /** Default 500. */
  readonly mostIterations?: number;
}

function iterate(input: MixtureInput, from: StateMixture, mostIterations: number): StateMixture {
  const r = new Float64Array(input.sampleOf.length);
  let state = from;
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    fitProbabilities(input, state, r);
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

function start({ scores, sampleOf, untreated }: MixtureInput, strength: number): StateMixture {
  const anchors = scores.z.filter((_, c) => untreated[sampleOf[c] as number] === true);
  const shift = median(scores.shift);
  const centre = median(anchors) / shift;
  return {
    untreatedMean: new Float64Array(untreated.length).fill(centre),
    untreatedSpread: 0.01,
    strength,
    persisterSpread: spreadPrior.variance,
    strengthAssumed: false,
    fraction: Float64Array.from(untreated, (anchor) => (anchor ? 0.02 : 0.5)),
    iterations: 0,
    converged: false,
  };
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
  const farthest = largestShift / Math.sqrt(tie);
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
    untreatedMean: Float64Array.from(nulls, (s) => {
      const mean = (s.weighted + tie * centre) / (s.weight + tie);
      return Math.min(centre + farthest, Math.max(centre - farthest, mean));
    }),
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
