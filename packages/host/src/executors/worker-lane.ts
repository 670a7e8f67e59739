import { fromWire, InternalError, type RemnantError } from '@remnant/engine';
import type { FailedMessage, RunMessage, WorkerPort } from './protocol.js';

/** One worker of a pool with the payload it is working on. */
export interface WorkerLane {
  /** Posts a payload and waits for its result. One at a time. */
  run(message: RunMessage): Promise<unknown>;
  /** Asks the worker to stop working on a call. */
  cancel(call: number): void;
  /** Ends the worker; the payload it was working on fails with `reason`. */
  terminate(reason: RemnantError): void;
  /** Whether the worker can take another payload. */
  readonly alive: boolean;
}

interface Pending {
  readonly id: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Wraps a worker.
 *
 * @param explain - turns the cause of a worker's death into the error its payload fails with
 */
export function workerLane(port: WorkerPort, explain: (cause: unknown) => RemnantError): WorkerLane {
  let pending: Pending | null = null;
  let alive = true;
  const settle = (): Pending | null => {
    const settled = pending;
    pending = null;
    return settled;
  };
  const end = (error: RemnantError): void => {
    alive = false;
    settle()?.reject(error);
  };
  port.listen(
    (message) => {
      if (message.id !== pending?.id) return;
      if (message.kind === 'done') settle()?.resolve(message.result);
      else settle()?.reject(rebuilt(message));
    },
    (cause) => {
      if (alive) end(explain(cause));
    },
  );
  return {
    run: (message) =>
      new Promise((resolve, reject) => {
        pending = { id: message.id, resolve, reject };
        try {
          port.post(message);
        } catch (error) {
          settle();
          reject(new InternalError(`The payload of "${message.task}" cannot be sent to a worker.`, error));
        }
      }),
    cancel: (call) => {
      port.post({ kind: 'cancel', call });
    },
    terminate: (reason) => {
      end(reason);
      port.terminate();
    },
    get alive() {
      return alive;
    },
  };
}

function rebuilt({ error, stack }: FailedMessage): RemnantError {
  const failure = fromWire(error);
  if (stack !== null) failure.stack = stack;
  return failure;
}

/** The loss of a worker where nothing more is known. */
export function lostWorker(cause: unknown): RemnantError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InternalError(`A worker stopped unexpectedly: ${reason}.`, cause);
}
