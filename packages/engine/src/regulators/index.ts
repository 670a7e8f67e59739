export { type ActivityInput, type ActivityMethod, type ActivityScores, createActivityInput } from './activity-input.js';
export { type CellActivity, cellActivity, cellActivityInfo } from './cell-activity.js';
export * from './chromatin-line.js';
export { consensus, consensusInfo } from './consensus.js';
export * from './curated-immediate-early.js';
export type {
  EvidenceLine,
  EvidenceLineId,
  EvidenceNumber,
  EvidenceReason,
  EvidenceVerdict,
  RegulatorHypothesis,
} from './evidence.js';
export { mlm, mlmInfo, type MlmScores } from './mlm.js';
export * from './named-regulator.js';
export * from './patient-agreement.js';
export type { PersisterEffect, PerturbationTable } from './perturbation-correlation.js';
export { perturbationLine, type PerturbationOptions } from './perturbation-line.js';
export { type PerturbationDefaults, perturbationTableFrom } from './perturbation-table.js';
export * from './rank-regulators.js';
export {
  type RegulatorNull,
  regulatorNull,
  regulatorNullInfo,
  type RegulatorNullOptions,
} from './regulator-null.js';
export type { PatientGeneEffects, RegulatorStudy } from './regulator-study.js';
export * from './regulator-table.js';
export { regulatorTasks } from './regulator-tasks.js';
export {
  type DroppedEdges,
  type NetworkOptions,
  prepareNetwork,
  type RegulonNetwork,
  regulonSize,
} from './regulon-network.js';
export * from './regulon-overlap.js';
export * from './sample-activity.js';
export { ulm, ulmInfo, type UlmScores } from './ulm.js';
export {
  weightedSum,
  weightedSumInfo,
  type WeightedSumOptions,
  type WeightedSumScores,
} from './weighted-sum.js';
export * from './ranking/index.js';
export * from './knock-out/index.js';
export * from './switch/index.js';
