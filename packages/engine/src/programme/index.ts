export * from './fixed-effect-model.js';
export * from './gene-set-enrichment.js';
export * from './gene-set-overlap.js';
export {
  checkInput as checkProgrammeInput,
  type NormalizedInput,
  normalizeInput,
  type NotTestable,
  type ProgrammeInput,
  testablePatients,
} from './input.js';
export * from './leave-one-patient-out.js';
export type { MatchedGeneNull } from './matched-gene-null.js';
export * from './outlier-patients.js';
export * from './patient-effects.js';
export * from './patient-level-test.js';
export * from './patient-meta-analysis.js';
export { absenceFraction, type PatientCall, type ProgrammeCall, type ScoreErrorBasis } from './programme-call.js';
export type { ProgrammeModel } from './relearn.js';
export * from './sample-display.js';
export * from './sample-view.js';
export * from './score-signature.js';
export * from './signature.js';
export * from './tasks.js';
export * from './treatment-comparison.js';
export * from './vote.js';
