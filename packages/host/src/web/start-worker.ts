import type { WorkerPort } from '../executors/protocol.js';
import { webWorkerPort } from './worker-port.js';

/**
 * Starts one Web Worker.
 *
 * @param create - makes the worker; by default from the entry that holds engine's block tasks. Bundlers follow
 * `new Worker(new URL('…', import.meta.url))` only where it is written out, so an own entry is given as a function.
 */
export function startWebWorker(create: () => Worker = ownWorker): WorkerPort {
  return webWorkerPort(create());
}

function ownWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
