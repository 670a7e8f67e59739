import { AbortedError, type MapHooks } from '@remnant/engine';
import { canShareMemory, payloadSharer } from './shareable.js';
import type { WorkerLane } from './worker-lane.js';
import type { WorkerPool } from './worker-pool.js';

/** One call of `Executor.map`. */
export interface MapCall {
  /** Identity of the call in the pool. */
  readonly call: number;
  readonly task: string;
  readonly payloads: readonly unknown[];
  readonly hooks: MapHooks;
  /** Most workers the call may use at once. */
  readonly lanes: number;
  readonly patienceMs: number;
}

interface MapState {
  readonly results: unknown[];
  readonly running: Set<WorkerLane>;
  readonly cancelFlag: Int32Array | null;
  readonly share: (payload: unknown) => unknown;
  next: number;
  done: number;
  cancelled: boolean;
  /** The failure of lowest index. Payloads are handed out in order, so all before it have been tried too. */
  failure: { readonly index: number; readonly error: unknown } | null;
  deadline: ReturnType<typeof setTimeout> | undefined;
}

/** Runs every payload of a call on the workers of a pool; the results are in payload order. */
export async function mapOnPool(pool: WorkerPool, call: MapCall): Promise<unknown[]> {
  const { hooks, payloads } = call;
  const state = startState(payloads.length);
  const onAbort = (): void => {
    cancel(call, state);
  };
  hooks.signal?.addEventListener('abort', onAbort);
  try {
    const lanes = Math.min(call.lanes, payloads.length);
    await Promise.all(Array.from({ length: lanes }, () => drain(pool, call, state)));
  } finally {
    hooks.signal?.removeEventListener('abort', onAbort);
    clearTimeout(state.deadline);
  }
  if (state.done === payloads.length) return state.results;
  if (state.cancelled || state.failure === null) throw new AbortedError();
  throw state.failure.error;
}

function startState(length: number): MapState {
  return {
    results: Array.from({ length }),
    running: new Set(),
    cancelFlag: canShareMemory() ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) : null,
    share: payloadSharer(),
    next: 0,
    done: 0,
    cancelled: false,
    failure: null,
    deadline: undefined,
  };
}

async function drain(pool: WorkerPool, call: MapCall, state: MapState): Promise<void> {
  while (wantsMore(call, state)) {
    const lane = await pool.take();
    try {
      if (wantsMore(call, state)) await runNext(lane, call, state);
    } finally {
      pool.give(lane);
    }
  }
}

function wantsMore({ payloads }: MapCall, state: MapState): boolean {
  return state.next < payloads.length && state.failure === null && !state.cancelled;
}

async function runNext(lane: WorkerLane, { call, task, payloads, hooks }: MapCall, state: MapState): Promise<void> {
  const index = state.next++;
  const payload = state.share(payloads[index]);
  state.running.add(lane);
  try {
    state.results[index] = await lane.run({
      kind: 'run',
      id: index,
      call,
      task,
      payload,
      cancelFlag: state.cancelFlag,
    });
    state.done++;
    hooks.onDone?.(state.done, payloads.length);
  } catch (error) {
    if (state.failure === null || index < state.failure.index) state.failure = { index, error };
  } finally {
    state.running.delete(lane);
  }
}

function cancel({ call, patienceMs }: MapCall, state: MapState): void {
  state.cancelled = true;
  if (state.cancelFlag !== null) Atomics.store(state.cancelFlag, 0, 1);
  for (const lane of state.running) lane.cancel(call);
  state.deadline = setTimeout(() => {
    for (const lane of state.running) lane.terminate(new AbortedError());
  }, patienceMs);
}
