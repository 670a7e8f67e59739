import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { sisterFate, type StagedCells } from './sister-fate.js';

/** 60 clones of four untreated cells; `primed` clones hold most cells in the state and grow `growth` times as much. */
function planted(seed: number, growth: number): readonly [StagedCells, StagedCells] {
  const rng = createRng(seed, 'fate');
  const clones = Array.from({ length: 60 }, (_, c) => ({ name: `c${String(c)}`, primed: c % 4 === 0 }));
  const before = clones.flatMap((clone) => Array.from({ length: 4 }, () => clone));
  const weights = clones.map(({ primed }) => (primed ? growth : 1));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const after = Array.from({ length: 300 }, () => {
    let left = rng.uniform() * total;
    return clones[weights.findIndex((weight) => (left -= weight) < 0)]?.name ?? null;
  });
  return [
    {
      clone: before.map(({ name }) => name),
      inState: before.map(({ primed }) => rng.uniform() < (primed ? 0.8 : 0.05)),
    },
    { clone: after, inState: after.map(() => true) },
  ];
}

const run = (cells: readonly [StagedCells, StagedCells], seed: number): ReturnType<typeof sisterFate> =>
  sisterFate(cells, { label: 'test', permutations: 199 }, { seed });

describe('fate of sister cells', () => {
  it('is pre-existing when clones in the state before treatment survive more', () => {
    const found = Array.from({ length: 20 }, (_, seed) => run(planted(seed, 4), seed));
    expect(found.filter(({ verdict }) => verdict === 'pre-existing').length).toBeGreaterThanOrEqual(18);
  });

  it('is induced, or cannot be told, when all clones survive alike', () => {
    const found = Array.from({ length: 40 }, (_, seed) => run(planted(seed, 1), seed));
    expect(found.filter(({ verdict }) => verdict === 'induced').length).toBeGreaterThanOrEqual(32);
    expect(found.filter(({ verdict }) => verdict === 'pre-existing').length).toBeLessThanOrEqual(4);
  });

  it('is the difference of expansions of a case done by hand', () => {
    const cells = [
      { clone: ['a', 'a', 'b', 'c'], inState: [true, false, false, false] },
      { clone: ['a', 'a', 'b', 'b'], inState: [null, null, null, null] },
    ] as const;
    // Expansions: a (2/4)/(2/4) = 1, b (2/4)/(1/4) = 2, c 0. In the state 1; others (1 + 2 + 0)/3.
    const found = sisterFate(cells, { label: 'hand', minimum: 1, permutations: 99 }, { seed: 1 });
    expect(found.excessExpansion.value).toBeCloseTo(0, 12);
    expect(found.excessExpansion.low).toBeNull();
    expect([found.nCells, found.nInState, found.nSharedClones]).toEqual([4, 1, 2]);
  });

  it('says what is too few', () => {
    const few = { clone: ['a', 'b'], inState: [true, false] };
    expect(run([few, few], 1).reasons[0]).toBe(
      '1 barcoded cells in the state before treatment, 1 not in it and 2 clones in both samples; at least 10 of each needed',
    );
  });
});
