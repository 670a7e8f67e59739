import { parentPort } from 'node:worker_threads';
import { InternalError } from '@remnant/engine';
import type { PoolPort, ToWorker } from '../executors/protocol.js';

/** The way back to the pool, inside a Node worker thread. */
export function nodePoolPort(): PoolPort {
  if (parentPort === null) throw new InternalError('This module runs inside a worker thread only.');
  const port = parentPort;
  return {
    post: (message, transfer) => {
      port.postMessage(message, [...transfer]);
    },
    listen: (onMessage) => {
      port.on('message', (message: ToWorker) => {
        onMessage(message);
      });
    },
  };
}
