import type { TaskRegistry } from '../core/executor.js';
import { perturbationTask, perturbationTaskName } from './perturbation-correlation.js';
import { regulatorNullTask, regulatorNullTaskName } from './regulator-null.js';
import { switchTasks } from './switch/switch-tasks.js';
import { weightedSumTask, weightedSumTaskName } from './weighted-sum.js';

/** Block tasks of the regulator methods, for the registry of the pipeline. */
export const regulatorTasks: TaskRegistry = {
  [weightedSumTaskName]: weightedSumTask,
  [regulatorNullTaskName]: regulatorNullTask,
  [perturbationTaskName]: perturbationTask,
  ...switchTasks,
};
