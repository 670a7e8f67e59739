import { findTask, type TaskRegistry, type TaskSignal, toWire } from '@remnant/engine';
import type { PoolPort, RunMessage } from './protocol.js';
import { transferables } from './shareable.js';

/**
 * The worker's side of the protocol: runs the tasks it is sent and answers with their results.
 *
 * @param registry - the tasks this worker holds, for instance engine's `blockTasks`
 * @param port - the way to the pool
 */
export function serveTasks(registry: TaskRegistry, port: PoolPort): void {
  const cancelled = new Set<number>();
  port.listen((message) => {
    if (message.kind === 'cancel') cancelled.add(message.call);
    else void answer(registry, port, message, signalOf(message, cancelled));
  });
}

async function answer(
  registry: TaskRegistry,
  port: PoolPort,
  { id, task, payload }: RunMessage,
  signal: TaskSignal,
): Promise<void> {
  try {
    const result = await findTask(registry, task)(payload, signal);
    port.post({ kind: 'done', id, result }, transferables(result));
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? null) : null;
    port.post({ kind: 'failed', id, error: toWire(error), stack }, []);
  }
}

/** Aborted by the shared flag, which a running task sees at once, or by the message, which it sees once it yields. */
function signalOf({ call, cancelFlag }: RunMessage, cancelled: ReadonlySet<number>): TaskSignal {
  return {
    get aborted(): boolean {
      return cancelled.has(call) || (cancelFlag !== null && Atomics.load(cancelFlag, 0) === 1);
    },
  };
}
