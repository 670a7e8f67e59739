import gammainc from '@stdlib/math-base-special-gammainc';
import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { chiSquaredUpper } from '../stats/distributions.js';
import { randomPoisson } from './random-poisson.js';

const n = 50_000;

/** P(N ≤ k) by the incomplete gamma function: independent of the sampler. */
function poissonCdf(k: number, mean: number): number {
  return k < 0 ? 0 : gammainc(mean, k + 1, true, true);
}

/** Chi-squared P value over bins of at least 20 expected counts. */
function goodnessOfFit(counts: readonly number[], mean: number): number {
  const observed = new Map<number, number>();
  for (const count of counts) observed.set(count, (observed.get(count) ?? 0) + 1);
  const bins: { seen: number; expected: number }[] = [];
  let open = { seen: 0, expected: 0 };
  for (let k = 0; poissonCdf(k - 1, mean) < 1 - 20 / n; k++) {
    open = {
      seen: open.seen + (observed.get(k) ?? 0),
      expected: open.expected + n * (poissonCdf(k, mean) - poissonCdf(k - 1, mean)),
    };
    if (open.expected < 20) continue;
    bins.push(open);
    open = { seen: 0, expected: 0 };
  }
  const seen = bins.reduce((sum, bin) => sum + bin.seen, 0);
  const expected = bins.reduce((sum, bin) => sum + bin.expected, 0);
  bins.push({ seen: n - seen, expected: n - expected });
  const statistic = bins.reduce((sum, bin) => sum + (bin.seen - bin.expected) ** 2 / bin.expected, 0);
  return chiSquaredUpper(statistic, bins.length - 1);
}

describe('randomPoisson', () => {
  it.each([0.02, 0.7, 4, 9.999, 10, 11.5, 40, 1000])('follows the Poisson distribution of mean %d', (mean) => {
    const rng = createRng(5, 'poisson', Math.round(mean * 1000));
    const counts = Array.from({ length: n }, () => randomPoisson(rng, mean));
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    expect(goodnessOfFit(counts, mean)).toBeGreaterThan(0.001);
    const average = counts.reduce((sum, x) => sum + x, 0) / n;
    const variance = counts.reduce((sum, x) => sum + (x - average) ** 2, 0) / (n - 1);
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / n));
    expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((2 * mean ** 2 + mean) / n));
  });

  it('has the right spread at means where a table would not fit', () => {
    const rng = createRng(5, 'large');
    const scaled = Array.from({ length: 5000 }, () => (randomPoisson(rng, 1e9) - 1e9) / Math.sqrt(1e9));
    const mean = scaled.reduce((sum, x) => sum + x, 0) / 5000;
    expect(Math.abs(mean)).toBeLessThan(0.06);
    expect(scaled.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4999).toBeCloseTo(1, 1);
  });

  it('gives zero for a mean of zero', () => {
    expect(randomPoisson(createRng(1), 0)).toBe(0);
  });

  it('ends for the largest uniform, which lies above the rounded sum of all probabilities', () => {
    const rng = { ...createRng(1), uniform: (): number => 1 - 2 ** -53 };
    expect(randomPoisson(rng, 9.5)).toBeLessThan(200);
  });

  it.each([-1, NaN, Infinity])('refuses the mean %d', (mean) => {
    expect(() => randomPoisson(createRng(1), mean)).toThrow(/needs a mean/);
  });
});
