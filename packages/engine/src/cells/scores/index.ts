export * from './aucell.js';
export { type CellScores, type ScoredCells, scoreColumn, type SetCoverage } from './cell-scores.js';
export type { ScoredSet, SignedGeneSet } from './gene-weights.js';
export type { CellNormalisation } from './log-normalisation.js';
export * from './module-score.js';
export { cellScoreTasks } from './score-tasks.js';
export * from './ucell.js';
