import { InternalError } from './errors.js';

/**
 * A pure function over plain data that a worker can run. Its name is its identity across threads.
 * A long task may look at `signal.aborted` between parts of its block and throw `AbortedError`.
 */
export type BlockTask = (payload: never, signal: TaskSignal) => unknown;

/** What a running task can see of a request to stop. */
export type TaskSignal = Pick<AbortSignal, 'aborted'>;

/** Named block tasks. The engine exports one registry (`pipeline/tasks.ts`); a worker holds the same one. */
export type TaskRegistry = Readonly<Record<string, BlockTask>>;

/** Runs a named task over payloads and returns the results in payload order, whatever order they finished in. */
export interface Executor {
  /** How many payloads can run at once; a hint for progress, never for the size of blocks. */
  readonly concurrency: number;
  map<P, R>(task: string, payloads: readonly P[], hooks?: MapHooks): Promise<R[]>;
}

/** What a caller of `Executor.map` may hand over. */
export interface MapHooks {
  readonly signal?: AbortSignal;
  /** Called after each finished payload with how many are done. */
  readonly onDone?: (done: number, total: number) => void;
}

/** Looks a task up; an unknown name is a bug. */
export function findTask(registry: TaskRegistry, name: string): (payload: unknown, signal: TaskSignal) => unknown {
  const task = registry[name];
  if (task === undefined) throw new InternalError(`No block task is registered as "${name}".`);
  return task as unknown as (payload: unknown, signal: TaskSignal) => unknown;
}
