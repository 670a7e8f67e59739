import type { WireError } from '@remnant/engine';

/** Run one payload of one call of `Executor.map`. */
export interface RunMessage {
  readonly kind: 'run';
  /** Identity of this payload, unique in the pool. */
  readonly id: number;
  /** Identity of the call it belongs to; a call is cancelled as a whole. */
  readonly call: number;
  readonly task: string;
  readonly payload: unknown;
  /** One integer, 1 once the call is cancelled; null where memory cannot be shared. */
  readonly cancelFlag: Int32Array | null;
}

/** Stop working on a call. Reaches a worker only between blocks of work; the shared flag reaches it within one. */
export interface CancelMessage {
  readonly kind: 'cancel';
  readonly call: number;
}

/** The payload is done. */
export interface DoneMessage {
  readonly kind: 'done';
  readonly id: number;
  readonly result: unknown;
}

/** The payload failed; `stack` is where, for debugging only. */
export interface FailedMessage {
  readonly kind: 'failed';
  readonly id: number;
  readonly error: WireError;
  readonly stack: string | null;
}

/** What the pool says to a worker. */
export type ToWorker = RunMessage | CancelMessage;

/** What a worker says to the pool. */
export type FromWorker = DoneMessage | FailedMessage;

/** One worker as the pool sees it, on any host. */
export interface WorkerPort {
  post(message: ToWorker): void;
  /** Called once, before the first message is posted. `onLost` means the worker is gone and will not answer. */
  listen(onMessage: (message: FromWorker) => void, onLost: (cause: unknown) => void): void;
  terminate(): void;
}

/** The pool as a worker sees it, on any host. */
export interface PoolPort {
  post(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  listen(onMessage: (message: ToWorker) => void): void;
}
