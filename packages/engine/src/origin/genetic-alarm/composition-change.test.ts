import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { type CloneCounts, compositionChange } from './composition-change.js';

/** 200 cells of three clones, whose shares vary between samples by `spread`. */
function sampleOf(seed: number, stream: string, spread: number): CloneCounts {
  const rng = createRng(seed, stream);
  const weights = [5, 3, 2].map((weight) => weight * Math.exp(spread * rng.normal()));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const counts = new Map<string, number>();
  for (let i = 0; i < 200; i++) {
    let left = rng.uniform() * total;
    const clone = String(weights.findIndex((weight) => (left -= weight) < 0));
    counts.set(clone, (counts.get(clone) ?? 0) + 1);
  }
  return counts;
}
const shareBelow = (pValues: readonly number[]): number => pValues.filter((p) => p <= 0.05).length / pValues.length;

describe('change of the clone composition', () => {
  it('is Pearson’s χ² without replicates', () => {
    const found = compositionChange([
      [
        new Map([
          ['a', 30],
          ['b', 20],
        ]),
      ],
      [
        new Map([
          ['a', 15],
          ['b', 35],
        ]),
      ],
    ]);
    // Expected 22.5 and 27.5 on either side.
    expect(found.statistic).toBeCloseTo((2 * 7.5 ** 2) / 22.5 + (2 * 7.5 ** 2) / 27.5, 12);
    expect([found.basis, found.dispersion, found.df[0]]).toEqual(['technical only', null, 1]);
    // R: chisq.test(matrix(c(30, 20, 15, 35), 2), correct = FALSE)$p.value
    expect(found.pValue).toBeCloseTo(0.002569, 5);
    expect(found.clones[0]?.difference.value).toBeCloseTo(-0.3, 12);
  });

  it('has the right size with replicates that vary, where cells alone would mislead', () => {
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const stages = seeds.map(
      (seed) =>
        [
          ['a', 'b', 'c'].map((name) => sampleOf(seed, name, 0.4)),
          ['d', 'e', 'f'].map((name) => sampleOf(seed, name, 0.4)),
        ] as const,
    );
    const replicated = stages.map((pair) => compositionChange(pair));
    expect(replicated.every(({ basis, dispersion }) => basis === 'replicates' && (dispersion as number) >= 1)).toBe(
      true,
    );
    expect(shareBelow(replicated.map(({ pValue }) => pValue))).toBeLessThan(0.1);
    const single = stages.map(([before, after]) => compositionChange([before.slice(0, 1), after.slice(0, 1)]).pValue);
    expect(shareBelow(single)).toBeGreaterThan(0.3);
  });

  it('is unknown with one clone', () => {
    expect(compositionChange([[new Map([['a', 30]])], [new Map([['a', 15]])]]).pValue).toBeNaN();
  });
});
