import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squeezeVariances } from './squeeze-variances.js';

const spread = Array.from({ length: 50 }, (_, i) => 0.01 * (i + 1) * (1 + (i % 7)));

describe('squeezeVariances', () => {
  it('moves every variance towards the prior and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 5, maxLength: 40 }), (s2) => {
        const { posterior, prior } = squeezeVariances(s2, 4);
        posterior.forEach((value, i) => {
          const between = [s2[i] as number, prior].sort((a, b) => a - b) as [number, number];
          expect(value).toBeGreaterThanOrEqual(between[0] * (1 - 1e-12));
          expect(value).toBeLessThanOrEqual(between[1] * (1 + 1e-12));
        });
      }),
    );
  });

  it('scales with the variances', () => {
    const plain = squeezeVariances(spread, 5, { robust: true });
    const scaled = squeezeVariances(
      spread.map((v) => 9 * v),
      5,
      { robust: true },
    );
    expect(scaled.prior).toBeCloseTo(9 * plain.prior, 10);
    expect(scaled.dfPrior).toBeCloseTo(plain.dfPrior, 8);
  });

  it('gives variances without degrees of freedom the prior', () => {
    const { posterior, prior } = squeezeVariances([...spread, NaN], [...spread.map(() => 3), 0]);
    expect(posterior[50]).toBe(prior);
  });

  it('makes all variances equal when they differ no more than chance', () => {
    const { posterior, prior, dfPrior } = squeezeVariances([1, 1.01, 0.99, 1.02], 3);
    expect(dfPrior).toBe(Infinity);
    expect(Array.from(posterior)).toEqual([prior, prior, prior, prior]);
  });

  it('leaves a single variance as it is', () => {
    expect(Array.from(squeezeVariances([2], 3).posterior)).toEqual([2]);
  });

  it('warns of variances of zero', () => {
    expect(squeezeVariances([0, ...spread], 3).warnings[0]?.message).toMatch(/^1 residual variances/);
    expect(squeezeVariances([0, 0, 0, 1], 3).warnings[0]?.message).toMatch(/More than half/);
    expect(squeezeVariances(spread, 3).warnings).toEqual([]);
    expect(squeezeVariances([0, ...spread], 3, { robust: true }).warnings[0]?.message).toMatch(/practically zero/);
    expect(() => squeezeVariances([0, 0, 0, 1], 3, { robust: true })).toThrow(/Half of the residual variances/);
  });

  it('refuses lengths, tails and data that cannot be used', () => {
    expect(() => squeezeVariances([1, 2], [1])).toThrow(/one number of degrees of freedom per variance/);
    expect(() => squeezeVariances([1, 2], 0)).toThrow(/replicates/);
    expect(() => squeezeVariances([1, 2], 3, { winsorTail: [0.5, 0.6] })).toThrow(/winsor/);
  });

  it('is the plain estimate when nothing would be winsorised', () => {
    const none = squeezeVariances(spread, 5, { robust: true, winsorTail: [0.001, 0.001] });
    expect(none).toEqual(squeezeVariances(spread, 5));
  });
});
