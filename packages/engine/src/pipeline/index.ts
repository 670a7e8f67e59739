export { type JoinedCells, joinCells, sumTumourCells } from './join-cells.js';
export { type OriginData } from './analyse-origin.js';
export * from './options.js';
export { type PreparedSample, prepareSample, type PrepareSettings, type RawSample } from './prepare-sample.js';
export { type AnalysisInput, runAnalysis } from './run-analysis.js';
export * from './step.js';
export { blockTasks } from './tasks.js';
export { type ResultContext, studyResult } from './study-result.js';
export { studyCells } from './study-cells.js';
