import { OptionError } from '../../core/errors.js';
import type { Warning } from '../../core/method.js';
import type { CellMetrics } from './cell-metrics.js';
import { describeLimits } from './describe-limits.js';
import { deviationLimits } from './deviation-limits.js';
import { judgeLimits } from './judge-limits.js';
import type { LimitedMetric, LimitEnds, MetricLimits, QualityLimit } from './metric-limits.js';

/** Named sets of limits: `mad` by the spread of the sample, `pdx` and `cell-line` those of the reference study. */
export type QualityPreset = 'mad' | 'pdx' | 'cell-line' | 'none';

/** Options of {@link qualityLimits}. */
export interface QualityLimitsOptions {
  readonly preset?: QualityPreset;
  /** Fixed limits that replace those of the preset. A cell on the limit is kept. Null leaves the preset's. */
  readonly minimumCounts?: number | null;
  readonly maximumCounts?: number | null;
  readonly minimumDetectedGenes?: number | null;
  readonly maximumDetectedGenes?: number | null;
  /** Share, 0 to 1. */
  readonly maximumMitochondrial?: number | null;
  /** `mad`: deviations between median and limit. */
  readonly deviations?: number;
  /** `mad`: no lower limit lies below these, so that a sample of mostly empty droplets cannot make them the norm. */
  readonly countsFloor?: number;
  readonly genesFloor?: number;
  /** `mad`: the mitochondrial limit is at least this, so that a clean sample does not lose good cells. Share, 0 to 1. */
  readonly mitochondrialFloor?: number;
  /** `mad`: below this many cells over the floors, only the floors are used. */
  readonly minimumCells?: number;
}

/** Limits of one sample. */
export interface QualityLimits {
  readonly preset: QualityPreset;
  /** In the order they are applied. A metric without limits is kept in the list with both ends null. */
  readonly limits: readonly MetricLimits[];
  readonly warnings: readonly Warning[];
}

/** Defaults of {@link QualityLimitsOptions}. */
export const qualityLimitsDefaults: Required<QualityLimitsOptions> = {
  preset: 'mad',
  minimumCounts: null,
  maximumCounts: null,
  minimumDetectedGenes: null,
  maximumDetectedGenes: null,
  maximumMitochondrial: null,
  deviations: 3,
  countsFloor: 500,
  genesFloor: 200,
  mitochondrialFloor: 0.1,
  minimumCells: 30,
};

/** Ranges of all metrics, with what a reader should know of them. */
export interface BaseLimits {
  readonly ends: Readonly<Record<LimitedMetric, LimitEnds>>;
  readonly warnings: readonly Warning[];
}

const metrics: readonly LimitedMetric[] = ['totalCounts', 'detectedGenes', 'mitochondrialFraction'];

const open: LimitEnds = { low: null, high: null, deviation: null };

/**
 * The limits between which the cells of one sample are kept.
 *
 * `mad`: `median ± deviations · MAD` over the sample's cells that reach both floors; counts and genes on the log scale and on both
 * sides, the mitochondrial share on the linear scale and above only. Lower limits are never under the floors. A MAD of zero, or fewer
 * than `minimumCells` cells, leaves the floors alone, with a warning. Cells on a limit are kept, as in scuttle.
 *
 * `pdx`, `cell-line`: the limits of the reference study, 2,000–100,000 counts, 2,000–9,000 genes, mitochondrial < 25 %, and
 * 3,000–100,000, 3,000–8,000, < 15 %. Its code keeps cells strictly between these numbers, so a cell on one is removed.
 *
 * `none`: no limits. In every preset a fixed limit replaces the one it names, and keeps the cell that is on it.
 *
 * @param cells - metrics of the sample's cells
 * @param options - `nGenes`, the length of the gene list, besides the limits
 * @throws OptionError for a limit out of range, or a minimum above its maximum
 * @see doi:10.1093/bioinformatics/btw777; doi:10.1093/bioinformatics/btaa751 on why 5 % is too strict; `scuttle::isOutlier` 1.8 gives the same limits over the same cells. Ours differ by the floors.
 */
