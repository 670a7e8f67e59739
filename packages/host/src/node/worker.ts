import { hostTasks } from '../executors/host-tasks.js';
import { serveTasks } from '../executors/serve-tasks.js';
import { nodePoolPort } from './pool-port.js';

serveTasks(hostTasks, nodePoolPort());
