import type { Executor, RemnantError } from '@remnant/engine';

/** One thing every executor has to do. Throws when it does not. */
export interface ConformanceCase {
  readonly name: string;
  run(executor: Executor): Promise<void>;
}

function same(found: unknown, expected: unknown): void {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`expected ${String(b)}, found ${String(a)}`);
}

async function failureOf(promise: Promise<unknown>): Promise<RemnantError> {
  try {
    await promise;
  } catch (error) {
    return error as RemnantError;
  }
  throw new Error('expected a failure, found a result');
}

const values = Float64Array.from({ length: 40_000 }, (_, i) => Math.sqrt(i));
const blocks = Array.from({ length: 8 }, (_, b) => ({ values, from: b * 5000, to: (b + 1) * 5000 }));
const numbered = (n: number): { readonly index: number; readonly from: number }[] =>
  Array.from({ length: n }, (_, index) => ({ index, from: 3 }));

/** The suite. It uses nothing of a test runner or of a host, so that it runs in a browser too. */
export const conformanceCases: readonly ConformanceCase[] = [
  {
    name: 'gives the results of the tasks in payload order',
    run: async (executor) => {
      const expected = blocks.map(({ from, to }) => values.subarray(from, to).reduce((sum, value) => sum + value, 0));
      same(await executor.map('sum', blocks), expected);
    },
  },
  {
    name: 'keeps payload order when later payloads finish first',
    run: async (executor) => {
      const payloads = Array.from({ length: 6 }, (_, index) => ({ index, milliseconds: 30 - 5 * index }));
      same(await executor.map('late', payloads), [0, 1, 2, 3, 4, 5]);
    },
  },
  {
    name: 'carries typed arrays both ways and leaves the payload whole',
    run: async (executor) => {
      const [first] = await executor.map<unknown, { squares: Float64Array; block: number[] }>('squares', blocks);
      if (!(first?.squares instanceof Float64Array)) throw new Error('expected a Float64Array');
      same([first.squares.length, Math.round(first.squares[4999] as number), first.block], [5000, 4999, [0, 5000]]);
      same([values.length, values[9]], [40_000, 3]);
    },
  },
  {
    name: 'gives nothing for no payloads, and null for null',
    run: async (executor) => {
      same(await executor.map('sum', []), []);
      same(await executor.map('nothing', [{}, {}]), [null, null]);
    },
  },
  {
    name: 'counts finished payloads upwards',
    run: async (executor) => {
      const seen: string[] = [];
      const onDone = (done: number, total: number): void => void seen.push(`${String(done)}/${String(total)}`);
      await executor.map('nothing', [{}, {}, {}], { onDone });
      same(seen, ['1/3', '2/3', '3/3']);
    },
  },
  {
    name: 'raises the error of the first failing payload, with its code and details',
    run: async (executor) => {
      const error = await failureOf(executor.map('refuse', numbered(12)));
      same([error.code, error.details], ['format', { file: 'a.csv', row: 3, column: 'b', found: '"x"' }]);
      same(error.message, 'a.csv, row 3, column "b": The cell is not a number. Found "x".');
    },
  },
  {
    name: 'turns an error that is not ours into an internal one',
    run: async (executor) => {
      const error = await failureOf(executor.map('break', [{}]));
      same([error.code, error.message], ['internal', 'not ours']);
    },
  },
  {
    name: 'refuses a task nobody registered',
    run: async (executor) => {
      same((await failureOf(executor.map('missing', [{}]))).code, 'internal');
    },
  },
  {
    name: 'works again after a failure',
    run: async (executor) => {
      await failureOf(executor.map('refuse', numbered(12)));
      same(await executor.map('refuse', numbered(3)), [0, 1, 2]);
    },
  },
  {
    name: 'does nothing when stopped before it starts',
    run: async (executor) => {
      const error = await failureOf(executor.map('nothing', [{}], { signal: AbortSignal.abort() }));
      same(error.code, 'aborted');
    },
  },
  {
    name: 'stops between payloads and works again afterwards',
    run: async (executor) => {
      const controller = new AbortController();
      const payloads = Array.from({ length: 50 }, (_, index) => ({ index, milliseconds: 10 }));
      const onDone = (): void => {
        controller.abort();
      };
      const error = await failureOf(executor.map('late', payloads, { signal: controller.signal, onDone }));
      same(error.code, 'aborted');
      same(await executor.map('nothing', [{}]), [null]);
    },
  },
  {
    name: 'runs two calls at once without mixing them',
    run: async (executor) => {
      const payloads = (shift: number): unknown[] =>
        Array.from({ length: 5 }, (_, i) => ({ index: shift + i, milliseconds: (i * 7) % 10 }));
      const both = await Promise.all([executor.map('late', payloads(0)), executor.map('late', payloads(100))]);
      same(both, [
        [0, 1, 2, 3, 4],
        [100, 101, 102, 103, 104],
      ]);
    },
  },
];
