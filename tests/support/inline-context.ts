import { type Executor, findTask, type RunContext, type TaskRegistry } from '@remnant/engine';

/** A context that runs block tasks here, on copies of their payloads, so that what could not be sent to a worker fails. */
export function inlineContext(registry: TaskRegistry, seed = 1): RunContext {
  const executor: Executor = {
    concurrency: 1,
    map: <P, R>(task: string, payloads: readonly P[]) =>
      Promise.resolve(
        payloads.map(
          (payload) => structuredClone(findTask(registry, task)(structuredClone(payload), { aborted: false })) as R,
        ),
      ),
  };
  return { seed, executor };
}
