import { quantile } from '../../stats/quantile.js';
import {
  binLogLikelihoods,
  type CellPositions,
  countsWithout,
  latentLikelihood,
  type LatentLikelihood,
  meanLogLikelihood,
} from './latent-likelihood.js';
import { minimise } from './nelder-mead.js';
import {
  type ProgrammeState,
  type CellSummary,
  gradedBeta,
  gradedNormal,
  mixedStates,
  type StateModel,
  type StateShape,
  twoState,
} from './state-models.js';

/** One way of lying along the programme, fitted. */
export interface FittedShape {
  readonly shape: StateShape;
  readonly states: readonly ProgrammeState[];
  /** Mean log likelihood of cells that took no part in the fit, natural logarithms. */
  readonly heldOut: number;
}

/** How much better one shape predicts held-out cells than another. */
export interface ShapeAdvantage {
  /** Mean difference of the log likelihood per cell. */
  readonly perCell: number;
  readonly standardError: number;
}

/** The three shapes side by side. */
export interface ShapeComparison {
  readonly nCells: number;
  readonly fits: Readonly<Record<StateShape, FittedShape>>;
  /** Held-out advantages, each of the first shape named over the second. */
  readonly twoOverGraded: ShapeAdvantage;
  readonly mixtureOverGraded: ShapeAdvantage;
  readonly mixtureOverTwo: ShapeAdvantage;
}

const families: Readonly<Record<StateShape, readonly StateModel[]>> = {
  'two-state': [twoState],
  graded: [gradedNormal, gradedBeta],
  mixture: [mixedStates],
};

/**
 * Fits the three shapes and compares them on cells that took no part in the fit: five folds, each predicted by the other four.
 * Of the two graded distributions the one that fits the training cells better stands for the shape in each fold.
 */
export function compareShapes(cells: CellPositions): ShapeComparison {
  const problem = latentLikelihood(cells);
  const summary = summaryOf(cells);
  const two = fitShape('two-state', problem, summary);
  const graded = fitShape('graded', problem, summary);
  const mixture = fitShape('mixture', problem, summary);
  return {
    nCells: problem.nCells,
    fits: { 'two-state': two.fit, graded: graded.fit, mixture: mixture.fit },
    twoOverGraded: advantageOf(two, graded, problem),
    mixtureOverGraded: advantageOf(mixture, graded, problem),
    mixtureOverTwo: advantageOf(mixture, two, problem),
  };
}

interface ShapeWithBins {
  readonly fit: FittedShape;
  /** Log likelihood of each bin under the fit to the other folds, one array per fold. */
  readonly heldOutBins: readonly Float64Array[];
}

function fitShape(shape: StateShape, problem: LatentLikelihood, summary: CellSummary): ShapeWithBins {
  const all = countsWithout(problem, null);
  const full = families[shape].map((model) => fitModel(model, problem, all, model.starts(summary)));
  const heldOutBins = problem.folds.map((_, fold) => {
    const counts = countsWithout(problem, fold);
    const refits = full.map(({ model, at }) => fitModel(model, problem, counts, [[...at]]));
    const { model, at } = bestOf(refits);
    return binLogLikelihoods(problem, model.masses(at, problem.grid));
  });
  const best = bestOf(full);
  let sum = 0;
  problem.folds.forEach((counts, fold) => {
    counts.forEach((n, b) => {
      sum += n * ((heldOutBins[fold] as Float64Array)[b] as number);
    });
  });
  return {
    fit: { shape, states: best.model.states(best.at, problem.grid), heldOut: sum / problem.nCells },
    heldOutBins,
  };
}

interface ModelFit {
  readonly model: StateModel;
  readonly at: Float64Array;
  readonly value: number;
}

/** Evaluations every start gets before the best goes on, evaluations it then gets, and those of a fit without one fold. */
const screening = 60;
const polishing = 200;
const refitting = 100;

function fitModel(
  model: StateModel,
  problem: LatentLikelihood,
  counts: Float64Array,
  starts: readonly (readonly number[])[],
): ModelFit {
  const lack = (at: Float64Array): number => -meanLogLikelihood(problem, model.masses(at, problem.grid), counts);
  const search = (start: ArrayLike<number>, step: number, mostEvaluations: number): ReturnType<typeof minimise> =>
    minimise(lack, Array.from(start), { step, mostEvaluations, tolerance: 1e-5 });
  if (starts.length === 1) return { model, ...search(starts[0] as readonly number[], 0.2, refitting) };
  const screened = starts.map((start) => search(start, 0.5, screening));
  const best = screened.reduce((a, b) => (b.value < a.value ? b : a));
  return { model, ...search(best.at, 0.25, polishing) };
}

function bestOf(fits: readonly ModelFit[]): ModelFit {
  return fits.reduce((a, b) => (b.value < a.value ? b : a));
}

function advantageOf(first: ShapeWithBins, second: ShapeWithBins, problem: LatentLikelihood): ShapeAdvantage {
  let sum = 0;
  let squares = 0;
  problem.folds.forEach((counts, fold) => {
    const [a, b] = [first.heldOutBins[fold] as Float64Array, second.heldOutBins[fold] as Float64Array];
    counts.forEach((n, bin) => {
      const difference = (a[bin] as number) - (b[bin] as number);
      sum += n * difference;
      squares += n * difference * difference;
    });
  });
  const n = problem.nCells;
  const perCell = sum / n;
  return { perCell, standardError: Math.sqrt(Math.max(0, squares / n - perCell * perCell) / n) };
}

function summaryOf({ activity, standardError }: CellPositions): CellSummary {
  const n = activity.length;
  const mean = activity.reduce((a, b) => a + b, 0) / n;
  const variance = activity.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / n;
  const noise = standardError.reduce((sum, s) => sum + s * s, 0) / n;
  return {
    least: activity.reduce((a, b) => Math.min(a, b), Infinity),
    low: quantile(activity, 0.1),
    quarter: quantile(activity, 0.25),
    middle: quantile(activity, 0.5),
    threeQuarters: quantile(activity, 0.75),
    high: quantile(activity, 0.9),
    most: activity.reduce((a, b) => Math.max(a, b), -Infinity),
    spread: Math.sqrt(Math.max(0.0004, variance - noise)),
  };
}
