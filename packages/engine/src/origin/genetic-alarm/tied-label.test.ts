import { describe, expect, it } from 'vitest';
import { mostTiedLabel } from './tied-label.js';
import type { GeneticEvidence } from './types.js';

/** Evidence from rows [sample, clone, persister, how many]. */
function evidenceOf(rows: readonly (readonly [string, string | null, boolean, number])[]): GeneticEvidence {
  const cells = rows.flatMap(([sample, clone, persister, n]) =>
    Array.from({ length: n }, () => ({ sample, clone, persister })),
  );
  return {
    patient: 'P',
    source: 'copy-number',
    abstained: null,
    sample: cells.map(({ sample }) => sample),
    stage: cells.map(() => 'residual'),
    persister: cells.map(({ persister }) => persister),
    labels: [{ name: 'clone', kind: 'clone', values: cells.map(({ clone }) => clone) }],
  };
}
const options = { minimumCarriers: 5, level: 0.95 };

describe('the most tied label', () => {
  it('is the log odds ratio of a case done by hand', () => {
    const found = mostTiedLabel(
      evidenceOf([
        ['S', 'a', true, 8],
        ['S', 'a', false, 2],
        ['S', 'b', true, 10],
        ['S', 'b', false, 30],
        ['S', null, true, 50],
      ]),
      options,
    );
    expect([found?.value, found?.nCarriers, found?.nCarriersInState, found?.nOthers]).toEqual(['a', 10, 8, 40]);
    expect(found?.nCandidates).toBe(1);
    expect(found?.logOddsRatio.value).toBeCloseTo(Math.log((8.5 * 30.5) / (2.5 * 10.5)), 12);
    const error = Math.sqrt(1 / 8.5 + 1 / 2.5 + 1 / 10.5 + 1 / 30.5);
    expect(found?.logOddsRatio.high).toBeCloseTo(Math.log((8.5 * 30.5) / (2.5 * 10.5)) + 1.959963985 * error, 8);
  });

  it('compares within samples, and widens the interval with the candidates', () => {
    // Clone a is common where persisters are common; within samples the two go apart.
    const found = mostTiedLabel(
      evidenceOf([
        ['S1', 'a', true, 40],
        ['S1', 'a', false, 40],
        ['S1', 'b', true, 10],
        ['S1', 'b', false, 10],
        ['S2', 'a', true, 2],
        ['S2', 'a', false, 18],
        ['S2', 'b', true, 8],
        ['S2', 'b', false, 72],
        ['S2', 'c', true, 1],
        ['S2', 'c', false, 9],
      ]),
      options,
    );
    expect(found?.nCandidates).toBe(3);
    expect(Math.abs(found?.logOddsRatio.value as number)).toBeLessThan(0.5);
    expect(found?.logOddsRatio.low as number).toBeLessThan(0);
  });

  it('names none with too few carriers', () => {
    expect(
      mostTiedLabel(
        evidenceOf([
          ['S', 'a', true, 4],
          ['S', 'b', false, 40],
        ]),
        options,
      ),
    ).toBeNull();
  });
});
