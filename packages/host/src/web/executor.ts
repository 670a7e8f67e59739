import { hostTasks } from '../executors/host-tasks.js';
import { inlineExecutor } from '../executors/inline-executor.js';
import { type WorkerExecutor, workerExecutor } from '../executors/worker-executor.js';
import { startWebWorker } from './start-worker.js';

/**
 * The executor of a run in a browser. The answer does not depend on `workers`.
 *
 * @param workers - Web Workers; with one, the work is done on the calling thread
 */
export function webExecutor(workers: number): WorkerExecutor {
  if (workers > 1) return workerExecutor({ workers, start: startWebWorker });
  return { ...inlineExecutor(hostTasks), close: () => undefined };
}
