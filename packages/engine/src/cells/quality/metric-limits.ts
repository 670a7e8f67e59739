import type { MadLimits } from './mad-limits.js';

/** The metrics cells are judged by, in the order they are applied. */
export type LimitedMetric = 'totalCounts' | 'detectedGenes' | 'mitochondrialFraction';

/** Where a limit comes from. */
export type LimitSource = 'median deviation' | 'floor' | 'reference study' | 'fixed';

/** One end of the range of good cells. */
export interface QualityLimit {
  readonly value: number;
  /** Whether a cell exactly on the limit is kept. */
  readonly inclusive: boolean;
  readonly source: LimitSource;
}

/** The range of one metric in which cells are kept. */
export interface MetricLimits {
  readonly metric: LimitedMetric;
  readonly low: QualityLimit | null;
  readonly high: QualityLimit | null;
  /** What the median-deviation limits were computed from; null when they were not asked for or could not be. */
  readonly deviation: MadLimits | null;
  /** The range in words, for a table. */
  readonly text: string;
}

/** A range before it is put into words. */
export type LimitEnds = Omit<MetricLimits, 'metric' | 'text'>;

/** Whether a value lies in the range. A missing number lies in none that has an end. */
export function isWithinLimits(value: number, { low, high }: Pick<MetricLimits, 'low' | 'high'>): boolean {
  const aboveLow = low === null || value > low.value || (low.inclusive && value === low.value);
  const belowHigh = high === null || value < high.value || (high.inclusive && value === high.value);
  return aboveLow && belowHigh;
}
