import { describe, expect, it } from 'vitest';
import type { CellCounts } from '../cell-counts.js';
import { subsampleCells } from './subsample-cells.js';

/** One count per cell, which is the cell's own number. */
function cellsOf(sizes: readonly number[]): CellCounts {
  const n = sizes.reduce((a, b) => a + b, 0);
  return {
    counts: {
      kind: 'csr',
      shape: [n, 3],
      indptr: Uint32Array.from({ length: n + 1 }, (_, i) => i),
      indices: new Uint16Array(n),
      data: Uint16Array.from({ length: n }, (_, i) => i),
    },
    genes: ['A', 'B', 'C'],
    barcodes: Array.from({ length: n }, (_, i) => `cell${String(i)}`),
    sampleOf: Uint32Array.from(sizes.flatMap((size, s) => Array.from({ length: size }, () => s))),
    samples: sizes.map((_, s) => ({
      sample: `S${String(s)}`,
      patient: `P${String(s)}`,
      stage: 'untreated',
      treatment: 'none',
      technology: 'single-cell',
    })),
  };
}

const seed = { seed: 5 };
const perSample = (sampleOf: Uint32Array, n: number): number[] =>
  Array.from({ length: n }, (_, s) => sampleOf.filter((sample) => sample === s).length);

describe('subsampleCells', () => {
  it('keeps the same number of each sample, and all of the small ones', () => {
    const { cells, kept, perSample: share } = subsampleCells(cellsOf([1000, 10, 300]), { maxCells: 200 }, seed);
    expect(perSample(cells.sampleOf, 3)).toEqual([95, 10, 95]);
    expect(share).toBe(95);
    expect(Array.from(cells.counts.data)).toEqual(Array.from(kept));
    expect(cells.barcodes[7]).toBe(`cell${String(kept[7])}`);
    expect(Array.from(kept)).toEqual([...new Set(kept)].sort((a, b) => a - b));
  });

  it('returns the cells themselves when they are few enough', () => {
    const cells = cellsOf([20, 30]);
    expect(subsampleCells(cells, { maxCells: 50 }, seed).cells).toBe(cells);
  });

  it('draws the same cells for the same seed, whatever the other samples are', () => {
    const drawn = (sizes: readonly number[], context: { readonly seed: number }): number[] =>
      Array.from(subsampleCells(cellsOf(sizes), { maxCells: 40 }, context).kept).slice(0, 20);
    expect(drawn([500, 600], seed)).toEqual(drawn([500, 600], seed));
    expect(drawn([500, 600], seed)).toEqual(drawn([500, 9000], seed));
    expect(drawn([500, 600], seed)).not.toEqual(drawn([500, 600], { seed: 6 }));
  });

  it('draws every cell as often', () => {
    const times = new Uint32Array(20);
    for (let run = 0; run < 2000; run++) {
      for (const cell of subsampleCells(cellsOf([20]), { maxCells: 5 }, { seed: run }).kept)
        times[cell] = (times[cell] as number) + 1;
    }
    // 500 expected; standard deviation 19.4.
    expect(Math.min(...times)).toBeGreaterThan(420);
    expect(Math.max(...times)).toBeLessThan(580);
  });

  it('refuses to leave a sample without a cell, but not samples that have none', () => {
    expect(() => subsampleCells(cellsOf([5, 5, 5]), { maxCells: 2 }, seed)).toThrow(/maxCells of at least 3/);
    expect(perSample(subsampleCells(cellsOf([5, 0, 5]), { maxCells: 2 }, seed).cells.sampleOf, 3)).toEqual([1, 0, 1]);
  });
});
