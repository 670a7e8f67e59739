import type { TaskRegistry } from '../core/executor.js';
import { programmeTasks } from '../programme/tasks.js';
import { regulatorTasks } from '../regulators/regulator-tasks.js';

/** Every block task of the engine, by name: what an executor runs here and what a worker holds there. */
export const blockTasks: TaskRegistry = { ...programmeTasks, ...regulatorTasks };
