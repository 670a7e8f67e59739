import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { matchAcrossGroups, thinned } from './match-depth.js';

describe('matching a number across groups', () => {
  const rng = createRng(5, 'match');
  const groupOf = Uint8Array.from({ length: 300 }, (_, c) => c % 3);
  const values = Float64Array.from(groupOf, (g) => (g + 1) * (500 + 500 * rng.uniform()));

  it('gives every group one distribution, at most that of the smallest', () => {
    const targets = matchAcrossGroups(values, groupOf, 'smallest');
    const ofGroup = (g: number): Float64Array => targets.filter((_, c) => groupOf[c] === g).sort();
    for (const g of [1, 2])
      ofGroup(g).forEach((t, i) => {
        expect(t).toBeCloseTo(ofGroup(0)[i] as number, 6);
      });
    targets.forEach((t, c) => {
      expect(t).toBeLessThanOrEqual((values[c] as number) + 1e-6);
    });
  });

  it('takes the largest where noise is to be added', () => {
    const targets = matchAcrossGroups(values, groupOf, 'largest');
    targets.forEach((t, c) => {
      expect(t).toBeGreaterThanOrEqual((values[c] as number) - 1e-6);
    });
  });
});

describe('thinning a count', () => {
  it('keeps each molecule with the probability given', () => {
    const rng = createRng(6, 'thin');
    const kept = Array.from({ length: 4000 }, () => thinned(10, 0.3, rng));
    const mean = kept.reduce((sum, k) => sum + k, 0) / kept.length;
    const variance = kept.reduce((sum, k) => sum + (k - mean) * (k - mean), 0) / kept.length;
    // Binomial: mean 3, variance 2.1; the standard errors are 0.023 and 0.05.
    expect(Math.abs(mean - 3)).toBeLessThan(0.1);
    expect(Math.abs(variance - 2.1)).toBeLessThan(0.2);
    expect(thinned(7, 1, rng)).toBe(7);
  });
});