export function qualityLimits(
  cells: CellMetrics,
  options: QualityLimitsOptions & { readonly nGenes: number },
): QualityLimits {
  const resolved = { ...qualityLimitsDefaults, ...options };
  checkOptions(resolved);
  const base = baseLimits(cells, resolved);
  const limits = metrics
    .filter((metric) => cells[metric] !== null)
    .map((metric) => {
      const ends = withFixed(base.ends[metric], fixedLimits(metric, resolved));
      return { metric, ...ends, text: describeLimits(metric, ends) };
    });
  return { preset: resolved.preset, limits, warnings: [...base.warnings, ...judgeLimits(cells, limits)] };
}

type Resolved = Required<QualityLimitsOptions> & { readonly nGenes: number };

function baseLimits(cells: CellMetrics, options: Resolved): BaseLimits {
  switch (options.preset) {
    case 'mad':
      return deviationLimits(cells, options);
    case 'pdx':
      return { ends: studyLimits([2000, 100_000], [2000, 9000], 0.25), warnings: [] };
    case 'cell-line':
      return { ends: studyLimits([3000, 100_000], [3000, 8000], 0.15), warnings: [] };
    case 'none':
      return { ends: { totalCounts: open, detectedGenes: open, mitochondrialFraction: open }, warnings: [] };
  }
}

function studyLimits(
  counts: readonly [number, number],
  genes: readonly [number, number],
  mitochondrial: number,
): BaseLimits['ends'] {
  const limit = (value: number): QualityLimit => ({ value, inclusive: false, source: 'reference study' });
  const between = ([low, high]: readonly [number, number]): LimitEnds => ({
    low: limit(low),
    high: limit(high),
    deviation: null,
  });
  return {
    totalCounts: between(counts),
    detectedGenes: between(genes),
    mitochondrialFraction: { low: null, high: limit(mitochondrial), deviation: null },
  };
}

function fixedLimits(metric: LimitedMetric, options: Resolved): readonly [number | null, number | null] {
  switch (metric) {
    case 'totalCounts':
      return [options.minimumCounts, options.maximumCounts];
    case 'detectedGenes':
      return [options.minimumDetectedGenes, options.maximumDetectedGenes];
    case 'mitochondrialFraction':
      return [null, options.maximumMitochondrial];
  }
}

function withFixed(ends: LimitEnds, [low, high]: readonly [number | null, number | null]): LimitEnds {
  const fixed = (value: number): QualityLimit => ({ value, inclusive: true, source: 'fixed' });
  return {
    low: low === null ? ends.low : fixed(low),
    high: high === null ? ends.high : fixed(high),
    deviation: ends.deviation,
  };
}

function checkOptions(options: Resolved): void {
  requireOrder('Counts', options.minimumCounts, options.maximumCounts);
  requireOrder('DetectedGenes', options.minimumDetectedGenes, options.maximumDetectedGenes);
  for (const key of ['maximumMitochondrial', 'mitochondrialFloor'] as const) {
    const value = options[key];
    if (value === null || (value >= 0 && value <= 1)) continue;
    throw new OptionError(`Option ${key} must be a share from 0 to 1.`, { found: String(value) });
  }
  for (const key of ['deviations', 'countsFloor', 'genesFloor', 'minimumCells'] as const) {
    if (!(options[key] > 0))
      throw new OptionError(`Option ${key} must be above zero.`, { found: String(options[key]) });
  }
}

function requireOrder(name: string, minimum: number | null, maximum: number | null): void {
  if (minimum === null || maximum === null || minimum <= maximum) return;
  throw new OptionError(`Option minimum${name} is above maximum${name}.`, {
    found: `${String(minimum)} and ${String(maximum)}`,
  });
}
