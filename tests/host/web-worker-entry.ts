import { serveTasks } from '../../packages/host/src/executors/serve-tasks.js';
import { webPoolPort } from '../../packages/host/src/web/pool-port.js';
import { conformanceTasks } from './conformance-tasks.js';

serveTasks(conformanceTasks, webPoolPort());
