export { type RankedLine, rankedLines } from './evidence-ranks.js';
export type { ProgrammePosition } from './programme-position.js';
export type { RegulatorStability } from './rank-stability.js';
export * from './regulator-evidence.js';
export { type RegulatorRefit, regulatorRefits } from './regulator-refits.js';
export * from './robust-rank-aggregation.js';
