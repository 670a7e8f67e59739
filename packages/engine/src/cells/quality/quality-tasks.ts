import type { TaskRegistry } from '../../core/executor.js';
import { dropletNullBlock } from './droplet-null.js';
import { dropletNullTask } from './simulate-droplets.js';

/** The block tasks of quality control, by the names its methods ask an executor for. */
export const qualityTasks: TaskRegistry = { [dropletNullTask]: dropletNullBlock };
