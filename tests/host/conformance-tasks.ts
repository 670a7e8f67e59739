import { AbortedError, FormatError, type TaskRegistry, type TaskSignal } from '@remnant/engine';

interface Slice {
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** Tasks that show every way a block of work can end. Run inline, in threads and in browser workers. */
export const conformanceTasks: TaskRegistry = {
  sum: ({ values, from, to }: Slice) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i] as number;
    return sum;
  },
  squares: ({ values, from, to }: Slice) => ({
    block: [from, to],
    squares: values.subarray(from, to).map((value) => value * value),
  }),
  /** Finishes late when it comes early, so that the order of finishing is not the order of payloads. */
  late: async ({ index, milliseconds }: { readonly index: number; readonly milliseconds: number }) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return index;
  },
  nothing: () => null,
  sharesMemory: ({ values }: Slice) => !(values.buffer instanceof ArrayBuffer),
  refuse: ({ index, from }: { readonly index: number; readonly from: number }) => {
    if (index < from) return index;
    throw new FormatError('The cell is not a number.', { file: 'a.csv', row: index, column: 'b', found: '"x"' });
  },
  break: () => {
    throw new RangeError('not ours');
  },
  /** Sees the request to stop while it computes: only shared memory can tell it. */
  spin: ({ milliseconds }: { readonly milliseconds: number }, signal: TaskSignal) => {
    const end = Date.now() + milliseconds;
    while (Date.now() < end) if (signal.aborted) throw new AbortedError();
    return 'finished';
  },
  /** Sees the request to stop when it yields. */
  yielding: async ({ turns }: { readonly turns: number }, signal: TaskSignal) => {
    for (let i = 0; i < turns; i++) {
      if (signal.aborted) throw new AbortedError();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return 'finished';
  },
  /** Never looks: only ending its worker stops it. */
  deaf: ({ milliseconds }: { readonly milliseconds: number }) => {
    const end = Date.now() + milliseconds;
    while (Date.now() < end);
    return 'finished';
  },
};
