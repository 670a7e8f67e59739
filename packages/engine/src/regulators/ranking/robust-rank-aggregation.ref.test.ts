import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { robustRankAggregation } from './robust-rank-aggregation.js';

interface Case {
  readonly ranks: number | readonly (number | null)[];
  readonly p: number;
}

const url = new URL('../../../../../reference/rank-aggregation/expected.json', import.meta.url);
const cases = JSON.parse(readFileSync(url, 'utf8')) as readonly Case[];

describe('robustRankAggregation', () => {
  it.each(cases.map((entry, i) => [i, entry] as const))('equals RobustRankAggreg, case %i', (_, { ranks, p }) => {
    const given = (typeof ranks === 'number' ? [ranks] : ranks).map((rank) => rank ?? NaN);
    // R prints 15 digits; 1 − r of a rank of one in a million keeps ten.
    expect(Math.abs(robustRankAggregation(given).pValue / p - 1)).toBeLessThan(1e-8);
  });

  it('is not sunk by one bad list, and ignores missing ones', () => {
    const { rho } = robustRankAggregation([0.01, 0.01, 0.01]);
    expect(robustRankAggregation([0.01, 0.01, 0.01, NaN]).rho).toBe(rho);
    expect(robustRankAggregation([0.01, 0.01, 0.01, 0.9]).pValue).toBeLessThan(1e-4);
    expect(robustRankAggregation([NaN]).nLists).toBe(0);
  });

  it('holds its level on independent uniform ranks', () => {
    const rng = createRng(5, 'rra');
    const draws = Array.from({ length: 4000 }, () =>
      robustRankAggregation(Array.from({ length: 4 }, () => rng.uniform())),
    );
    // 5 % of 4,000 is 200, standard deviation 14.
    expect(draws.filter(({ pValue }) => pValue <= 0.05).length).toBeLessThan(230);
  });

  it('refuses ranks that are not normalised', () => {
    expect(() => robustRankAggregation([3, 1])).toThrow(/normalised/);
  });
});
