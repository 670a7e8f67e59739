import { hostTasks } from '../executors/host-tasks.js';
import { serveTasks } from '../executors/serve-tasks.js';
import { webPoolPort } from './pool-port.js';

serveTasks(hostTasks, webPoolPort());
