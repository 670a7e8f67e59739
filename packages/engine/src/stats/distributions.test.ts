import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as d from './distributions.js';
import { logFUpper, studentUpperQuantile } from './log-tails.js';
import { trigammaInverse } from './trigamma-inverse.js';

const df = fc.double({ min: 0.5, max: 500, noNaN: true });
const p = fc.double({ min: 1e-8, max: 1 - 1e-8, noNaN: true });

describe('distributions', () => {
  it('quantiles undo their distribution functions', () => {
    fc.assert(
      fc.property(p, df, df, (probability, a, b) => {
        expect(1 - d.studentUpper(d.studentQuantile(probability, a), a)).toBeCloseTo(probability, 9);
        expect(d.fCdf(d.fQuantile(probability, a, b), a, b)).toBeCloseTo(probability, 9);
        expect(d.fUpper(d.fUpperQuantile(probability, a, b), a, b)).toBeCloseTo(probability, 9);
        expect(1 - d.chiSquaredUpper(d.chiSquaredQuantile(probability, a), a)).toBeCloseTo(probability, 9);
      }),
    );
  });

  it('pass into their limits at infinite degrees of freedom', () => {
    expect(d.studentTwoSided(1.3, Infinity)).toBeCloseTo(d.studentTwoSided(1.3, 1e9), 8);
    expect(d.studentQuantile(0.2, Infinity)).toBe(d.normalQuantile(0.2));
    expect(d.fUpper(2, 3, Infinity)).toBeCloseTo(d.fUpper(2, 3, 1e9), 8);
    expect(d.fQuantile(0.3, 3, Infinity)).toBeCloseTo(d.fQuantile(0.3, 3, 1e8), 6);
    expect(d.fUpperQuantile(0.3, 3, Infinity)).toBeCloseTo(d.fQuantile(0.7, 3, Infinity), 12);
    expect(d.fCdf(2, 3, Infinity)).toBeCloseTo(1 - d.fUpper(2, 3, Infinity), 12);
    expect(d.logFDensity(2, 3, Infinity)).toBeCloseTo(d.logFDensity(2, 3, 1e8), 6);
    expect(logFUpper(2, 3, Infinity)).toBeCloseTo(Math.log(d.fUpper(2, 3, Infinity)), 12);
  });

  it('are NaN outside their domain and exact at the ends', () => {
    expect(d.studentTwoSided(NaN, 3)).toBeNaN();
    expect(d.studentTwoSided(1, 0)).toBeNaN();
    expect(d.fUpper(NaN, 1, 1)).toBeNaN();
    expect(d.studentTwoSided(Infinity, 3)).toBe(0);
    expect(d.fUpper(0, 2, 2)).toBe(1);
    expect(d.fCdf(0, 2, 2)).toBe(0);
    expect(d.studentQuantile(0.5, 4)).toBe(0);
    expect(studentUpperQuantile(0, 5)).toBe(0);
    expect(d.normalCdf(0)).toBe(0.5);
  });

  it('the inverse trigamma covers very small and very large values', () => {
    expect(trigammaInverse(-1)).toBeNaN();
    expect(trigammaInverse(0)).toBe(Infinity);
    expect(trigammaInverse(4e8)).toBeCloseTo(5e-5, 12);
  });
});
