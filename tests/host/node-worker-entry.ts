import { serveTasks } from '../../packages/host/src/executors/serve-tasks.js';
import { nodePoolPort } from '../../packages/host/src/node/pool-port.js';
import { conformanceTasks } from './conformance-tasks.js';

serveTasks(conformanceTasks, nodePoolPort());
