import type { FromWorker, WorkerPort } from '../executors/protocol.js';

/**
 * Starts one Web Worker.
 *
 * @param create - makes the worker; by default from the entry that holds engine's block tasks. Bundlers follow
 * `new Worker(new URL('…', import.meta.url))` only where it is written out, so an own entry is given as a function.
 */
export function startWebWorker(create: () => Worker = ownWorker): WorkerPort {
  const worker = create();
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

function ownWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
