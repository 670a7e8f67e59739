import type { TaskRegistry } from '../core/executor.js';
import { callPatientBlock } from './call-patient.js';
import { controlCallsBlock } from './control-callers.js';

/** The block tasks of the persister calls, by the names its methods ask an executor for. */
export const persisterTasks: TaskRegistry = {
  'persisters/call-patient': callPatientBlock,
  'persisters/control-calls': controlCallsBlock,
};
