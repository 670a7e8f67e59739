import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stepStore } from '../../packages/host/src/node/step-store.js';
import { temporaryFolder } from './temporary.js';

const value = { t: Float64Array.of(1, NaN, -0), names: ['a', null], sets: new Set(['x']), nested: { n: [1n, true] } };

it('gives back what was kept, typed arrays and all', async () => {
  const folder = join(temporaryFolder(), 'steps');
  expect(await stepStore(folder).get('abc')).toBeUndefined();
  expect(existsSync(folder)).toBe(false);
  await stepStore(folder).put('abc', value);
  expect(await stepStore(folder).get('abc')).toEqual(value);
  expect(readdirSync(folder)).toEqual(['abc.step']);
});

it('keeps arrays in shared memory', async () => {
  const shared = new Float64Array(new SharedArrayBuffer(24));
  shared[2] = 7;
  const store = stepStore(temporaryFolder());
  await store.put('k', shared);
  expect(await store.get('k')).toEqual(Float64Array.of(0, 0, 7));
});

it('takes a damaged or cut file for absent, and removes it', async () => {
  const folder = temporaryFolder();
  const store = stepStore(folder);
  await store.put('k', value);
  const path = join(folder, 'k.step');
  const whole = readFileSync(path);
  for (const bytes of [whole.subarray(0, whole.length - 3), Buffer.alloc(0), Buffer.from('not a step at all')]) {
    writeFileSync(path, bytes);
    expect(await store.get('k')).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  }
});

it('keeps odd keys in its own folder', async () => {
  const folder = temporaryFolder();
  const store = stepStore(folder);
  await store.put('../../escape', 1);
  expect(await store.get('../../escape')).toBe(1);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('knows which steps were used', async () => {
  const folder = temporaryFolder();
  await stepStore(folder).put('old', 1);
  const store = stepStore(folder);
  await store.get('old');
  await store.put('new', 2);
  expect([...store.used].sort()).toEqual(['new.step', 'old.step']);
});
