import type { Executor } from '@remnant/engine';
import {
  type FromWorker,
  hostTasks,
  inlineExecutor,
  type PoolPort,
  serveTasks,
  type ToWorker,
  type WorkerPort,
  workerExecutor,
} from '@remnant/host';

/** Runs block tasks that come through a port, until the page ends this worker. */
export function helpThrough(port: MessagePort): void {
  const pool: PoolPort = {
    post: (message, transfer) => {
      port.postMessage(message, [...transfer]);
    },
    listen: (onMessage) => {
      onMessageOf<ToWorker>(port, onMessage);
    },
  };
  serveTasks(hostTasks, pool);
}

/**
 * An executor over helpers the page started: a worker of an inlined script cannot start another one from itself.
 * The loss of a helper is seen by the page, which ends the run.
 */
export function executorOver(ports: readonly MessagePort[]): Executor {
  if (ports.length === 0) return inlineExecutor(hostTasks);
  const free = [...ports];
  return workerExecutor({ workers: ports.length, start: () => helperAt(free.shift() as MessagePort) });
}

function helperAt(port: MessagePort): WorkerPort {
  return {
    post: (message) => {
      port.postMessage(message);
    },
    listen: (onMessage) => {
      onMessageOf<FromWorker>(port, onMessage);
    },
    terminate: () => {
      port.close();
    },
  };
}

function onMessageOf<T>(port: MessagePort, handle: (message: T) => void): void {
  port.addEventListener('message', ({ data }: MessageEvent<T>) => {
    handle(data);
  });
  port.start();
}
