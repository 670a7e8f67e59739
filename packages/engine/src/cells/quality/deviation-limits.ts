import type { Warning } from '../../core/method.js';
import type { CellMetrics } from './cell-metrics.js';
import { metricNames } from './describe-limits.js';
import { type MadLimits, madLimits } from './mad-limits.js';
import type { LimitedMetric, LimitEnds, QualityLimit } from './metric-limits.js';
import type { BaseLimits, QualityLimitsOptions } from './quality-limits.js';

/** Gene lists shorter than this are panels or slices of a matrix: what is right for whole transcriptomes would empty them. */
const wholeTranscriptome = 5000;

/** The `mad` limits of a sample: see `qualityLimits`. */
export function deviationLimits(
  cells: CellMetrics,
  options: Required<QualityLimitsOptions> & { readonly nGenes: number },
): BaseLimits {
  const warnings: Warning[] = [];
  const isWhole = options.nGenes >= wholeTranscriptome;
  const [countsFloor, genesFloor] = isWhole ? [options.countsFloor, options.genesFloor] : [1, 1];
  if (!isWhole) warnings.push(shortGeneList(options.nGenes));
  const judged = cellsOver(cells, countsFloor, genesFloor);
  const areEnough = judged.length >= options.minimumCells;
  if (!areEnough) warnings.push(fewCells(judged.length, options.minimumCells));
  const spread = (metric: LimitedMetric): MadLimits | null => {
    const values = cells[metric];
    if (!areEnough || values === null) return null;
    const scale = metric === 'mitochondrialFraction' ? 'linear' : 'log';
    const limits = madLimits(
      Float64Array.from(judged, (cell) => values[cell] as number),
      { ...options, scale },
    );
    if (limits.mad > 0) return limits;
    warnings.push(noSpread(metric));
    return null;
  };
  const ends = {
    totalCounts: bothSides(spread('totalCounts'), countsFloor),
    detectedGenes: isWhole ? bothSides(spread('detectedGenes'), genesFloor) : open,
    mitochondrialFraction: onlyAbove(spread('mitochondrialFraction'), options.mitochondrialFloor),
  };
  return { ends, warnings };
}

const open: LimitEnds = { low: null, high: null, deviation: null };

function cellsOver(cells: CellMetrics, countsFloor: number, genesFloor: number): Uint32Array {
  return Uint32Array.from(cells.totalCounts.keys()).filter(
    (cell) => (cells.totalCounts[cell] as number) >= countsFloor && (cells.detectedGenes[cell] as number) >= genesFloor,
  );
}

function bothSides(deviation: MadLimits | null, floor: number): LimitEnds {
  const low = deviation === null || deviation.low < floor ? atFloor(floor) : fromDeviation(deviation.low);
  return { low, high: deviation === null ? null : fromDeviation(deviation.high), deviation };
}

function onlyAbove(deviation: MadLimits | null, floor: number): LimitEnds {
  if (deviation === null) return open;
  return { low: null, high: deviation.high < floor ? atFloor(floor) : fromDeviation(deviation.high), deviation };
}

function fromDeviation(value: number): QualityLimit {
  return { value, inclusive: true, source: 'median deviation' };
}

function atFloor(value: number): QualityLimit {
  return { value, inclusive: true, source: 'floor' };
}

function shortGeneList(nGenes: number): Warning {
  return {
    code: 'short-gene-list',
    message: `The list has ${String(nGenes)} genes, too few for a whole transcriptome: no floor on counts, and no limit on detected genes, of which good cells of a panel have nearly all.`,
  };
}

function fewCells(nCells: number, minimumCells: number): Warning {
  return {
    code: 'few-cells',
    message: `${String(nCells)} cells reach the floors; with under ${String(minimumCells)} their spread says little, and only the floors are applied.`,
  };
}

function noSpread(metric: LimitedMetric): Warning {
  return {
    code: 'no-spread',
    message: `The median absolute deviation of ${metricNames[metric]} is zero: over half of the cells have one value. No limit was taken from it.`,
  };
}
