import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from './auc.js';
import { percentileInterval } from './bootstrap.js';
import { midRanks, pearson, spearman } from './correlation.js';
import { equivalenceTest } from './equivalence.js';
import { binomialUpper, clopperPearson, signTest } from './exact-binomial.js';
import { hypergeometricUpper, logHypergeometricUpper } from './hypergeometric.js';
import { benjaminiHochberg } from './multiple-testing.js';
import { median, quantile } from './quantile.js';
import { selectInPlace } from './select.js';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);

describe('quantile and selection', () => {
  it('selects what sorting would', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.nat(), (values, at) => {
        const k = at % values.length;
        expect(selectInPlace(Float64Array.from(values), k)).toBe(Float64Array.from(values).sort()[k]);
      }),
    );
  });

  it('leaves missing values out and refuses other probabilities', () => {
    expect(median([3, NaN, 1])).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([2, 7], 1)).toBe(7);
    expect(() => quantile([1], 1.2)).toThrow(/from 0 to 1/);
  });
});

describe('correlation', () => {
  it('is bounded and symmetric, and Spearman takes no notice of monotone changes', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(pairs, (xy) => {
        const x = xy.map(([a]) => a);
        const y = xy.map(([, b]) => b);
        const r = pearson(x, y);
        if (Number.isNaN(r)) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(pearson(y, x)).toBeCloseTo(r, 12);
        expect(
          spearman(
            x.map((v) => v * v * v),
            y,
          ),
        ).toBeCloseTo(spearman(x, y), 12);
      }),
    );
  });

  it('is NaN without pairs or without variation', () => {
    expect(pearson([1, 1], [1, 2])).toBeNaN();
    expect(spearman([1, NaN], [2, 3])).toBeNaN();
    expect(() => pearson([1], [1, 2])).toThrow(/1 and 2/);
    expect(Array.from(midRanks([5, 1, 5, NaN]))).toEqual([2.5, 1, 2.5, NaN]);
  });
});

describe('areaUnderCurve', () => {
  it('is the share of ordered pairs, ties one half', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        const pairs = positives.flatMap((p) => negatives.map((n) => (p > n ? 1 : p === n ? 0.5 : 0)));
        const expected = pairs.reduce<number>((a, b) => a + b, 0) / pairs.length;
        expect(areaUnderCurve(positives, negatives)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('leaves missing scores out', () => {
    expect(areaUnderCurve([2, NaN], [1])).toBe(1);
    expect(areaUnderCurve([NaN], [1])).toBeNaN();
  });
});

describe('benjaminiHochberg', () => {
  it('is monotone in P, at least P and at most one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }), (p) => {
        const adjusted = benjaminiHochberg(p);
        const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
        order.forEach((i, k) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p[i]!);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          if (k > 0) expect(adjusted[i]).toBeGreaterThanOrEqual(adjusted[order[k - 1]!]!);
        });
      }),
    );
  });
});

describe('hypergeometric tail', () => {
  it('sums the masses of a small urn', () => {
    // 10 items, 4 marked, 3 drawn: P(X ≥ 2) = (C(4,2) C(6,1) + C(4,3)) / C(10,3) = 40/120.
    expect(hypergeometricUpper(2, { population: 10, marked: 4, drawn: 3 })).toBeCloseTo(1 / 3, 13);
  });

  it('is one at or below the least overlap and zero above the most', () => {
    expect(hypergeometricUpper(0, { population: 10, marked: 4, drawn: 3 })).toBe(1);
    expect(hypergeometricUpper(2, { population: 10, marked: 7, drawn: 5 })).toBe(1);
    expect(hypergeometricUpper(4, { population: 10, marked: 4, drawn: 3 })).toBe(0);
    expect(hypergeometricUpper(0, { population: 0, marked: 0, drawn: 0 })).toBe(1);
  });

  it('does not underflow in logarithms', () => {
    const urn = { population: 20_000, marked: 500, drawn: 500 };
    expect(hypergeometricUpper(500, urn)).toBe(0);
    expect(logHypergeometricUpper(500, urn)).toBeLessThan(-1000);
  });

  it('refuses counts that are not whole or do not fit', () => {
    expect(() => hypergeometricUpper(1.5, { population: 10, marked: 4, drawn: 3 })).toThrow(/whole numbers/);
    expect(() => hypergeometricUpper(1, { population: 10, marked: 14, drawn: 3 })).toThrow(/marked 14/);
  });
});

