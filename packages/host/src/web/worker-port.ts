import type { FromWorker, WorkerPort } from '../executors/protocol.js';

/** A Web Worker as a pool sees it. */
export function webWorkerPort(worker: Worker): WorkerPort {
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    listen: (onMessage, onLost) => {
      worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
        onMessage(data);
      });
      worker.addEventListener('error', (event) => {
        onLost(event.message === '' ? 'its script could not be loaded' : event.message);
      });
      worker.addEventListener('messageerror', () => {
        onLost('its answer could not be read');
      });
    },
    terminate: () => {
      worker.terminate();
    },
  };
}
