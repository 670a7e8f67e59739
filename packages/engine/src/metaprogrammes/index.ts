export {
  annotateMetaProgramme,
  type ConfounderOverlap,
  confounderOverlaps,
  type MetaProgrammeAnnotation,
} from './annotate-meta-programmes.js';
export type { CellProgramme } from './cell-programme.js';
export { type ChosenRank, chooseRank, type RankStability } from './choose-rank.js';
export type { ConsensusOfRank, ConsensusProgramme } from './consensus-block.js';
export * from './consensus-nmf.js';
export * from './meta-programmes.js';
export {
  openNmfKernel,
  type NmfKernel,
  type OpenNmfKernel,
  type RowProblems,
  type SparseMajors,
  sweepTolerance,
} from './nmf-kernel.js';
export * from './nmf-tasks.js';
export type { NumberLevel, ProgrammeNumber } from './programme-number.js';
export type { ProgrammeTally } from './robust-programmes.js';
export { type FounderRule, founderRule, metaProgrammeRules, type MetaProgrammeRules } from './rules.js';
export type { MetaProgrammeTest, PatientDifference } from './test-meta-programmes.js';
