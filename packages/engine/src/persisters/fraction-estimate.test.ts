import { clopperPearson, createRng, exp, log } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { combineFractions, fractionEstimate, pooledFraction, replicateVariation } from './fraction-estimate.js';

const technical = { level: 0.95, variation: null, basis: 'technical-only' } as const;
const logistic = (y: number): number => 1 / (1 + exp(-y));

describe('the interval of a fraction', () => {
  it('is Clopper and Pearson’s where every cell’s state is known', () => {
    for (const [x, n] of [
      [0, 50],
      [1, 100],
      [30, 40],
      [12, 12],
    ] as const) {
      const { low, high } = fractionEstimate({ fraction: x / n, nEffective: n }, technical);
      const exact = clopperPearson(x, n);
      expect(low).toBeCloseTo(exact.low, 10);
      expect(high).toBeCloseTo(exact.high, 10);
    }
  });

  it('is wider with variation between replicates, and wider still when that rests on few', () => {
    const known = { fraction: 0.3, nEffective: 500 };
    const width = (df: number | null): number => {
      const { low, high } = fractionEstimate(known, {
        ...technical,
        variation: df === null ? null : { variance: 0.2, df },
      });
      return (high as number) - (low as number);
    };
    expect(width(null)).toBeLessThan(width(100));
    expect(width(100)).toBeLessThan(width(2));
  });

  it('says that nothing could be scored', () => {
    expect(fractionEstimate({ fraction: NaN, nEffective: 0 }, technical)).toMatchObject({
      value: null,
      status: 'not-identifiable',
    });
  });

  it('covers the mean fraction of a patient when replicates vary', () => {
    const truth = logistic(-1);
    let covered = 0;
    const studies = 200;
    for (let seed = 1; seed <= studies; seed++) {
      const rng = createRng(seed, 'replicates');
      const draw = (): { fraction: number; nEffective: number } => {
        const p = logistic(-1 + 0.5 * rng.normal());
        const x = Array.from({ length: 300 }, () => (rng.uniform() < p ? 1 : 0)).reduce(
          (sum: number, one) => sum + one,
          0,
        );
        return { fraction: x / 300, nEffective: 300 };
      };
      const groups = Array.from({ length: 4 }, () => [draw(), draw(), draw()]);
      const variation = replicateVariation(groups);
      const { low, high } = fractionEstimate(groups[0]?.[0] ?? draw(), { ...technical, variation });
      covered += (low as number) <= truth && truth <= (high as number) ? 1 : 0;
    }
    expect(covered / studies).toBeGreaterThan(0.9);
  });
});

describe('variation between replicates', () => {
  it('is unknown without replicates and zero where cell sampling explains everything', () => {
    expect(replicateVariation([[{ fraction: 0.2, nEffective: 100 }]])).toBeNull();
    const alike = { fraction: 0.5, nEffective: 100 };
    expect(replicateVariation([[alike, alike, alike]])).toEqual({ variance: 0, df: 2 });
  });
});

describe('several samples as one', () => {
  it('weighs samples by their cells where they do not vary, and alike where they vary much', () => {
    const parts = [
      { fraction: 0.1, nEffective: 900 },
      { fraction: 0.5, nEffective: 100 },
    ];
    expect(combineFractions(parts, null).fraction).toBeCloseTo(0.14, 6);
    expect(combineFractions(parts, null).nEffective).toBeCloseTo(1000, 6);
    expect(combineFractions(parts, { variance: 50, df: 5 }).fraction).toBeCloseTo(0.3, 2);
  });
});

describe('the mean over patients', () => {
  it('is taken on the logit scale, every patient alike', () => {
    const estimate = pooledFraction(
      [
        { fraction: 0.2, nEffective: 1e6 },
        { fraction: 0.8, nEffective: 1e6 },
        { fraction: 0.5, nEffective: 100 },
      ],
      0.95,
    );
    expect(estimate.value).toBeCloseTo(0.5, 4);
    expect(log((estimate.high as number) / (1 - (estimate.high as number)))).toBeCloseTo(
      -log((estimate.low as number) / (1 - (estimate.low as number))),
      4,
    );
  });

  it('needs two patients', () => {
    expect(pooledFraction([{ fraction: 0.2, nEffective: 10 }], 0.95)).toMatchObject({
      status: 'not-identifiable',
      low: null,
    });
  });
});
