export type { Analysis } from './analysis.js';
export * from './options.js';
export { type AnalysisInput, runAnalysis } from './run-analysis.js';
export * from './step.js';
export { blockTasks } from './tasks.js';
