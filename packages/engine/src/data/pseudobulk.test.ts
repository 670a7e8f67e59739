import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { createCompressed, type DenseMatrix } from './matrix.js';
import { regroupGenes, sumCells } from './pseudobulk.js';

const csr = createCompressed({
  kind: 'csr',
  shape: [3, 4],
  indptr: Uint32Array.of(0, 2, 2, 4),
  indices: Uint32Array.of(0, 3, 1, 3),
  data: Float32Array.of(1, 2, 5, 7),
});
const csc = createCompressed({
  kind: 'csc',
  shape: [3, 4],
  indptr: Uint32Array.of(0, 1, 2, 2, 4),
  indices: Uint32Array.of(0, 2, 0, 2),
  data: Float32Array.of(1, 5, 2, 7),
});
const dense: DenseMatrix = { kind: 'dense', shape: [3, 4], data: Float64Array.of(1, 0, 0, 2, 0, 0, 0, 0, 0, 5, 0, 7) };

describe('sumCells', () => {
  it.each([csr, csc, dense])('sums the cells of a $kind matrix, and its blocks add up to the whole', (X) => {
    const { total, blocks, nCells } = sumCells(X, { blocks: 2, rng: createRng(1, 'blocks') });
    expect([...total]).toEqual([1, 5, 0, 9]);
    expect(nCells).toBe(3);
    expect(blocks?.count).toBe(2);
    const summed = [0, 1, 2, 3].map((g) => (blocks?.values[g] ?? 0) + (blocks?.values[4 + g] ?? 0));
    expect(summed).toEqual([1, 5, 0, 9]);
  });

  it('gives each cell its own block when there are fewer cells than blocks', () => {
    expect(sumCells(csr, { blocks: 50, rng: createRng(1) }).blocks?.count).toBe(3);
  });
});

describe('regroupGenes', () => {
  it('adds genes that share a name and drops the others', () => {
    const sample = sumCells(dense, { blocks: 2, rng: createRng(1) });
    const regrouped = regroupGenes(sample, Int32Array.of(1, 0, -1, 1), 2);
    expect([...regrouped.total]).toEqual([5, 10]);
    expect(() => regroupGenes(sample, Int32Array.of(0), 1)).toThrow(/does not fit/);
  });
});

describe('createCompressed', () => {
  it('refuses unsorted, repeated or outside indices and wrong pointers', () => {
    const broken =
      (over: object): (() => unknown) =>
      () =>
        createCompressed({ ...csr, ...over });
    expect(broken({ indices: Uint32Array.of(3, 0, 1, 3) })).toThrow(/unsorted/);
    expect(broken({ indices: Uint32Array.of(0, 0, 1, 3) })).toThrow(/unsorted or repeated/);
    expect(broken({ indices: Uint32Array.of(0, 4, 1, 3) })).toThrow(/outside its shape/);
    expect(broken({ indptr: Uint32Array.of(0, 2, 4) })).toThrow(/row pointers/);
    expect(broken({ indptr: Uint32Array.of(0, 2, 1, 4) })).toThrow(/go down/);
  });
});
