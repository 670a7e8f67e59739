export { type CellBlocks, cellBlockJackknife, type CellSampling } from './cell-block-jackknife.js';
export * from './cell-reversal/index.js';
export * from './copy-number/index.js';
export * from './genetic-alarm/index.js';
export * from './returning-genes.js';
export * from './reversal.js';
export type { IndexEstimate, IndexOptions, IntervalBasis } from './reversal-estimate.js';
export { type ReversalVerdict, reversalVerdict } from './reversal-verdict.js';
export * from './lineages/index.js';
