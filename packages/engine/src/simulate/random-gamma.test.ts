import gammainc from '@stdlib/math-base-special-gammainc';
import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { randomGamma } from './random-gamma.js';

const n = 20_000;

function draws(shape: number): Float64Array {
  const rng = createRng(11, 'gamma', Math.round(shape * 1000));
  return Float64Array.from({ length: n }, () => randomGamma(rng, shape));
}

/** Largest distance between the empirical and the true distribution function. */
function kolmogorovDistance(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort();
  return sorted.reduce((worst, x, i) => Math.max(worst, Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)), 0);
}

describe('randomGamma', () => {
  it.each([0.05, 0.4, 1, 2.5, 5, 100])('follows the gamma distribution of shape %d', (shape) => {
    const sample = draws(shape);
    // The Kolmogorov–Smirnov statistic exceeds 1.95/√n once in a thousand samples.
    expect(kolmogorovDistance(sample, (x) => gammainc(x, shape, true, false))).toBeLessThan(1.95 / Math.sqrt(n));
    const mean = sample.reduce((sum, x) => sum + x, 0) / n;
    const variance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / n));
    // Var(s²) ≈ σ⁴ (kurtosis − 1)/n with kurtosis 3 + 6/shape.
    expect(Math.abs(variance - shape)).toBeLessThan(4 * shape * Math.sqrt((2 + 6 / shape) / n));
  });

  it('gives the same numbers for the same stream', () => {
    expect(draws(2.5)).toEqual(draws(2.5));
  });

  it.each([0, -1, NaN, Infinity])('refuses the shape %d', (shape) => {
    expect(() => randomGamma(createRng(1), shape)).toThrow(/positive shape/);
  });
});