describe('exact binomial', () => {
  it('reproduces the published response rates', () => {
    const show = (x: number, n: number, level: number): string => {
      const { estimate, low, high } = clopperPearson(x, n, { level });
      return [estimate, low, high].map((v) => (100 * v).toFixed(1)).join(' ');
    };
    expect(show(53, 99, 0.95)).toBe('53.5 43.2 63.6');
    expect(show(53, 99, 0.9)).toBe('53.5 44.8 62.1');
    expect(show(62, 99, 0.95)).toBe('62.6 52.3 72.1');
  });

  it('keeps to 0 … 1 at the ends', () => {
    expect(clopperPearson(0, 5).low).toBe(0);
    expect(clopperPearson(5, 5).high).toBe(1);
    expect(clopperPearson(0, 0)).toMatchObject({ estimate: NaN, low: 0, high: 1 });
    expect(binomialUpper(0, 5, 0.2)).toBe(1);
    expect(binomialUpper(3, 5, 0)).toBe(0);
    expect(binomialUpper(5, 5, 1)).toBe(1);
  });

  it('sign test of eight patients that agree', () => {
    expect(signTest(8, 0)).toBeCloseTo(2 / 256, 14);
    expect(signTest(0, 8)).toBe(signTest(8, 0));
    expect(signTest(0, 0)).toBe(1);
  });

  it('refuses counts and levels that do not fit', () => {
    expect(() => clopperPearson(6, 5)).toThrow(/6 of 5/);
    expect(() => clopperPearson(1, 5, { level: 0 })).toThrow(/level/);
    expect(() => binomialUpper(1, 5, 2)).toThrow(/probability/);
  });
});

describe('equivalenceTest', () => {
  const value = { estimate: 0.98, standardError: 0.05, df: 12 };

  it('agrees with its interval', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 3, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (estimate, standardError) => {
          const result = equivalenceTest({ estimate, standardError, df: 9 }, { margin: 0.3, target: 1 });
          expect(result.equivalent).toBe(result.low > 0.7 && result.high < 1.3);
        },
      ),
    );
  });

  it('does not show equivalence from little data', () => {
    expect(equivalenceTest(value, { margin: 0.2, target: 1 }).equivalent).toBe(true);
    expect(equivalenceTest({ ...value, df: 1 }, { margin: 0.2, target: 1 }).equivalent).toBe(false);
    expect(equivalenceTest({ ...value, df: Infinity }, { margin: 0.2, target: 1 }).pUpper).toBeCloseTo(5.4e-6, 6);
  });

  it('refuses margins, levels and errors that do not fit', () => {
    expect(() => equivalenceTest(value, { margin: 0 })).toThrow(/margin/);
    expect(() => equivalenceTest(value, { margin: 1, alpha: 0.5 })).toThrow(/Alpha/);
    expect(() => equivalenceTest({ ...value, standardError: 0 }, { margin: 1 })).toThrow(/standard error/);
  });
});

describe('percentileInterval', () => {
  it('takes type 7 quantiles of the draws that worked', () => {
    const draws = Array.from({ length: 101 }, (_, i) => i);
    const interval = percentileInterval([...draws, NaN], { level: 0.9 });
    expect(interval.low).toBeCloseTo(5, 12);
    expect(interval.high).toBeCloseTo(95, 12);
    expect(interval).toMatchObject({ level: 0.9, nUsed: 101, nDraws: 102 });
  });

  it('has no interval when most draws failed', () => {
    expect(percentileInterval([1, NaN, NaN])).toMatchObject({ low: null, high: null, nUsed: 1 });
    expect(percentileInterval([])).toMatchObject({ low: null });
    expect(() => percentileInterval([1], { level: 2 })).toThrow(/level/);
  });
});
