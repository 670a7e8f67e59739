import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FromWorker, WorkerPort } from '../executors/protocol.js';

/**
 * Starts one worker thread.
 *
 * @param entry - module that calls `serveTasks`; by default the one that holds engine's block tasks
 * @param workerData - what the module finds as its `workerData`
 */
export function startNodeWorker(entry: URL = ownEntry(), workerData: unknown = null): WorkerPort {
  const worker = new Worker(fileURLToPath(entry), { workerData });
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    listen: (onMessage, onLost) => {
      worker.on('message', (message: FromWorker) => {
        onMessage(message);
      });
      worker.on('error', onLost);
      worker.on('exit', (code) => {
        onLost(`it ended with exit code ${String(code)}`);
      });
    },
    terminate: () => {
      void worker.terminate();
    },
  };
}

/** A thread loads JavaScript only: run from source (under the test runner), it takes the built entry. */
function ownEntry(): URL {
  const built = !import.meta.url.endsWith('.ts');
  return new URL(built ? './worker.js' : '../../dist/node/worker.js', import.meta.url);
}
