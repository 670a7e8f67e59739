import type { Kernels } from '@remnant/engine';
import { scranIdentity } from '@remnant/kernels';
import { workerExecutor } from '../executors/worker-executor.js';
import { kernelsOnExecutor } from '../kernels/kernels-on-executor.js';
import { defaultWorkers, explainLoss } from './executor.js';
import { startNodeWorker } from './start-worker.js';

/**
 * The kernels of a run on Node: scran.js on a thread of its own, started when first needed, so that the calling thread stays free,
 * a step can be stopped at any moment and its memory is given back. No result depends on `threads`.
 *
 * @param threads - threads a step may use; by default as many as `nodeExecutor`
 */
export function nodeKernels(threads: number = defaultWorkers()): Kernels {
  const start = () => startNodeWorker(ownEntry(), { threads });
  return kernelsOnExecutor({ ...scranIdentity, unavailable: null }, () =>
    workerExecutor({ workers: 1, start, patienceMs: 0, explain: explainLoss }),
  );
}

/** A thread loads JavaScript only: run from source (under the test runner), it takes the built entry. */
function ownEntry(): URL {
  const built = !import.meta.url.endsWith('.ts');
  return new URL(built ? './kernel-worker.js' : '../../dist/node/kernel-worker.js', import.meta.url);
}
