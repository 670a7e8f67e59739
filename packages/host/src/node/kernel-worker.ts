import { workerData } from 'node:worker_threads';
import { kernelTasks, scranKernels } from '@remnant/kernels';
import { serveTasks } from '../executors/serve-tasks.js';
import { nodePoolPort } from './pool-port.js';

const { threads } = workerData as { readonly threads: number };
serveTasks(kernelTasks(scranKernels({ threads })), nodePoolPort());
