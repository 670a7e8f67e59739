import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInterpolator } from './interpolate.js';
import { lowess } from './lowess.js';

describe('lowess', () => {
  it('reproduces a straight line, whatever the order of the points', () => {
    const x = [5, 1, 4, 2, 3, 9, 7, 8, 6, 0];
    // Without robustness passes: on an exact line those would weigh rounding errors, in R too.
    const y = x.map((v) => 3 * v - 2);
    const curve = lowess(x, y, { iterations: 0 });
    expect(Array.from(curve.x)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    curve.y.forEach((value, i) => {
      expect(value).toBeCloseTo(3 * i - 2, 10);
    });
  });

  it('is not drawn by one outlier', () => {
    const x = Array.from({ length: 40 }, (_, i) => i);
    const y = x.map((v) => (v === 20 ? 1000 : v + Math.sin(v)));
    expect(Math.abs((lowess(x, y).y[20] as number) - 20)).toBeLessThan(2);
  });

  it('smooths equal x to one value', () => {
    const { y } = lowess([1, 1, 1, 2, 3], [0, 3, 6, 5, 5], { span: 1 });
    expect(y[0]).toBe(y[1]);
    expect(y[1]).toBe(y[2]);
  });

  it('returns a single point as it is', () => {
    expect(Array.from(lowess([3], [4]).y)).toEqual([4]);
  });

  it('refuses missing values and impossible spans', () => {
    expect(() => lowess([1, 2], [1])).toThrow(/2 and 1/);
    expect(() => lowess([1, NaN], [1, 2])).toThrow(/missing or infinite/);
    expect(() => lowess([1, 2], [1, 2], { span: 0 })).toThrow(/span/);
  });
});

describe('createInterpolator', () => {
  it('is linear between points and constant beyond them', () => {
    const f = createInterpolator(Float64Array.of(0, 1, 3), Float64Array.of(0, 10, 30));
    expect([-5, 0, 0.5, 1, 2, 3, 9].map(f)).toEqual([0, 0, 5, 10, 20, 30, 30]);
    expect(f(NaN)).toBeNaN();
  });

  it('takes the mean of equal x', () => {
    const f = createInterpolator(Float64Array.of(0, 1, 1, 2), Float64Array.of(0, 4, 6, 10));
    expect(f(1)).toBe(5);
    expect(createInterpolator(Float64Array.of(2, 2), Float64Array.of(1, 3))(7)).toBe(2);
  });

  it('finds the same interval as a search through all points', () => {
    const points = fc.uniqueArray(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(points, fc.double({ min: -1100, max: 1100, noNaN: true }), (xs, value) => {
        const x = Float64Array.from(xs).sort();
        const y = x.map((v) => v * v);
        const i = Math.min(
          Math.max(
            x.findLastIndex((v) => v <= value),
            0,
          ),
          x.length - 2,
        );
        const share = Math.min(Math.max((value - x[i]!) / (x[i + 1]! - x[i]!), 0), 1);
        const expected = y[i]! + (y[i + 1]! - y[i]!) * share;
        expect(createInterpolator(x, y)(value)).toBeCloseTo(expected, 4);
      }),
    );
  });
});
