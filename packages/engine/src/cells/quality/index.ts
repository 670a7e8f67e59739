export * from './ambient-fraction.js';
export type { AmbientGene } from './ambient-genes.js';
export type { AmbientScore } from './ambient-score.js';
export type { Barnyard, SpeciesCall, SpeciesCounts } from './barnyard.js';
export * from './barcode-ranks.js';
export {
  type CellMetrics,
  cellMetrics,
  cellMetricsInfo,
  type CellMetricsOptions,
  selectMetrics,
} from './cell-metrics.js';
export * from './raw-matrix.js';
export * from './empty-droplets.js';
export type { FilterRow, QualityFilter } from './filter-row.js';
export * from './gene-species.js';
export * from './good-turing.js';
export type { HostContamination } from './host-contamination.js';
export * from './mad-limits.js';
export {
  isWithinLimits,
  type LimitedMetric,
  type LimitSource,
  type MetricLimits,
  type QualityLimit,
} from './metric-limits.js';
export * from './quality-control.js';
export * from './quality-genes.js';
export {
  type QualityLimits,
  qualityLimits,
  qualityLimitsDefaults,
  type QualityLimitsOptions,
  type QualityPreset,
} from './quality-limits.js';
export { qualityTasks } from './quality-tasks.js';
export type { SampleCellCounts } from './sample-cell-counts.js';
export * from './split-species.js';
export { findTwoModes, type TwoModes, type TwoModesOptions } from './two-modes.js';
