export * from './options.js';
export { type AnalysisInput, runAnalysis } from './run-analysis.js';
export * from './step.js';
export { blockTasks } from './tasks.js';
export { type ResultContext, studyResult } from './study-result.js';
