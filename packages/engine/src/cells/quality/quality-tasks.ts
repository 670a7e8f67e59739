import type { TaskRegistry } from '../../core/executor.js';
import { ambientGenesBlock, ambientGenesTask } from './ambient-genes.js';
import { ambientScoreTasks, ambientSharesBlock, towardsEmptyBlock } from './ambient-score.js';
import { cellMetricsTask } from './cell-metrics.js';
import { cellMetricsBlock } from './cell-metrics-block.js';
import { dropletNullBlock } from './droplet-null.js';
import { dropletNullTask } from './simulate-droplets.js';
import { speciesCountsBlock, speciesCountsTask } from './species-counts.js';

/** The block tasks of quality control, by the names its methods ask an executor for. */
export const qualityTasks: TaskRegistry = {
  [ambientGenesTask]: ambientGenesBlock,
  [ambientScoreTasks.shares]: ambientSharesBlock,
  [ambientScoreTasks.towards]: towardsEmptyBlock,
  [cellMetricsTask]: cellMetricsBlock,
  [dropletNullTask]: dropletNullBlock,
  [speciesCountsTask]: speciesCountsBlock,
};
