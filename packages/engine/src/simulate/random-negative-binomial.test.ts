import betainc from '@stdlib/math-base-special-betainc';
import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { randomNegativeBinomial } from './random-negative-binomial.js';
import { randomPoisson } from './random-poisson.js';

const n = 50_000;

/** P(N ≤ k) by the incomplete beta function, with size 1/φ and success probability 1/(1 + φμ). */
function cdf(k: number, mean: number, dispersion: number): number {
  return betainc(1 / (1 + dispersion * mean), 1 / dispersion, k + 1, true, false);
}

describe('randomNegativeBinomial', () => {
  it.each([
    [0.3, 0.2],
    [2, 0.6],
    [30, 0.05],
    [800, 0.01],
    [5, 4],
  ])('follows the negative binomial of mean %d and dispersion %d', (mean, dispersion) => {
    const rng = createRng(3, 'nb', Math.round(mean * 10));
    const counts = Array.from({ length: n }, () => randomNegativeBinomial(rng, mean, dispersion));
    const average = counts.reduce((sum, x) => sum + x, 0) / n;
    const variance = counts.reduce((sum, x) => sum + (x - average) ** 2, 0) / (n - 1);
    const expected = mean + dispersion * mean ** 2;
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(expected / n));
    // Var(s²) ≈ σ⁴ (2 + excess kurtosis)/n, with excess kurtosis 6φ + 1/σ².
    expect(Math.abs(variance - expected)).toBeLessThan(
      4 * expected * Math.sqrt((2 + 6 * dispersion + 1 / expected) / n),
    );
    const steps = [0, Math.floor(mean / 2), Math.floor(mean), Math.ceil(mean * 1.5), Math.ceil(mean * 3)];
    for (const k of steps) {
      const p = cdf(k, mean, dispersion);
      const seen = counts.filter((count) => count <= k).length / n;
      expect(Math.abs(seen - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n) + 1 / n);
    }
  });

  it('is the Poisson distribution at dispersion zero', () => {
    const a = createRng(9);
    const b = createRng(9);
    expect(randomNegativeBinomial(a, 7, 0)).toBe(randomPoisson(b, 7));
  });

  it('refuses a negative dispersion', () => {
    expect(() => randomNegativeBinomial(createRng(1), 1, -0.1)).toThrow(/dispersion of 0 or more/);
  });
});
