import { blockTasks } from '@remnant/engine';
import { serveTasks } from '../executors/serve-tasks.js';
import { webPoolPort } from './pool-port.js';

serveTasks(blockTasks, webPoolPort());
