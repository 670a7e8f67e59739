import { exp, log } from '../../core/pinned-math.js';
import { quantile } from '../../stats/quantile.js';

/** Where cells are along the programme, with what counting adds to each. */
export interface CellPositions {
  /** Activity per cell: 0 as untreated, 1 the full programme. No missing values. */
  readonly activity: Float64Array;
  /** Standard error from counting, at activity 0. Above zero. */
  readonly standardError: Float64Array;
  /** How much larger the counting variance is at activity 1 than at 0, less one; grows in a straight line. */
  readonly varianceGrowth: number;
}

/**
 * The likelihood of a distribution of true activities given cells with counting noise,
 * `p(x) = Σ_j g_j N(x; t_j, s² (1 + κ t_j))`, with cells counted in bins of activity and standard error. Evaluating it costs
 * bins × grid points, whatever the number of cells.
 */
export interface LatentLikelihood {
  /** True activities that a distribution gives masses to, equally spaced. */
  readonly grid: Float64Array;
  readonly step: number;
  readonly nBins: number;
  /** Density of every bin's activity given every grid point, bins × grid. */
  readonly kernel: Float64Array;
  /** First grid point, and the one after the last, that can have put a cell in the bin; two per bin. */
  readonly bands: Uint32Array;
  /** Cells per bin, one array per fold. */
  readonly folds: readonly Float64Array[];
  readonly nCells: number;
}

/** Bins of the standard error, and folds of cells. */
const noiseLevels = 6;
const nFolds = 5;
/** Width of a bin of activity and of a grid step, in standard errors of the deep cells; most of either. */
const binWidth = 0.6;
const mostBins = 120;
/** Grid points further from a bin than this many standard errors add nothing to it. */
const reach = 6;
/** Least counting variance relative to that at activity zero: cells below zero have fewer programme counts, but not none. */
const leastVariance = 0.25;

/** Counts the cells in bins and works out the kernel. Cells are dealt to folds in turn. */
export function latentLikelihood(cells: CellPositions): LatentLikelihood {
  const { activity, standardError, varianceGrowth } = cells;
  const low = activity.reduce((a, b) => Math.min(a, b), Infinity);
  const high = activity.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = Math.max(high - low, 1e-6);
  const nBins = Math.max(8, Math.min(mostBins, Math.ceil(range / (binWidth * quantile(standardError, 0.1)))));
  const cuts = Array.from({ length: noiseLevels - 1 }, (_, i) => quantile(standardError, (i + 1) / noiseLevels));
  const binned = countCells(activity, standardError, { low, width: range / nBins, nBins, cuts });
  const step = range / (nBins - 1);
  const grid = Float64Array.from({ length: nBins }, (_, j) => low + j * step);
  const kernel = noiseKernel(binned, grid, varianceGrowth);
  return { grid, step, nBins: binned.value.length, ...kernel, folds: binned.folds, nCells: activity.length };
}

function noiseKernel(
  { value, noise }: { readonly value: Float64Array; readonly noise: Float64Array },
  grid: Float64Array,
  varianceGrowth: number,
): Pick<LatentLikelihood, 'kernel' | 'bands'> {
  const size = grid.length;
  const kernel = new Float64Array(value.length * size);
  const bands = new Uint32Array(2 * value.length);
  value.forEach((x, b) => {
    let [first, last] = [size, 0];
    for (let j = 0; j < size; j++) {
      const t = grid[j] as number;
      const variance = (noise[b] as number) ** 2 * Math.max(leastVariance, 1 + varianceGrowth * t);
      const squared = ((x - t) * (x - t)) / variance;
      if (squared > reach * reach) continue;
      kernel[b * size + j] = exp(-0.5 * squared) / Math.sqrt(2 * Math.PI * variance);
      first = Math.min(first, j);
      last = j + 1;
    }
    bands[2 * b] = first;
    bands[2 * b + 1] = last;
  });
  return { kernel, bands };
}

/** Log likelihood of a cell in each bin. */
export function binLogLikelihoods(problem: LatentLikelihood, masses: Float64Array): Float64Array {
  const { kernel, bands, nBins } = problem;
  const size = masses.length;
  const out = new Float64Array(nBins);
  for (let b = 0; b < nBins; b++) {
    let p = 0;
    const last = bands[2 * b + 1] as number;
    for (let j = bands[2 * b] as number; j < last; j++) p += (kernel[b * size + j] as number) * (masses[j] as number);
    out[b] = log(p + 1e-12);
  }
  return out;
}

/** Mean log likelihood per cell, of the cells counted. */
export function meanLogLikelihood(problem: LatentLikelihood, masses: Float64Array, counts: Float64Array): number {
  const values = binLogLikelihoods(problem, masses);
  let sum = 0;
  let n = 0;
  for (let b = 0; b < values.length; b++) {
    sum += (counts[b] as number) * (values[b] as number);
    n += counts[b] as number;
  }
  return sum / n;
}

/** All cells, or all but those of one fold. */
export function countsWithout(problem: LatentLikelihood, leftOut: number | null): Float64Array {
  const counts = new Float64Array(problem.nBins);
  problem.folds.forEach((fold, f) => {
    if (f === leftOut) return;
    fold.forEach((n, b) => {
      counts[b] = (counts[b] as number) + n;
    });
  });
  return counts;
}

interface BinPlan {
  readonly low: number;
  readonly width: number;
  readonly nBins: number;
  readonly cuts: readonly number[];
}

/** Cells counted in bins that hold at least one; a bin stands at the means of its cells. */
function countCells(
  activity: Float64Array,
  standardError: Float64Array,
  plan: BinPlan,
): { value: Float64Array; noise: Float64Array; folds: Float64Array[] } {
  const places = new Map<number, number>();
  const placeOf = new Uint32Array(activity.length);
  for (let c = 0; c < activity.length; c++) {
    const level = plan.cuts.filter((cut) => (standardError[c] as number) > cut).length;
    const bin = Math.min(plan.nBins - 1, Math.floor(((activity[c] as number) - plan.low) / plan.width));
    const key = level * plan.nBins + bin;
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    placeOf[c] = place;
  }
  const sums = { n: new Float64Array(places.size), x: new Float64Array(places.size), s: new Float64Array(places.size) };
  const folds = Array.from({ length: nFolds }, () => new Float64Array(places.size));
  placeOf.forEach((place, c) => {
    const fold = folds[c % nFolds] as Float64Array;
    fold[place] = (fold[place] as number) + 1;
    sums.n[place] = (sums.n[place] as number) + 1;
    sums.x[place] = (sums.x[place] as number) + (activity[c] as number);
    sums.s[place] = (sums.s[place] as number) + (standardError[c] as number);
  });
  return {
    value: sums.x.map((x, place) => x / (sums.n[place] as number)),
    noise: sums.s.map((s, place) => s / (sums.n[place] as number)),
    folds,
  };
}
