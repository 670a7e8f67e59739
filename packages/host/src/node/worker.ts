import { blockTasks } from '@remnant/engine';
import { serveTasks } from '../executors/serve-tasks.js';
import { nodePoolPort } from './pool-port.js';

serveTasks(blockTasks, nodePoolPort());
