import { type Executor, type MapHooks, type RemnantError, throwIfAborted } from '@remnant/engine';
import { mapOnPool } from './map-on-pool.js';
import type { WorkerPort } from './protocol.js';
import { lostWorker, workerLane } from './worker-lane.js';
import { workerPool } from './worker-pool.js';

/** How to make a pool of workers. */
export interface WorkerExecutorOptions {
  /** Most workers at once. They are started when first needed. */
  readonly workers: number;
  /** Starts one worker: `startNodeWorker` of `@remnant/host/node`, `startWebWorker` of `@remnant/host/web`, or your own. */
  readonly start: () => WorkerPort;
  /** How long a cancelled worker may take to stop by itself before it is terminated, in milliseconds. Default 250. */
  readonly patienceMs?: number;
  /** What the loss of a worker means, for instance that memory ran out. Default: an internal error. */
  readonly explain?: (cause: unknown) => RemnantError;
}

/** An executor that holds threads: close it when done. */
export interface WorkerExecutor extends Executor {
  /** Ends the workers. Calls under way are rejected as aborted. */
  close(): void;
}

/**
 * Runs tasks on worker threads. Results come in payload order and, for the pure functions that block tasks are,
 * are the same as those of `inlineExecutor` for any number of workers.
 *
 * A cancelled call is told so in three ways: a flag in shared memory, which running tasks can see; a message, which tasks
 * see when they yield; and, once `patienceMs` have passed, the end of the worker.
 * When payloads fail, the error of the first of them in payload order is raised, as it would be inline.
 */
export function workerExecutor(options: WorkerExecutorOptions): WorkerExecutor {
  const { workers, start, patienceMs = 250, explain = lostWorker } = options;
  const pool = workerPool(workers, () => workerLane(start(), explain));
  let calls = 0;
  return {
    concurrency: workers,
    map: async <P, R>(task: string, payloads: readonly P[], hooks: MapHooks = {}): Promise<R[]> => {
      throwIfAborted(hooks);
      const results = await mapOnPool(pool, { call: calls++, task, payloads, hooks, lanes: workers, patienceMs });
      return results as R[];
    },
    close: () => {
      pool.close();
    },
  };
}
