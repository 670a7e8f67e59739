import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  consensusNmf,
  createRng,
  metaProgrammeTasks,
  type OpenNmfKernel,
  openNmfKernel,
  type Rng,
} from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../tests/support/inline-context.js';
import { canRunWasmNmf, fastMetaProgrammeTasks, openWasmNmfKernel } from './nmf-kernel.js';

const kernels: readonly (readonly [string, OpenNmfKernel])[] = [
  ['TypeScript', openNmfKernel],
  ['WebAssembly', openWasmNmfKernel],
];

/** The slow obvious version of what a kernel does, on plain arrays, in the same order of additions. */
const obvious = {
  multiply: (majors: readonly (readonly [number, number][])[], factor: readonly number[][], stride: number) =>
    majors.map((row) =>
      Array.from({ length: stride }, (_, j) =>
        row.reduce((sum, [at, value]) => sum + value * (factor[at]?.[j] ?? NaN), 0),
      ),
    ),
  gram: (factor: readonly number[][], stride: number) =>
    Array.from({ length: stride }, (_, j) =>
      Array.from({ length: stride }, (__, l) =>
        factor.reduce((sum, row) => sum + (row[j] ?? NaN) * (row[l] ?? NaN), 0),
      ),
    ),
};

function randomRows(n: number, rank: number, stride: number, rng: Rng): number[][] {
  const entry = (j: number): number => (j >= rank || rng.uniform() < 0.3 ? 0 : rng.uniform());
  return Array.from({ length: n }, () => Array.from({ length: stride }, (_, j) => entry(j)));
}

function randomMajors(n: number, minor: number, rng: Rng): [number, number][][] {
  return Array.from({ length: n }, () =>
    Array.from({ length: minor }, (_, j) => j)
      .filter(() => rng.uniform() < 0.3)
      .map((j): [number, number] => [j, 5 * rng.uniform()]),
  );
}

describe.each(kernels)('%s kernel', (_, open) => {
  const rng = createRng(11);
  const ranks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16];

  it('multiplies, squares and descends as specified, to the byte, at every rank', () => {
    for (const rank of ranks) {
      const stride = rank + (rank % 2);
      const kernel = open(1e6);
      const specification = openNmfKernel(0);
      const [majors, rows] = [randomMajors(17, 23, rng), randomRows(23, rank, stride, rng)];
      const load = (values: readonly number[]): Float64Array => {
        const floats = kernel.floats(values.length);
        floats.set(values);
        return floats;
      };
      const whole = (values: readonly number[]): Uint32Array => {
        const integers = kernel.integers(values.length);
        integers.set(values);
        return integers;
      };
      let end = 0;
      const matrix = {
        indptr: whole([0, ...majors.map((row) => (end += row.length))]),
        indices: whole(majors.flatMap((row) => row.map(([at]) => at))),
        data: load(majors.flatMap((row) => row.map(([, value]) => value))),
      };
      const factor = load(rows.flat());
      const products = kernel.floats(17 * stride);
      kernel.multiply(matrix, factor, products, stride);
      expect([...products]).toEqual(obvious.multiply(majors, rows, stride).flat());
      const gram = kernel.floats(stride * stride);
      kernel.gram(factor, gram, stride);
      expect([...gram]).toEqual(obvious.gram(rows, stride).flat());
      const usage = load(randomRows(17, rank, stride, rng).flat());
      const plain = usage.slice();
      kernel.descend(usage, { gram, products, stride }, 7);
      specification.descend(plain, { gram: gram.slice(), products: products.slice(), stride }, 7);
      expect([...usage]).toEqual([...plain]);
      expect(usage.every((value, i) => value >= 0 && (i % stride < rank || value === 0))).toBe(true);
    }
  });

  it('descends to the non-negative minimiser', () => {
    const kernel = open(1e5);
    const gram = kernel.floats(4);
    gram.set([2, 1, 1, 3]);
    const products = kernel.floats(6);
    products.set([3, 4, -1, 3, 1, -5]);
    const factor = kernel.floats(6);
    for (let round = 0; round < 50; round++) kernel.descend(factor, { gram, products, stride: 2 }, 10);
    [1, 1, 0, 1, 0.5, 0].forEach((value, i) => {
      expect(factor[i]).toBeCloseTo(value, 12);
    });
  });
});

describe('the WebAssembly kernel', () => {
  it('runs here, and takes the place of the TypeScript tasks under the same names', () => {
    expect(canRunWasmNmf()).toBe(true);
    expect(Object.keys(fastMetaProgrammeTasks())).toEqual(Object.keys(metaProgrammeTasks));
  });

  it('factorises to the same bytes as the TypeScript kernel', async () => {
    const rng = createRng(5);
    const rows = randomMajors(120, 80, rng).map((row) => row.map(([at, value]) => [at, Math.ceil(value)] as const));
    const indptr = new Uint32Array(rows.length + 1);
    rows.forEach((row, i) => (indptr[i + 1] = (indptr[i] ?? 0) + row.length));
    const counts = {
      ...{ kind: 'csr' as const, shape: [120, 80] as const, indptr },
      indices: Uint32Array.from(rows.flatMap((row) => row.map(([at]) => at))),
      data: Float64Array.from(rows.flatMap((row) => row.map(([, value]) => value))),
    };
    const options = { ranks: [3, 4, 9], replicates: 4, minimumCells: 50, programmeGenes: 20, maximumIterations: 30 };
    const genes = Uint32Array.from({ length: 80 }, (_, g) => g);
    const [plain, fast] = await Promise.all(
      [metaProgrammeTasks, fastMetaProgrammeTasks()].map((tasks) =>
        consensusNmf(counts, { ...options, genes }, inlineContext(tasks)),
      ),
    );
    expect(fast).toEqual(plain);
  });

  it('refuses to take more memory than it was opened with', () => {
    const kernel = openWasmNmfKernel(1000);
    expect(() => kernel.floats(20_000)).toThrow(/too little memory/);
  });

  it('is what its source compiles to', () => {
    const script = fileURLToPath(new URL('../../../scripts/build-nmf-wasm.mjs', import.meta.url));
    expect(spawnSync(process.execPath, [script, '--check']).status).toBe(0);
  });
});
