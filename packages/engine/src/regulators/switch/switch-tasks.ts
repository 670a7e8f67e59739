import type { TaskRegistry } from '../../core/executor.js';
import { sampleShapeTask, sampleShapeTaskName } from './sample-shape.js';

/** Block tasks of the switch methods, for the registry of the regulators. */
export const switchTasks: TaskRegistry = { [sampleShapeTaskName]: sampleShapeTask };
