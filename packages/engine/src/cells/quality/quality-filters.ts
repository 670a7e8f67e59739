import type { CellMetrics } from './cell-metrics.js';
import type { EmptyDroplets } from './empty-droplets.js';
import { type FilterDecision, type QualityFilter, withoutFilter } from './filter-row.js';
import { isWithinLimits, type LimitedMetric } from './metric-limits.js';
import type { QualityLimits } from './quality-limits.js';
import type { SpeciesSplit } from './split-species.js';

/** Keeps what the species split keeps. */
export function speciesFilter(split: SpeciesSplit | null): FilterDecision {
  const filter = 'tumour-species';
  if (split === null) return withoutFilter(filter, 'not-asked', ['no species split was asked for']);
  if (split.status === 'not-mixed') return withoutFilter(filter, 'not-needed', split.reasons);
  const { kept, minimumFraction, geneSpecies } = split;
  return {
    filter,
    threshold: `> ${percent(minimumFraction)} of counts on genes of the tumour’s species`,
    low: minimumFraction,
    high: null,
    status: 'applied',
    reasons: [`species of the genes by ${geneSpecies.how}`],
    keeps: (cell) => kept[cell] === 1,
  };
}

/** Keeps the droplets called cells. */
export function emptyDropletFilter(droplets: EmptyDroplets | null): FilterDecision {
  const filter = 'empty-droplets';
  if (droplets === null) return withoutFilter(filter, 'not-asked', ['empty droplets were not looked for']);
  if (droplets.status === 'already-filtered') return withoutFilter(filter, 'not-needed', droplets.reasons);
  const { isCell, lower, fdr, retain } = droplets;
  const byKnee = retain === null ? '' : `, or ≥ ${String(retain)} counts`;
  return {
    filter,
    threshold: `> ${String(lower)} counts and unlike the empty droplets (false-discovery rate ≤ ${percent(fdr)})${byKnee}`,
    low: lower,
    high: null,
    status: 'applied',
    reasons: droplets.reasons,
    keeps: (cell) => isCell[cell] === 1,
  };
}

const filterOf: Readonly<Record<LimitedMetric, QualityFilter>> = {
  totalCounts: 'total-counts',
  detectedGenes: 'detected-genes',
  mitochondrialFraction: 'mitochondrial',
};

/** One filter per metric; a metric that could not be computed has a row too. */
export function limitFilters(metrics: CellMetrics, { limits, preset }: QualityLimits): readonly FilterDecision[] {
  return (Object.keys(filterOf) as LimitedMetric[]).map((metric) => {
    const values = metrics[metric];
    const range = limits.find((one) => one.metric === metric);
    if (values === null || range === undefined) {
      return withoutFilter(filterOf[metric], 'not-testable', [metrics.qualityGenes.mitochondrial.how]);
    }
    const { low, high, text } = range;
    if (low === null && high === null) {
      return withoutFilter(filterOf[metric], preset === 'none' ? 'not-asked' : 'not-testable', [
        `no limit from "${preset}"`,
      ]);
    }
    return {
      filter: filterOf[metric],
      threshold: text,
      low: low?.value ?? null,
      high: high?.value ?? null,
      status: 'applied',
      reasons: [],
      keeps: (cell) => isWithinLimits(values[cell] as number, range),
    };
  });
}

/** Takes out the cells another method called doublets. */
export function doubletFilter({
  isAsked,
  isDoublet,
  cells,
}: {
  readonly isAsked: boolean;
  /** One value per cell left. */
  readonly isDoublet: Uint8Array | null;
  readonly cells: Uint32Array;
}): FilterDecision {
  const filter = 'doublets';
  if (!isAsked) return withoutFilter(filter, 'not-asked', ['doublets were not looked for']);
  if (isDoublet === null) return withoutFilter(filter, 'not-testable', ['doublets could not be told in this sample']);
  const doublets = new Set(cells.filter((_, i) => isDoublet[i] === 1));
  return {
    filter,
    threshold: 'not called a doublet',
    low: null,
    high: null,
    status: 'applied',
    reasons: [],
    keeps: (cell) => !doublets.has(cell),
  };
}

function percent(share: number): string {
  return `${String(Math.round(share * 1e4) / 100)} %`;
}
