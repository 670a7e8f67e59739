import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../core/method.js';
import { type ArmEvidence, armVerdict } from './arm-verdict.js';
import type { ArmMeasure, DistanceSpace, StageDistances } from './types.js';

const options = { margin: 0.2, minority: 0.05 };
const drawn = { mean: 1, low: 0.9, high: 1.1 };

const estimate = (value: number, half = 0.05): Estimate => {
  return { value, low: value - half, high: value + half, level: 0.9, method: '', status: 'ok', reasons: [] };
};

const distances = (space: DistanceSpace, ratio: number): StageDistances => ({
  space,
  nCells: 50,
  relapseUntreated: drawn,
  relapseResidual: drawn,
  residualUntreated: drawn,
  nulls: [],
  ratio: estimate(ratio),
  separable: true,
  back: ratio <= 0.2,
});

function evidence(
  found: Partial<{
    index: number;
    programme: number;
    others: number;
    fraction: Estimate;
    components: number;
    along: number;
  }>,
  persisters: ArmEvidence['persisters'] = 'present',
): ArmEvidence {
  const index = found.index ?? 1;
  const along = found.along ?? Math.abs(1 - index);
  const measure = {
    index: estimate(index),
    programmeIndex: estimate(found.programme ?? index),
    othersIndex: estimate(found.others ?? index),
    basis: 'replicates',
    distances: [
      distances('transcriptome axis', along),
      distances('programme axis', Math.abs(1 - (found.programme ?? index))),
      distances('components', found.components ?? along),
    ],
  } as unknown as ArmMeasure;
  return {
    measure,
    persisters,
    fractions: { from: estimate(0.01, 0.01), to: estimate(0.9), back: found.fraction ?? null },
  };
}

const verdictOf = (...given: Parameters<typeof evidence>): string => armVerdict(evidence(...given), options).verdict;

describe('verdict of an arm', () => {
  it('is read from the interval as at sample level', () => {
    expect([1, 0.6, 0, 0.8].map((index) => verdictOf({ index }))).toEqual([
      'returned',
      'partly returned',
      'not returned',
      'cannot tell',
    ]);
  });

  it('is partly returned where the two axes differ', () => {
    const { verdict, reasons } = armVerdict(evidence({ index: 1, programme: 0 }), options);
    expect([verdict, reasons]).toEqual(['partly returned', ['own axis: returned, programme: not returned']]);
    expect(verdictOf({ index: 1, programme: 0 }, 'inconclusive')).toBe('returned');
  });

  it('is partly returned where only the mean is back', () => {
    expect(verdictOf({ index: 1, along: 0.4 })).toBe('partly returned');
  });

  it('is partly returned where the relapse lies elsewhere', () => {
    const found = armVerdict(evidence({ components: 0.9 }), options);
    expect(found).toMatchObject({ verdict: 'partly returned', offTheLine: true });
    expect(armVerdict(evidence({ index: 0, components: 1.1 }), options).offTheLine).toBe(false);
  });

  it('flags a minority beyond what was there before, when the others are back', () => {
    const flagged = (fraction: Estimate, others = 1): unknown =>
      armVerdict(evidence({ index: 0.8, others, fraction }), options).subpopulation;
    expect(flagged(estimate(0.2, 0.1))).toBe(true);
    expect(verdictOf({ index: 0.8, others: 1, fraction: estimate(0.2, 0.1) })).toBe('partly returned');
    expect(flagged(estimate(0.08))).toBe(false);
    expect(flagged(estimate(0.2, 0.1), 0.7)).toBe(false);
    expect(flagged(estimate(0.48))).toBe(false);
    expect(armVerdict(evidence({}), options).subpopulation).toBeNull();
  });

  it('is not testable without persisters', () => {
    expect(armVerdict(evidence({}, 'none'), options)).toMatchObject({ notTestable: 'no-programme' });
  });
});
