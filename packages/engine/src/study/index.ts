export { type DesignFacts } from './data-findings.js';
export * from './design.js';
export * from './design-finding.js';
export * from './design-question.js';
export * from './estimate-cost.js';
export type { ListedFile } from './find-data.js';
export * from './init-study.js';
export { nearestWord } from './nearest.js';
export { type Problem, problemsError } from './problems.js';
export * from './read-study.js';
export { columnAliases, type SampleField } from './sample-columns.js';
export { inlineSampleSheet, type SampleSheet } from './sample-sheet.js';
export { nearestStage, readStage, type StageReading, stageWords, unsafeStageWord } from './stages.js';
export {
  type InlineSample,
  type LineOf,
  readStudyDocument,
  type StudyDocument,
  studySchema,
} from './study-schema.js';
export * from './types.js';
