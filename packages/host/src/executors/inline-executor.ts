import {
  type Executor,
  findTask,
  InternalError,
  isRemnantError,
  type MapHooks,
  type TaskRegistry,
  type TaskSignal,
  throwIfAborted,
} from '@remnant/engine';

/** Longest time without letting the host handle its events (a key, a click), in milliseconds. */
const longestBlock = 50;

/**
 * Runs tasks one after another on the calling thread. The specification of every executor:
 * the others give the same results, in the same order, and the same errors.
 *
 * @param registry - the tasks by name, for instance engine's `blockTasks`
 */
export function inlineExecutor(registry: TaskRegistry): Executor {
  return { concurrency: 1, map: (task, payloads, hooks = {}) => mapInline(registry, task, payloads, hooks) };
}

async function mapInline<P, R>(
  registry: TaskRegistry,
  name: string,
  payloads: readonly P[],
  hooks: MapHooks,
): Promise<R[]> {
  const task = findTask(registry, name);
  const signal = hooks.signal ?? { aborted: false };
  const results: R[] = [];
  let rested = performance.now();
  throwIfAborted(hooks);
  for (const payload of payloads) {
    throwIfAborted(hooks);
    results.push((await runTask(task, payload, signal)) as R);
    hooks.onDone?.(results.length, payloads.length);
    if (performance.now() - rested < longestBlock) continue;
    await rest();
    rested = performance.now();
  }
  return results;
}

async function runTask(
  task: (payload: unknown, signal: TaskSignal) => unknown,
  payload: unknown,
  signal: TaskSignal,
): Promise<unknown> {
  try {
    return await task(payload, signal);
  } catch (error) {
    if (isRemnantError(error)) throw error;
    throw new InternalError(error instanceof Error ? error.message : String(error), error);
  }
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
