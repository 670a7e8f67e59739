import { kernelTasks, scranKernels } from '@remnant/kernels';
import { serveTasks } from '../executors/serve-tasks.js';
import { webPoolPort } from '../web/pool-port.js';

/**
 * Makes this Web Worker the one that `webKernels` asks for: it serves the standard steps on cells until it is ended.
 *
 * @param threads - threads a step may use; scran.js starts as many workers beside this one
 */
export function serveWebKernels(threads: number): void {
  serveTasks(kernelTasks(scranKernels({ threads })), webPoolPort());
}
