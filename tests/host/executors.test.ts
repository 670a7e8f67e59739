import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Executor, isRemnantError } from '@remnant/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineExecutor } from '../../packages/host/src/executors/inline-executor.js';
import { type WorkerExecutor, workerExecutor } from '../../packages/host/src/executors/worker-executor.js';
import { startNodeWorker } from '../../packages/host/src/node/start-worker.js';
import { bundle } from './bundle.js';
import { conformanceCases } from './conformance.js';
import { conformanceTasks } from './conformance-tasks.js';

let entry: URL;
const open: WorkerExecutor[] = [];

function threads(workers: number, patienceMs?: number): WorkerExecutor {
  const start = (): ReturnType<typeof startNodeWorker> => startNodeWorker(entry);
  const executor = workerExecutor({ workers, start, ...(patienceMs === undefined ? {} : { patienceMs }) });
  open.push(executor);
  return executor;
}

beforeAll(async () => {
  entry = await bundle('node-worker-entry.ts', 'node');
});

afterAll(() => {
  for (const executor of open) executor.close();
});

const hosts: readonly (readonly [string, () => Executor])[] = [
  ['inline', () => inlineExecutor(conformanceTasks)],
  ['1 thread', () => threads(1)],
  ['2 threads', () => threads(2)],
  ['5 threads', () => threads(5)],
];

describe.each(hosts)('%s', (_, make) => {
  it.each(conformanceCases)('$name', async (one) => {
    await one.run(make());
  });
});

describe('worker threads', () => {
  const values = Float64Array.from({ length: 40_000 }, (_, i) => i);

  it('share large arrays instead of copying them', async () => {
    const payloads = [
      { values, from: 0, to: 1 },
      { values: values.subarray(100, 200), from: 0, to: 1 },
      { values: values.slice(0, 8), from: 0, to: 1 },
    ];
    expect(await threads(2).map('sharesMemory', payloads)).toEqual([true, true, false]);
  });

  async function stopped(task: string, payload: unknown, patienceMs: number): Promise<{ error: unknown; ms: number }> {
    const executor = threads(2, patienceMs);
    await executor.map('nothing', [{}, {}]);
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 60);
    const started = performance.now();
    const error: unknown = await executor
      .map(task, [payload, payload, payload], { signal: controller.signal })
      .catch((reason: unknown) => reason);
    const ms = performance.now() - started;
    expect(await executor.map('nothing', [{}])).toEqual([null]);
    return { error, ms };
  }

  it('see the shared flag while they compute', async () => {
    const { error, ms } = await stopped('spin', { milliseconds: 20_000 }, 15_000);
    expect(isRemnantError(error, 'aborted')).toBe(true);
    expect(ms).toBeLessThan(10_000);
  });

  it('see the cancel message when they yield, also without shared memory', async () => {
    const held = globalThis.SharedArrayBuffer;
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
    try {
      const { error, ms } = await stopped('yielding', { turns: 4000 }, 15_000);
      expect(isRemnantError(error, 'aborted')).toBe(true);
      expect(ms).toBeLessThan(10_000);
    } finally {
      globalThis.SharedArrayBuffer = held;
    }
  });

  it('are ended when they do not listen, and replaced', async () => {
    const { error, ms } = await stopped('deaf', { milliseconds: 20_000 }, 100);
    expect(isRemnantError(error, 'aborted')).toBe(true);
    expect(ms).toBeLessThan(10_000);
  });

  it('give the same results without shared memory', async () => {
    const held = globalThis.SharedArrayBuffer;
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
    try {
      const payload = { values: values.subarray(1000, 2000), from: 0, to: 1000 };
      expect(await threads(2).map('sum', [payload, payload])).toEqual([1_499_500, 1_499_500]);
    } finally {
      globalThis.SharedArrayBuffer = held;
    }
  });

  it('say so when they cannot start, instead of waiting for ever', async () => {
    const broken = new URL('broken.mjs', entry);
    writeFileSync(fileURLToPath(broken), 'throw new Error("no such module");');
    const executor = workerExecutor({ workers: 2, start: () => startNodeWorker(broken) });
    await expect(executor.map('nothing', [{}, {}])).rejects.toThrow(/stopped unexpectedly: no such module/);
    executor.close();
  });

  it('refuse a payload that is not data', async () => {
    await expect(threads(1).map('nothing', [() => 1])).rejects.toThrow(/cannot be sent to a worker/);
  });

  it('reject what is under way and what comes later once closed', async () => {
    const executor = threads(1);
    const running = executor.map('deaf', [{ milliseconds: 20_000 }, { milliseconds: 20_000 }]);
    const waiting = executor.map('nothing', [{}]);
    setTimeout(() => {
      executor.close();
    }, 100);
    const codes = await Promise.all(
      [running, waiting].map((call) => call.catch((e: unknown) => (e as { code: string }).code)),
    );
    expect(codes).toEqual(['aborted', 'aborted']);
    await expect(executor.map('nothing', [{}])).rejects.toThrow('Stopped');
  });
});
