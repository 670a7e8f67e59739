import type { Estimate } from '../../core/method.js';
import { mean } from '../../core/sum.js';
import { type Rng, shuffleInPlace } from '../../core/rng.js';
import { quantile } from '../../stats/quantile.js';
import { contrastParts, type StageUnits } from './deal-units.js';
import type { ContrastPart, DistanceSpace, DrawnDistance, StageDistances, WithinStageNull } from './types.js';
import { type Points, slicedWasserstein, sortedProjections } from './wasserstein.js';

/** Cells of an arm in one space. */
export interface DistanceInput {
  readonly space: DistanceSpace;
  readonly points: Points;
  /** Units of each stage; cells are rows of the points. */
  readonly units: Readonly<Record<ContrastPart, StageUnits>>;
}

/** What draws need besides the cells. */
export interface DistanceOptions {
  readonly draws: number;
  /** Ratio up to which the relapse counts as back. */
  readonly margin: number;
}

/** Most cells of one half. */
const mostCells = 250;
/** Directions of a sliced distance. */
const nDirections = 30;
const level = 0.9;

/** The six distances of one draw. */
interface DrawnSix {
  readonly relapseUntreated: number;
  readonly relapseResidual: number;
  readonly residualUntreated: number;
  readonly null: Readonly<Record<ContrastPart, number>>;
}

/**
 * Wasserstein distances between the three stages of an arm beside what two halves of one stage show. In every draw each stage is cut in
 * two by its units (replicate samples, or blocks of cells) and equally many cells are taken from all halves, so that distances
 * between stages and within them carry the same noise of sampling. Within-stage distance is taken out in quadrature,
 * `√(d² − d₀²)₊` with d₀² the mean of both stages' nulls squared: noise adds to a zero distance and hardly to a large one.
 *
 * @returns null when a half would have no cell
 */
export function stageDistances(input: DistanceInput, options: DistanceOptions, rng: Rng): StageDistances | null {
  const nCells = Math.min(mostCells, ...contrastParts.map((part) => smallestHalf(input.units[part])));
  if (nCells < 1) return null;
  const directions = unitDirections(input.points.nDimensions, rng.split('directions'));
  const order = rng.split('halves');
  const draws = Array.from({ length: options.draws }, () => drawSix(input, { nCells, directions }, order));
  const nulls = contrastParts.map(
    (part): WithinStageNull => ({
      part,
      unit: input.units[part].unit,
      ...summary(draws.map((draw) => draw.null[part])),
    }),
  );
  const distances = {
    relapseUntreated: summary(draws.map((draw) => draw.relapseUntreated)),
    relapseResidual: summary(draws.map((draw) => draw.relapseResidual)),
    residualUntreated: summary(draws.map((draw) => draw.residualUntreated)),
  };
  const reach = (a: ContrastPart, b: ContrastPart): number =>
    Math.max(...nulls.filter(({ part }) => part === a || part === b).map(({ high }) => high));
  const separable = distances.residualUntreated.mean > reach('from', 'to');
  const ratio = ratioOf(draws, nulls, separable);
  const within = distances.relapseUntreated.mean <= reach('from', 'back');
  const back = separable && (within || (ratio.value ?? Infinity) <= options.margin);
  return { space: input.space, nCells, ...distances, nulls, ratio, separable, back };
}

/** Cells of the smaller half in the worst case: the smallest units that make up half of them. */
function smallestHalf({ cells }: StageUnits): number {
  const sizes = cells.map((own) => own.length).sort((a, b) => a - b);
  return sizes.slice(0, Math.floor(sizes.length / 2)).reduce((sum, n) => sum + n, 0);
}

function drawSix(
  { points, units }: DistanceInput,
  { nCells, directions }: { readonly nCells: number; readonly directions: Float64Array },
  rng: Rng,
): DrawnSix {
  const project = (cells: Uint32Array): readonly Float64Array[] => sortedProjections(points, cells, directions);
  const cut = (part: ContrastPart): readonly [readonly Float64Array[], readonly Float64Array[]] => {
    const [one, other] = twoHalves(units[part], nCells, rng);
    return [project(one), project(other)];
  };
  const halves = { from: cut('from'), to: cut('to'), back: cut('back') };
  return {
    relapseUntreated: slicedWasserstein(halves.back[0], halves.from[0]),
    relapseResidual: slicedWasserstein(halves.back[0], halves.to[0]),
    residualUntreated: slicedWasserstein(halves.to[0], halves.from[0]),
    null: {
      from: slicedWasserstein(...halves.from),
      to: slicedWasserstein(...halves.to),
      back: slicedWasserstein(...halves.back),
    },
  };
}

/** Units dealt to two halves at random, and as many cells as wanted from each. */
function twoHalves({ cells }: StageUnits, nCells: number, rng: Rng): readonly [Uint32Array, Uint32Array] {
  const order = Uint32Array.from(cells.keys());
  shuffleInPlace(order, rng);
  const half = Math.floor(order.length / 2);
  const some = (units: Uint32Array): Uint32Array => {
    const own = Uint32Array.from([...units].flatMap((u) => [...(cells[u] as Uint32Array)]));
    shuffleInPlace(own, rng);
    return own.subarray(0, nCells);
  };
  return [some(order.subarray(0, half)), some(order.subarray(half))];
}

function unitDirections(nDimensions: number, rng: Rng): Float64Array {
  if (nDimensions === 1) return Float64Array.of(1);
  const directions = new Float64Array(nDirections * nDimensions);
  for (let d = 0; d < nDirections; d++) {
    const row = directions.subarray(d * nDimensions, (d + 1) * nDimensions);
    for (let k = 0; k < nDimensions; k++) row[k] = rng.normal();
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    for (let k = 0; k < nDimensions; k++) row[k] = (row[k] as number) / length;
  }
  return directions;
}

function summary(values: readonly number[]): DrawnDistance {
  return { mean: mean(values), low: quantile(values, 0.05), high: quantile(values, 0.95) };
}

/** Relapse–untreated over residual–untreated, with the spread of the draws: each leaves out half of the units or more. */
function ratioOf(draws: readonly DrawnSix[], nulls: readonly WithinStageNull[], separable: boolean): Estimate {
  const method = 'quantiles of draws that leave out half of the samples or cells or more';
  const noise = Object.fromEntries(nulls.map(({ part, mean: d }) => [part, d * d])) as Record<ContrastPart, number>;
  const beyond = (distance: number, part: ContrastPart): number =>
    Math.sqrt(Math.max(0, distance * distance - (noise.from + noise[part]) / 2));
  const ratio = (draw: Pick<DrawnSix, 'relapseUntreated' | 'residualUntreated'>): number =>
    beyond(draw.relapseUntreated, 'back') / beyond(draw.residualUntreated, 'to');
  const value = ratio({
    relapseUntreated: mean(draws.map((draw) => draw.relapseUntreated)),
    residualUntreated: mean(draws.map((draw) => draw.residualUntreated)),
  });
  if (!separable || !Number.isFinite(value)) {
    const reasons = ['residual and untreated cells lie no further apart than two halves of one stage'];
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons };
  }
  const each = draws.map(ratio).map((r) => (Number.isFinite(r) ? r : NaN));
  return {
    value,
    low: quantile(each, 0.05),
    high: quantile(each, 0.95),
    level,
    method,
    status: 'ok',
    reasons: [],
  };
}
