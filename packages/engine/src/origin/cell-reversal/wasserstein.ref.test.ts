import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { slicedWasserstein, sortedProjections, wassersteinOfSorted } from './wasserstein.js';

/** Values of scipy.stats.wasserstein_distance: reference/cell-reversal/wasserstein.py. */
const path = new URL('../../../../../reference/cell-reversal/wasserstein.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly cases: readonly { readonly a: number[]; readonly b: number[]; readonly distance: number }[];
};

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

describe('Wasserstein distance on a line', () => {
  it('is that of scipy for samples of any two sizes', () => {
    // Both are exact sums of at most 65 terms of size one.
    for (const { a, b, distance } of cases) {
      expect(wassersteinOfSorted(sorted(a), sorted(b))).toBeCloseTo(distance, 12);
      expect(wassersteinOfSorted(sorted(b), sorted(a))).toBeCloseTo(distance, 12);
    }
    expect(cases.length).toBeGreaterThan(5);
  });

  it('is zero from a sample to itself repeated, and the shift from a sample to itself moved', () => {
    const values = sorted([3, 1, 4, 1, 5, 9]);
    expect(wassersteinOfSorted(values, sorted([...values, ...values]))).toBeCloseTo(0, 12);
    expect(
      wassersteinOfSorted(
        values,
        values.map((x) => x - 2.5),
      ),
    ).toBeCloseTo(2.5, 12);
  });
});

describe('sliced Wasserstein distance', () => {
  it('is the mean over directions of the distance on each', () => {
    const points = { nDimensions: 2, values: Float64Array.of(0, 0, 1, 0, 4, 3, 5, 3) };
    const directions = Float64Array.of(1, 0, 0, 1);
    const a = sortedProjections(points, [0, 1], directions);
    const b = sortedProjections(points, [2, 3], directions);
    expect(slicedWasserstein(a, b)).toBeCloseTo((4 + 3) / 2, 12);
  });
});
