import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { describe, expect, it } from 'vitest';
import type { Executor } from '../../core/executor.js';
import { selectRows } from '../../data/compact-counts.js';
import { emptyDroplets } from './empty-droplets.js';
import { qualityTasks } from './quality-tasks.js';
import { goodTuringProportions } from './good-turing.js';
import { csrFromRows, type PlantedDroplets, plantDroplets } from './planted-cells.test-helper.js';

const plant = (seed: number): PlantedDroplets =>
  plantDroplets({ seed, nGenes: 300, nEmpty: 1200, nCells: [80, 80], ambient: 0.1, depth: 700, markersPerKind: 20 });
const options = { iterations: 1000, fdr: 0.01 };

describe('emptyDroplets', () => {
  it('finds planted cells and leaves empties', async () => {
    for (const seed of [1, 2]) {
      const { counts, isCell } = plant(seed);
      const found = await emptyDroplets(counts, options, inlineContext(qualityTasks, seed));
      expect(found.status).toBe('ok');
      const cells = found.isCell.filter((is, i) => is === 1 && isCell[i] === 1).length;
      const empties = found.isCell.filter((is, i) => is === 1 && isCell[i] === 0).length;
      expect(cells / 160).toBeGreaterThan(0.93);
      expect(empties).toBeLessThanOrEqual(2);
    }
  });

  it('recovers the soup', async () => {
    const { counts, soup } = plant(3);
    const { ambientProfile } = await emptyDroplets(counts, { ...options, iterations: 50 }, inlineContext(qualityTasks));
    const distance = ambientProfile!.reduce((sum, p, g) => sum + Math.abs(p - soup[g]!), 0) / 2;
    expect(distance).toBeLessThan(0.05);
    expect(ambientProfile!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
  });

  it('keeps to its level where there is nothing but soup', async () => {
    const { counts } = plantDroplets({
      seed: 4,
      nGenes: 300,
      nEmpty: 1500,
      nCells: [1],
      ambient: 0,
      depth: 50,
      markersPerKind: 1,
    });
    const { pValue, isCell } = await emptyDroplets(
      counts,
      { ...options, lower: 60, retain: 1e9 },
      inlineContext(qualityTasks),
    );
    const tested = pValue.filter((p) => !Number.isNaN(p));
    expect(tested.length).toBeGreaterThan(200);
    expect(tested.filter((p) => p <= 0.05).length / tested.length).toBeLessThan(0.08);
    expect(isCell.filter((is) => is === 1).length).toBeLessThanOrEqual(1);
  });

  it('is the same for the same seed, and does not depend on the order of the barcodes', async () => {
    const { counts } = plant(5);
    const order = Uint32Array.from({ length: counts.shape[0] }, (_, i) => i).reverse();
    const first = await emptyDroplets(counts, options, inlineContext(qualityTasks, 9));
    const again = await emptyDroplets(counts, options, inlineContext(qualityTasks, 9));
    const reversed = await emptyDroplets(selectRows(counts, order), options, inlineContext(qualityTasks, 9));
    expect(again.pValue).toEqual(first.pValue);
    expect(reversed.pValue).toEqual(first.pValue.toReversed());
    expect((await emptyDroplets(counts, options, inlineContext(qualityTasks, 10))).pValue).not.toEqual(first.pValue);
  });

  it('does not depend on which block is done first', async () => {
    const { counts } = plant(5);
    const backwards: Executor = {
      concurrency: 4,
      map: async (task, payloads) =>
        (await inlineContext(qualityTasks).executor.map(task, payloads.toReversed())).reverse() as never,
    };
    const found = await emptyDroplets(counts, options, { seed: 9, executor: backwards });
    expect(found.pValue).toEqual((await emptyDroplets(counts, options, inlineContext(qualityTasks, 9))).pValue);
  });

  it('says when the empty droplets are gone, and keeps everything', async () => {
    const { counts, isCell } = plant(6);
    const cells = Uint32Array.from(isCell.keys()).filter((i) => isCell[i] === 1);
    const found = await emptyDroplets(selectRows(counts, cells), options, inlineContext(qualityTasks));
    expect(found).toMatchObject({ status: 'already-filtered', nCells: 160, ambientProfile: null, alpha: null });
    expect(found.reasons[0]).toMatch(/of 160 barcodes have 1 to 100 counts; a raw matrix has at least 500/);
  });

  it('leaves out barcodes that take no part', async () => {
    const { counts, isCell } = plant(7);
    const takesPart = Uint8Array.from(isCell, (is, i) => (is === 1 && i % 2 === 0 ? 0 : 1));
    const found = await emptyDroplets(counts, { ...options, takesPart }, inlineContext(qualityTasks));
    expect(found.isCell.filter((is, i) => is === 1 && takesPart[i] === 0)).toHaveLength(0);
    expect(found.nCells).toBeGreaterThan(70);
  });

  it('says when more iterations could call more', async () => {
    const { counts } = plant(8);
    const found = await emptyDroplets(counts, { iterations: 100, fdr: 0.001 }, inlineContext(qualityTasks));
    expect(found.nLimited).toBeGreaterThan(0);
    expect(found.warnings[0]).toMatchObject({ code: 'too-few-iterations' });
  });

  it('refuses normalised values and options out of range', async () => {
    const { counts } = plant(8);
    const halves = { ...counts, data: counts.data.map((value) => value / 2) };
    await expect(emptyDroplets(halves, options, inlineContext(qualityTasks))).rejects.toThrow(/whole numbers/);
    await expect(emptyDroplets(counts, { fdr: 0 }, inlineContext(qualityTasks))).rejects.toThrow(/fdr/);
    await expect(emptyDroplets(counts, { iterations: 0.5 }, inlineContext(qualityTasks))).rejects.toThrow(/iterations/);
    const takesPart = new Uint8Array(2);
    await expect(emptyDroplets(counts, { takesPart }, inlineContext(qualityTasks))).rejects.toThrow(/takesPart/);
  });

  it('takes a matrix without any count for filtered', async () => {
    const found = await emptyDroplets(csrFromRows([[0, 0]]), {}, inlineContext(qualityTasks));
    expect(found.status).toBe('already-filtered');
  });
});

describe('goodTuringProportions', () => {
  it('gives what was never seen the share of what was seen once', () => {
    const shares = goodTuringProportions([0, 0, 1, 1, 1, 2, 2, 3, 5, 10]);
    expect(shares[0]).toBeCloseTo(3 / 25 / 2, 12);
    expect(shares.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  it('keeps plain shares where one count occurs only, and sums to one without zeros', () => {
    expect(Array.from(goodTuringProportions([4, 4]))).toEqual([0.5, 0.5]);
    expect(goodTuringProportions([1, 1, 2, 7]).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });
});
