import { AbortedError } from '../../core/errors.js';
import type { TaskRegistry, TaskSignal } from '../../core/executor.js';
import { createRng, type Rng } from '../../core/rng.js';
import { mean } from '../../core/sum.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { median, quantile } from '../../stats/quantile.js';
import { type CellFeatures, cellFeatures } from './cell-features.js';
import { differingGenes, variableCellGenes } from './choose-genes.js';
import { componentPoints } from './component-points.js';
import { crossFittedPositions } from './cross-fitted-axis.js';
import { type CellFolds, contrastParts, dealUnits, foldsOf, type StageUnits } from './deal-units.js';
import { matchAcrossGroups } from './match-depth.js';
import type { ResolvedCellReversalOptions } from './options.js';
import { stageDistances } from './stage-distances.js';
import { someOfUnits } from './some-of-units.js';
import type { ArmMeasure, ContrastPart, DistanceSpace, PositionSummary, StageDistances } from './types.js';
import { type UnitMeans, unitIndex } from './unit-index.js';

/** The cells of one arm: plain data, for a worker. One entry per cell, in an order that does not depend on that of the study. */
export interface ArmPayload {
  /** Names the random streams. */
  readonly label: string;
  readonly seed: number;
  readonly counts: CsrMatrix;
  /** 0 untreated, 1 residual, 2 relapse. */
  readonly groupOf: Uint8Array;
  readonly sampleOf: Uint32Array;
  /** 1 for genes that take no part. */
  readonly excluded: Uint8Array;
  /** Activity of the shared programme and its standard error; null where the patient has none. */
  readonly activity: ActivityOfCells | null;
  /** Probability to be in the persister state; null where not called. */
  readonly probability: Float64Array | null;
  readonly options: Pick<ResolvedCellReversalOptions, 'margin' | 'genes' | 'bootstraps' | 'draws'>;
}

/** Programme activity of cells. */
export interface ActivityOfCells {
  readonly value: Float64Array;
  readonly standardError: Float64Array;
}

/** Name of the block task of one arm. */
export const measureArmTaskName = 'origin/cell-reversal/measure-arm';

/** The block tasks of reversal at cell level, for the registry of the pipeline. */
export const cellReversalTasks: TaskRegistry = { [measureArmTaskName]: measureArm };

/** Most cells of a stage that components are taken of. */
const componentCells = 500;

type Units = Readonly<Record<ContrastPart, StageUnits>>;

/** Positions, indices and distances of one arm. A block task. */
export function measureArm(payload: ArmPayload, signal: TaskSignal): ArmMeasure {
  const { options, groupOf } = payload;
  const rng = createRng(payload.seed, `origin/cell-reversal/${payload.label}`);
  const units = unitsOf(payload, rng);
  const folds = foldsOf(units, groupOf.length);
  const { features, columns, totals } = featuresOf(payload, folds, rng.split('thinning'));
  stopIfAsked(signal);
  const raw = crossFittedPositions({
    features,
    folds,
    groupOf,
    columns: columns.axes,
  });
  const index = unitIndex(unitMeans(units, raw, null), options, rng.split('index'));
  const others =
    payload.probability === null
      ? null
      : unitIndex(unitMeans(units, raw, payload.probability), options, rng.split('others'));
  const axis = rescaled(units, raw);
  stopIfAsked(signal);
  const programme = programmeAxis(payload, units, rng.split('programme'));
  const spaces = [
    distancesOnAxis('transcriptome axis', axis, { units, options, rng }),
    programme === null ? null : distancesOnAxis('programme axis', programme.matched, { units, options, rng }),
    distancesInComponents({ features, columns: columns.components, units }, options, rng),
  ];
  return {
    index,
    programmeIndex: programme?.index ?? null,
    othersIndex: others,
    basis: contrastParts.every((part) => units[part].unit === 'samples') ? 'replicates' : 'technical only',
    units: byPart((part) => ({ unit: units[part].unit, n: units[part].cells.length })),
    distances: spaces.filter((found) => found !== null),
    positions: [
      ...positionSummaries('transcriptome axis', axis, units),
      ...(programme === null ? [] : positionSummaries('programme axis', programme.plain, units)),
    ],
    depth: {
      before: byPart((part) => medianOf(totals, units[part])),
      after: byPart((part) => medianOf(features.depth, units[part])),
      method: features.method,
    },
    nGenes: { axis: new Set(columns.axes.flatMap((own) => [...own])).size, components: columns.components.length },
  };
}

function unitsOf({ groupOf, sampleOf }: ArmPayload, rng: Rng): Units {
  const cells = Uint32Array.from(groupOf.keys());
  return byPart((part) =>
    dealUnits(
      cells.filter((c) => groupOf[c] === contrastParts.indexOf(part)),
      sampleOf,
      rng.split('units', contrastParts.indexOf(part)),
    ),
  );
}

