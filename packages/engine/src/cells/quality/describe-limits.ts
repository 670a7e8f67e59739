import type { LimitedMetric, LimitEnds, QualityLimit } from './metric-limits.js';

/** The metrics in words. */
export const metricNames: Readonly<Record<LimitedMetric, string>> = {
  totalCounts: 'total counts',
  detectedGenes: 'detected genes',
  mitochondrialFraction: 'mitochondrial share',
};

/** The range in which cells are kept, in words: `≥ 500 (floor) and ≤ 41,250 (median deviation)`. */
export function describeLimits(metric: LimitedMetric, { low, high }: LimitEnds): string {
  const ends = [
    low === null ? null : describe(metric, low, low.inclusive ? '≥' : '>'),
    high === null ? null : describe(metric, high, high.inclusive ? '≤' : '<'),
  ].filter((end) => end !== null);
  return ends.length === 0 ? 'no limit' : ends.join(' and ');
}

function describe(metric: LimitedMetric, limit: QualityLimit, sign: string): string {
  const isShare = metric === 'mitochondrialFraction';
  const value = isShare ? `${String(Math.round(limit.value * 1000) / 10)} %` : thousands(limit.value);
  return `${sign} ${value} (${limit.source})`;
}

/** Digits grouped by commas, at most one decimal. */
function thousands(value: number): string {
  const [whole = '', decimal] = String(Math.round(value * 10) / 10).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimal === undefined ? grouped : `${grouped}.${decimal}`;
}
