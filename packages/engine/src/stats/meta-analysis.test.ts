import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomEffects } from './meta-analysis.js';

describe('randomEffects', () => {
  it('with equal weights is the t interval of the patient mean', () => {
    // mean 2, standard deviation 1, k = 3: SE = 1/√3; t of 2 degrees of freedom has the quantile (2p − 1)/√(2p(1 − p)).
    const result = randomEffects([1, 2, 3], [0.1, 5, 0.2]);
    expect(result.estimate).toBeCloseTo(2, 14);
    expect(result.standardError).toBeCloseTo(1 / Math.sqrt(3), 14);
    expect(result.high).toBeCloseTo(2 + 0.95 / Math.sqrt(2 * 0.975 * 0.025) / Math.sqrt(3), 10);
    expect(result).toMatchObject({ df: 2, status: 'ok', reasons: [], level: 0.95 });
  });

  it('needs no variances for that, but says that heterogeneity is missing', () => {
    const result = randomEffects([1, 2, 3], [NaN, 0, 1]);
    expect(result).toMatchObject({ status: 'ok', tau2: null, i2: null, q: null, qPValue: null });
    expect(result.reasons.join()).toMatch(/sampling variance of some patients is unknown/);
  });

  it('leaves out patients without an effect and counts them', () => {
    const result = randomEffects([1, NaN, 3], [1, 1, 1]);
    expect(result).toMatchObject({ estimate: 2, df: 1 });
    expect(result.reasons).toEqual(['1 of 3 patients have no usable effect']);
    expect(randomEffects([1, 2, 3], [1, NaN, 1], { weights: 'inverse-variance' }).df).toBe(1);
  });

  it('is not identifiable from fewer than two patients', () => {
    expect(randomEffects([1.5], [0.1])).toMatchObject({
      estimate: 1.5,
      low: null,
      pValue: null,
      status: 'not-identifiable',
    });
    expect(randomEffects([], [])).toMatchObject({ estimate: null, status: 'not-identifiable' });
  });

  it('does not invent certainty when all patients agree exactly', () => {
    const result = randomEffects([2, 2, 2], [1, 1, 1]);
    expect(result).toMatchObject({
      estimate: 2,
      low: null,
      high: null,
      pValue: null,
      status: 'not-identifiable',
      tau2: 0,
    });
  });

  it('finds the variance that makes Paule–Mandel hold', () => {
    const y = [0.1, 2, -1, 1.4];
    const v = [0.2, 0.1, 0.3, 0.05];
    const { tau2 } = randomEffects(y, v, { tau: 'PM', weights: 'inverse-variance' });
    const w = v.map((x) => 1 / (x + (tau2 as number)));
    const total = w.reduce((a, b) => a + b, 0);
    const mean = y.reduce((sum, x, i) => sum + x * w[i]!, 0) / total;
    expect(y.reduce((sum, x, i) => sum + w[i]! * (x - mean) ** 2, 0)).toBeCloseTo(3, 10);
  });

  it('REML with equal variances is the sample variance minus theirs', () => {
    const { tau2 } = randomEffects([1, 2, 3, 6], [0.5, 0.5, 0.5, 0.5], { weights: 'inverse-variance' });
    expect(tau2).toBeCloseTo(14 / 3 - 0.5, 9);
  });

  it('moves with a shift and a scale of the effects', () => {
    const effects = fc.array(
      fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.05, max: 4, noNaN: true })),
      {
        minLength: 3,
        maxLength: 9,
      },
    );
    fc.assert(
      fc.property(effects, fc.constantFrom('REML' as const, 'PM' as const), (pairs, tau) => {
        const y = pairs.map(([a]) => a);
        const v = pairs.map(([, b]) => b);
        const options = { tau, weights: 'inverse-variance' } as const;
        const plain = randomEffects(y, v, options);
        const moved = randomEffects(
          y.map((a) => 2 * a + 7),
          v.map((b) => 4 * b),
          options,
        );
        expect(moved.estimate).toBeCloseTo(2 * (plain.estimate as number) + 7, 5);
        expect(moved.tau2).toBeCloseTo(4 * (plain.tau2 as number), 5);
        expect(moved.standardError).toBeCloseTo(2 * (plain.standardError as number), 5);
      }),
    );
  });

  it('refuses lengths, variances and levels that do not fit', () => {
    expect(() => randomEffects([1], [])).toThrow(/one variance per effect/);
    expect(() => randomEffects([1, 2], [1, -1])).toThrow(/negative/);
    expect(() => randomEffects([1, 2], [1, 1], { level: 1 })).toThrow(/level/);
  });
});