/** Features of all genes that any axis uses, and which of their columns each one may use. */
function featuresOf(
  { counts, groupOf, excluded, options }: ArmPayload,
  folds: CellFolds,
  rng: Rng,
): {
  readonly features: CellFeatures;
  readonly columns: { readonly axes: readonly Uint32Array[]; readonly components: Uint32Array };
  readonly totals: Float64Array;
} {
  const totals = rowTotals(counts);
  const typical = median(totals);
  const choice = { counts, sizeFactors: totals.map((total) => total / typical), excluded, most: options.genes };
  const axes = differingGenes(choice, groupOf, folds);
  const sizes = contrastParts.map((_, group) => groupOf.filter((g) => g === group).length);
  const weights = Float64Array.from(groupOf, (group) => 1 / (contrastParts.length * (sizes[group] as number)));
  const components = variableCellGenes(choice, weights);
  const genes = Uint32Array.from(new Set([...axes, components].flatMap((own) => [...own]))).sort();
  const place = new Map(Array.from(genes, (gene, column) => [gene, column]));
  const columnsOf = (own: Uint32Array): Uint32Array => own.map((gene) => place.get(gene) as number);
  return {
    features: cellFeatures(counts, { totals, groupOf, genes }, rng),
    columns: { axes: axes.map(columnsOf), components: columnsOf(components) },
    totals,
  };
}

/** Mean position of each unit; relapse cells weighted by the probability not to be in the state where it is given. */
function unitMeans(units: Units, positions: Float64Array, probability: Float64Array | null): UnitMeans {
  const plain = (cells: Uint32Array): number => mean(Float64Array.from(cells, (c) => positions[c] as number));
  const weighted = (cells: Uint32Array): number => {
    let sum = 0;
    let total = 0;
    for (const c of cells) {
      const w = 1 - (probability?.[c] ?? 0);
      sum += w * (positions[c] as number);
      total += w;
    }
    return total > 0 ? sum / total : NaN;
  };
  return { from: units.from.cells.map(plain), to: units.to.cells.map(plain), back: units.back.cells.map(weighted) };
}

/** Positions with mean untreated at 0 and mean residual at 1, where residual lies above untreated. */
function rescaled(units: Units, positions: Float64Array): Float64Array {
  const means = unitMeans(units, positions, null);
  const origin = mean(means.from);
  const shift = mean(means.to) - origin;
  return shift > 0 ? positions.map((t) => (t - origin) / shift) : positions;
}

/** The programme axis: its index, its positions, and positions that carry the same counting noise in every stage. */
function programmeAxis(
  { activity, groupOf, options }: ArmPayload,
  units: Units,
  rng: Rng,
): { readonly index: ArmMeasure['index']; readonly plain: Float64Array; readonly matched: Float64Array } | null {
  if (activity === null) return null;
  const noise = rng.split('noise');
  const targets = matchAcrossGroups(activity.standardError, groupOf, 'largest');
  const matched = activity.value.map((value, c) => {
    const own = activity.standardError[c] as number;
    const target = targets[c] as number;
    return value + noise.normal() * Math.sqrt(Math.max(0, target * target - own * own));
  });
  return {
    index: unitIndex(unitMeans(units, activity.value, null), options, rng.split('index')),
    plain: rescaled(units, activity.value),
    matched,
  };
}

interface DistanceContext {
  readonly units: Units;
  readonly options: ArmPayload['options'];
  readonly rng: Rng;
}

function distancesOnAxis(
  space: Exclude<DistanceSpace, 'components'>,
  positions: Float64Array,
  { units, options, rng }: DistanceContext,
): StageDistances | null {
  const points = { nDimensions: 1, values: positions };
  return stageDistances({ space, points, units }, options, rng.split(`distances/${space}`));
}

function distancesInComponents(
  {
    features,
    columns,
    units,
  }: { readonly features: CellFeatures; readonly columns: Uint32Array; readonly units: Units },
  options: ArmPayload['options'],
  rng: Rng,
): StageDistances | null {
  const { cells, units: within } = someOfUnits(units, componentCells, rng.split('component cells'));
  const points = componentPoints(features, cells, columns);
  if (points === null) return null;
  return stageDistances({ space: 'components', points, units: within }, options, rng.split('distances/components'));
}

function positionSummaries(
  space: PositionSummary['space'],
  positions: Float64Array,
  units: Units,
): readonly PositionSummary[] {
  return contrastParts.map((part) => {
    const own = Float64Array.from(
      units[part].cells.flatMap((cells) => [...cells]),
      (c) => positions[c] as number,
    );
    const at = (p: number): number => quantile(own, p);
    const quantiles = { q05: at(0.05), q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95) };
    return { space, part, nCells: own.length, mean: mean(own), quantiles };
  });
}

function medianOf(values: Float64Array, { cells }: StageUnits): number {
  return median(cells.flatMap((own) => Array.from(own, (c) => values[c] as number)));
}

function rowTotals({ shape, indptr, data }: CsrMatrix): Float64Array {
  return Float64Array.from({ length: shape[0] }, (_, cell) => {
    let total = 0;
    const end = indptr[cell + 1] as number;
    for (let k = indptr[cell] as number; k < end; k++) total += data[k] as number;
    return total;
  });
}

function byPart<T>(of: (part: ContrastPart) => T): Readonly<Record<ContrastPart, T>> {
  return { from: of('from'), to: of('to'), back: of('back') };
}

function stopIfAsked(signal: TaskSignal): void {
  if (signal.aborted) throw new AbortedError();
}
