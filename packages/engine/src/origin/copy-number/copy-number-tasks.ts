import type { TaskRegistry } from '../../core/executor.js';
import { residualBinsTask, residualBinsTaskName } from './residual-bins.js';

/** The block tasks of copy number, for the registry of the pipeline. */
export const copyNumberTasks: TaskRegistry = { [residualBinsTaskName]: residualBinsTask };
