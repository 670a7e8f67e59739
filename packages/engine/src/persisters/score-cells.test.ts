import { describe, expect, it } from 'vitest';
import { drawCells, drawProfile } from './collected.test-helper.js';
import { type CellScores, scoreCells } from './score-cells.js';
import { untreatedProfile } from './untreated-profile.js';

const nCells = 4000;
const { rate, effects } = drawProfile(120, 5);
const draw = { rate, effects, dispersion: 0.4, meanDepth: 3000 };
const untreated = drawCells({ ...draw, shifted: new Uint8Array(nCells), seed: 1 });
const shifted = drawCells({ ...draw, shifted: new Uint8Array(nCells).fill(1), seed: 2 });
const profile = untreatedProfile(untreated, effects.length, new Float64Array(nCells).fill(1));
const caller = { effects, training: [effects], heldOutShare: 1 };

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('the untreated profile', () => {
  it('recovers rates and dispersion', () => {
    profile.rate.forEach((pi, g) => {
      expect(Math.abs(pi / (rate[g] as number) - 1)).toBeLessThan(0.2);
    });
    expect(mean(profile.dispersion)).toBeCloseTo(0.4, 1);
  });

  it('gives an undetected gene a small rate and the typical dispersion', () => {
    const all = new Float64Array(nCells).fill(1);
    const more = untreatedProfile(untreated, effects.length + 1, all);
    expect(more.rate.at(-1)).toBeGreaterThan(0);
    expect(more.rate.at(-1)).toBeLessThan(1e-6);
    expect(more.dispersion.at(-1)).toBeCloseTo(0.4, 1);
  });
});

describe('the score', () => {
  const scores = scoreCells(untreated, profile, caller);

  it('has mean 0, variance 1 and the stated skewness in untreated cells, at every depth', () => {
    const byDepth = [...untreated.depth.keys()].sort(
      (a, b) => (untreated.depth[a] as number) - (untreated.depth[b] as number),
    );
    for (const part of [byDepth.slice(0, nCells / 2), byDepth.slice(nCells / 2)]) {
      const z = part.map((c) => scores.z[c] as number);
      expect(Math.abs(mean(z))).toBeLessThan(0.08);
      expect(Math.abs(mean(z.map((x) => x * x)) - 1)).toBeLessThan(0.12);
      const skew = mean(part.map((c) => scores.skew[c] as number));
      expect(Math.abs(mean(z.map((x) => x * x * x)) - skew)).toBeLessThan(0.3);
    }
  });

  it('has the stated mean, variance and skewness in shifted cells', () => {
    const there = scoreCells(shifted, profile, caller);
    const excess = there.z.map((z, c) => z - (there.shift[c] as number));
    expect(mean(there.z) / mean(there.shift)).toBeCloseTo(1, 1);
    expect(mean(excess.map((x) => x * x)) / mean(there.varianceShifted)).toBeCloseTo(1, 0);
    expect(mean(there.skewShifted)).toBeGreaterThan(0);
  });

  it('takes its unit from the training patients, less what learning from them has added', () => {
    const shiftOf = (training: readonly Float64Array[], heldOutShare: number): number =>
      scoreCells(untreated, profile, { effects, training, heldOutShare }).shift[0] as number;
    const own = scores.shift[0] as number;
    expect(shiftOf([effects.map((e) => 1.3 * e)], 1)).toBeGreaterThan(own);
    expect(shiftOf([effects], 0.6)).toBeCloseTo(0.6 * own, 10);
    expect(shiftOf([], 1)).toBeCloseTo(own, 10);
    expect(shiftOf([effects.map((e) => -e)], 1)).toBeCloseTo(own, 10);
  });

  it('is missing in a cell without counts', () => {
    const empty: typeof untreated = { ...untreated, depth: untreated.depth.map((d, c) => (c === 3 ? 0 : d)) };
    const found: CellScores = scoreCells(empty, profile, caller);
    expect(found.z[3]).toBeNaN();
    expect(found.z[4]).not.toBeNaN();
  });
});
