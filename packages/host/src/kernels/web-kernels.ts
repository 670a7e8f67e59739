import type { Kernels } from '@remnant/engine';
import { noSharedMemory, scranIdentity } from '@remnant/kernels';
import { canShareMemory } from '../executors/shareable.js';
import { workerExecutor } from '../executors/worker-executor.js';
import { webWorkerPort } from '../web/worker-port.js';
import { kernelsOnExecutor } from './kernels-on-executor.js';

/**
 * The kernels of a run in a browser: scran.js in a worker of its own, started when first needed. On a page that is not cross-origin
 * isolated they say why they are unavailable.
 *
 * @param create - makes a worker that serves `kernelTasks`
 */
export function webKernels(create: () => Worker): Kernels {
  const unavailable = canShareMemory() ? null : noSharedMemory;
  return kernelsOnExecutor({ ...scranIdentity, unavailable }, () =>
    workerExecutor({ workers: 1, start: () => webWorkerPort(create()), patienceMs: 0 }),
  );
}
