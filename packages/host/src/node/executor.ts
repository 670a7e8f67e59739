import { availableParallelism } from 'node:os';
import { LimitError, type RemnantError } from '@remnant/engine';
import { hostTasks } from '../executors/host-tasks.js';
import { inlineExecutor } from '../executors/inline-executor.js';
import { type WorkerExecutor, workerExecutor } from '../executors/worker-executor.js';
import { lostWorker } from '../executors/worker-lane.js';
import { startNodeWorker } from './start-worker.js';

/** How many workers a run uses when nobody says: one per processor, four at most. */
export function defaultWorkers(): number {
  return Math.min(4, availableParallelism());
}

/**
 * The executor of a run on Node. The answer does not depend on `workers`.
 *
 * @param workers - threads; with one, the work is done on the calling thread
 */
export function nodeExecutor(workers: number = defaultWorkers()): WorkerExecutor {
  if (workers > 1) return workerExecutor({ workers, start: startNodeWorker, explain: explainLoss });
  return { ...inlineExecutor(hostTasks), close: () => undefined };
}

/** A Node worker that ran out of memory says so; other losses are bugs. */
export function explainLoss(cause: unknown): RemnantError {
  if ((cause as { readonly code?: unknown } | null)?.code !== 'ERR_WORKER_OUT_OF_MEMORY') return lostWorker(cause);
  return new LimitError('A worker ran out of memory.', {
    hint: 'Use fewer workers (--workers 1), or give Node more memory: NODE_OPTIONS=--max-old-space-size=8192.',
  });
}
