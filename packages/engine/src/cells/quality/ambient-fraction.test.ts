import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { selectRows } from '../../data/compact-counts.js';
import { ambientFraction } from './ambient-fraction.js';
import { qualityTasks } from './quality-tasks.js';
import {
  csrFromRows,
  drawCounts,
  type PlantedDroplets,
  plantDroplets,
  randomProfile,
} from './planted-cells.test-helper.js';

const plant = (seed: number, ambient: number): PlantedDroplets =>
  plantDroplets({
    seed,
    nGenes: 300,
    nEmpty: 0,
    nCells: [200, 120, 80],
    ambient,
    depth: 5000,
    markersPerKind: 20,
    leak: ambient < 0.05 ? 0 : 0.03,
  });

/** Ambient counts over all counts of the cells. */
function plantedFraction({ counts, ambientOf }: PlantedDroplets): number {
  let [ambient, all] = [0, 0];
  ambientOf.forEach((share, cell) => {
    for (let k = counts.indptr[cell]!; k < counts.indptr[cell + 1]!; k++) {
      ambient += share * counts.data[k]!;
      all += counts.data[k]!;
    }
  });
  return ambient / all;
}

describe('ambientFraction', () => {
  it('recovers the planted share within 0.03', async () => {
    for (const ambient of [0.01, 0.1, 0.2, 0.35]) {
      for (const seed of [1, 2, 3]) {
        const planted = plant(seed, ambient);
        const { fraction, genes } = await ambientFraction(
          planted,
          { profile: planted.soup },
          inlineContext(qualityTasks, seed),
        );
        expect(fraction.status).toBe('ok');
        expect(Math.abs(fraction.value! - plantedFraction(planted))).toBeLessThan(0.03);
        expect(genes.length).toBeGreaterThanOrEqual(10);
      }
    }
  });

  it('scores cells by their own ambient share, whatever their depth', async () => {
    const planted = plant(4, 0.2);
    const { score } = await ambientFraction(planted, { profile: planted.soup }, inlineContext(qualityTasks));
    expect(score!.meaning).toBe('ambient-share');
    for (const kind of [0, 1, 2]) {
      const cells = Array.from(planted.kindOf.keys()).filter((cell) => planted.kindOf[cell] === kind);
      const of = (values: ArrayLike<number>): number[] => cells.map((cell) => values[cell]!);
      expect(correlation(of(score!.values), of(planted.ambientOf))).toBeGreaterThan(0.6);
    }
  });

  const oneKind = plantDroplets({
    seed: 5,
    nGenes: 300,
    nEmpty: 0,
    nCells: [400],
    ambient: 0.1,
    depth: 5000,
    markersPerKind: 20,
  });

  it('is not identifiable in cells of one kind, and says how much there can be at most', async () => {
    const planted = oneKind;
    const { fraction, score } = await ambientFraction(planted, { profile: planted.soup }, inlineContext(qualityTasks));
    expect(fraction).toMatchObject({ value: null, status: 'not-identifiable', low: 0 });
    expect(fraction.high!).toBeGreaterThan(0.1);
    expect(fraction.reasons[0]).toMatch(/expressed by only a part of the cells; 10 are needed/);
    expect(score!.meaning).toBe('towards-empty-droplets');
    expect((await ambientFraction(planted, { profile: null }, inlineContext(qualityTasks))).score).toBeNull();
  });

  it('scores cells of one kind by how far they lie towards the empty droplets', async () => {
    const rng = createRng(1, 'towards');
    const [own, soup] = [randomProfile(rng, 200, 1), randomProfile(rng, 200, 1)];
    const shares = Array.from({ length: 100 }, (_, i) => (i % 10) / 20);
    const depths = shares.map(() => 500 + rng.integer(5000));
    const rows = shares.map((a, i) =>
      drawCounts(
        rng,
        own.map((p, g) => depths[i]! * ((1 - a) * p + a * soup[g]!)),
      ),
    );
    const genes = Array.from(own.keys(), (g) => `G${String(g)}`);
    const found = await ambientFraction(
      { counts: csrFromRows(rows), genes },
      { profile: soup },
      inlineContext(qualityTasks),
    );
    expect(found.score!.meaning).toBe('towards-empty-droplets');
    const values = Array.from(found.score!.values);
    expect(correlation(values, shares)).toBeGreaterThan(0.95);
    expect(Math.abs(correlation(values, depths))).toBeLessThan(0.2);
  });

  it('gives a stand-in, labelled so, where the empty droplets are unknown', async () => {
    const planted = plant(6, 0.1);
    const found = await ambientFraction(planted, { profile: null }, inlineContext(qualityTasks));
    expect(found.fraction).toMatchObject({ value: null, high: null, status: 'not-identifiable' });
    expect(found.profileFrom).toBe('mean of the cells (stand-in)');
    expect(found.standIn!.status).toBe('ok');
    expect(found.score!.meaning).toBe('ambient-share');
    expect(found.warnings[0]).toMatchObject({ code: 'ambient-profile-unknown' });
  });

  it('does not depend on the order of the cells', async () => {
    const planted = plant(7, 0.1);
    const order = Uint32Array.from(planted.kindOf.keys()).reverse();
    const options = { profile: planted.soup };
    const first = await ambientFraction(planted, options, inlineContext(qualityTasks));
    const turned = await ambientFraction(
      { ...planted, counts: selectRows(planted.counts, order) },
      options,
      inlineContext(qualityTasks),
    );
    expect(turned.fraction.value).toBeCloseTo(first.fraction.value!, 12);
    expect(turned.score!.values.toReversed()[3]).toBeCloseTo(first.score!.values[3]!, 10);
  });

  it('refuses a profile that does not fit', async () => {
    const planted = plant(8, 0.1);
    await expect(
      ambientFraction(planted, { profile: new Float64Array(3) }, inlineContext(qualityTasks)),
    ).rejects.toThrow(/profile/);
    await expect(ambientFraction(planted, { profile: null, level: 1 }, inlineContext(qualityTasks))).rejects.toThrow(
      /level/,
    );
    await expect(
      ambientFraction(planted, { profile: null, bootstraps: 0 }, inlineContext(qualityTasks)),
    ).rejects.toThrow(/bootstraps/);
  });
});

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const cross = (a: readonly number[], ma: number, b: readonly number[], mb: number): number =>
    a.reduce((sum, v, i) => sum + (v - ma) * (b[i]! - mb), 0);
  return cross(x, mx, y, my) / Math.sqrt(cross(x, mx, x, mx) * cross(y, my, y, my));
}
