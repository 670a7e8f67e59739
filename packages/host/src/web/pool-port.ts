import type { PoolPort, ToWorker } from '../executors/protocol.js';

/** The part of a worker's global scope the protocol needs. */
interface WorkerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

/** The way back to the pool, inside a Web Worker. */
export function webPoolPort(): PoolPort {
  const scope = globalThis as unknown as WorkerScope;
  return {
    post: (message, transfer) => {
      scope.postMessage(message, [...transfer]);
    },
    listen: (onMessage) => {
      scope.addEventListener('message', ({ data }) => {
        onMessage(data);
      });
    },
  };
}
