import { describe, expect, it } from 'vitest';
import type { RunContext } from '../core/context.js';
import type { StepStore } from '../core/step-store.js';
import { runStep, type StepEnvironment } from './step.js';

function memoryStore(): StepStore & { size: () => number } {
  const kept = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    put: (key, value) => {
      kept.set(key, value);
      return Promise.resolve();
    },
    size: () => kept.size,
  };
}

const context: RunContext = { seed: 1, executor: { concurrency: 1, map: () => Promise.resolve([]) } };

describe('runStep', () => {
  it('computes once for the same inputs and again when inputs, seed or version change', async () => {
    let runs = 0;
    const store = memoryStore();
    const base: StepEnvironment = { context, store, version: '1', kernels: null };
    const run = (environment: StepEnvironment, input: string): Promise<number> =>
      runStep('sum', [input], environment, () => ++runs);
    expect(await run(base, 'a')).toBe(1);
    expect(await run(base, 'a')).toBe(1);
    expect(await run(base, 'b')).toBe(2);
    expect(await run({ ...base, version: '2' }, 'a')).toBe(3);
    expect(await run({ ...base, context: { ...context, seed: 2 } }, 'a')).toBe(4);
  });

  it('keeps nothing of a step that failed or was stopped', async () => {
    const store = memoryStore();
    const environment: StepEnvironment = { context, store, version: '1', kernels: null };
    await expect(runStep('x', [], environment, () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
    const signal = { aborted: false } as AbortSignal;
    const stopped = { ...environment, context: { ...context, signal } };
    await expect(
      runStep('y', [], stopped, () => {
        (signal as { aborted: boolean }).aborted = true;
        return 1;
      }),
    ).rejects.toThrow('Stopped');
    expect(store.size()).toBe(0);
  });
});
