import { doubletTasks } from '../cells/doublets/doublet-tasks.js';
import { embeddingTasks } from '../cells/kernels/embedding-tasks.js';
import { qualityTasks } from '../cells/quality/quality-tasks.js';
import { cellScoreTasks } from '../cells/scores/score-tasks.js';
import type { TaskRegistry } from '../core/executor.js';
import { metaProgrammeTasks } from '../metaprogrammes/nmf-tasks.js';
import { cellReversalTasks } from '../origin/cell-reversal/index.js';
import { copyNumberTasks } from '../origin/copy-number/copy-number-tasks.js';
import { geneticAlarmTasks } from '../origin/genetic-alarm/index.js';
import { lineageTasks } from '../origin/lineages/index.js';
import { persisterTasks } from '../persisters/tasks.js';
import { programmeTasks } from '../programme/tasks.js';
import { regulatorTasks } from '../regulators/regulator-tasks.js';

/** Every block task of the engine, by name: what an executor runs here and what a worker holds there. */
export const blockTasks: TaskRegistry = {
  ...qualityTasks,
  ...doubletTasks,
  ...embeddingTasks,
  ...cellScoreTasks,
  ...programmeTasks,
  ...metaProgrammeTasks,
  ...persisterTasks,
  ...regulatorTasks,
  ...copyNumberTasks,
  ...cellReversalTasks,
  ...lineageTasks,
  ...geneticAlarmTasks,
};
