import type { BlockTask } from '../../core/executor.js';
import { median, quantile } from '../../stats/quantile.js';
import { compareShapes, type ShapeComparison } from './compare-shapes.js';
import { type DipTest, dipTest } from './dip-test.js';
import type { CellPositions } from './latent-likelihood.js';

/** The variants of one sample that are compared: as it is, and under each control. */
export type ShapeVariant = 'all' | 'half-depth' | 'deep-cells' | 'shallow-cells' | 'without-doublets';

/** The cells of one sample. */
export interface ShapePayload {
  readonly positions: CellPositions;
  /** The same cells with about half of their counts; null when the counts were not at hand. */
  readonly halved: Pick<CellPositions, 'activity' | 'standardError'> | null;
  /** One per cell; NaN where unknown, null when not computed. */
  readonly doubletScore: Float64Array | null;
  /** Fewest cells to compare shapes on. */
  readonly minimumCells: number;
}

/** What one sample shows. */
export interface SampleComparison {
  readonly comparisons: Readonly<Partial<Record<ShapeVariant, ShapeComparison>>>;
  readonly dip: DipTest;
  /** Ashman's D of the two-state fit, with counting noise: 2 and above is a clean separation. */
  readonly separation: number;
  readonly meanActivity: number;
  readonly medianStandardError: number;
}

/** Share of the cells with the highest doublet scores that the doublet control leaves out. */
const suspectedDoublets = 0.1;

/** Name of the block task. */
export const sampleShapeTaskName = 'switch/sample-shape';

/** Compares the shapes on one sample and, with them, what the controls leave of it. */
export function sampleShape(payload: ShapePayload): SampleComparison {
  const { positions, minimumCells } = payload;
  const all = compareShapes(positions);
  const comparisons: Partial<Record<ShapeVariant, ShapeComparison>> = { all };
  for (const [variant, cells] of controlsOf(payload)) {
    if (cells.activity.length >= minimumCells) comparisons[variant] = compareShapes(cells);
  }
  return {
    comparisons,
    dip: dipTest(positions.activity),
    separation: ashmanD(all, positions),
    meanActivity: positions.activity.reduce((a, b) => a + b, 0) / positions.activity.length,
    medianStandardError: median(positions.standardError),
  };
}

/** {@link sampleShape} for the registry. */
export const sampleShapeTask: BlockTask = sampleShape;

function controlsOf({
  positions,
  halved,
  doubletScore,
}: ShapePayload): readonly (readonly [ShapeVariant, CellPositions])[] {
  const { standardError } = positions;
  const middle = median(standardError);
  const deep = chosen(positions, (c) => (standardError[c] as number) <= middle);
  const shallow = chosen(positions, (c) => (standardError[c] as number) > middle);
  return [
    ...(halved === null ? [] : [['half-depth', { ...positions, ...halved }] as const]),
    ['deep-cells', deep],
    ['shallow-cells', shallow],
    ...(doubletScore === null ? [] : [['without-doublets', withoutDoublets(positions, doubletScore)] as const]),
  ];
}

function withoutDoublets(positions: CellPositions, score: Float64Array): CellPositions {
  const known = score.filter((value) => !Number.isNaN(value));
  const limit = known.length === 0 ? Infinity : quantile(known, 1 - suspectedDoublets);
  return chosen(positions, (c) => !((score[c] as number) > limit));
}

function chosen(positions: CellPositions, keep: (cell: number) => boolean): CellPositions {
  return {
    activity: positions.activity.filter((_, c) => keep(c)),
    standardError: positions.standardError.filter((_, c) => keep(c)),
    varianceGrowth: positions.varianceGrowth,
  };
}

/** `√2 |μ₁ − μ₀| / √(σ₀² + σ₁²)`, σ² the spread of a state plus the counting variance of a typical cell in it. */
function ashmanD({ fits }: ShapeComparison, { standardError, varianceGrowth }: CellPositions): number {
  const [off, on] = fits['two-state'].states;
  if (off === undefined || on === undefined) return NaN;
  const noise = median(standardError) ** 2;
  const variance = ({ mean, spread }: typeof off): number =>
    spread * spread + noise * Math.max(0.25, 1 + varianceGrowth * mean);
  return (Math.SQRT2 * (on.mean - off.mean)) / Math.sqrt(variance(off) + variance(on));
}
