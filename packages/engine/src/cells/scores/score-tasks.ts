import type { TaskRegistry } from '../../core/executor.js';
import { geneSumsBlock, geneSumsTaskName } from './gene-averages.js';
import { rankScoresBlock, rankScoresTaskName } from './rank-blocks.js';
import { weightedSumsBlock, weightedSumsTaskName } from './weighted-sums.js';

/** Block tasks of the scores on cells, for the registry of the pipeline. */
export const cellScoreTasks: TaskRegistry = {
  [rankScoresTaskName]: rankScoresBlock,
  [weightedSumsTaskName]: weightedSumsBlock,
  [geneSumsTaskName]: geneSumsBlock,
};
