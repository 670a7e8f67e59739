import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { cloneStateTest } from './clone-state.js';
import type { CloneStates } from './sister-agreement.js';

/** Clones of geometric size; the state is the clone's own with the chance given, otherwise drawn at random. */
function planted(seed: number, tied: number, nCells = 200): CloneStates {
  const rng = createRng(seed, 'planted');
  const clone: string[] = [];
  const state: string[] = [];
  for (let c = 0; clone.length < nCells; c++) {
    const own = rng.uniform() < 0.3 ? 'persister' : 'other';
    const size = 1 + Math.floor(-Math.log(1 - rng.uniform()) * 4);
    for (let i = 0; i < size; i++) {
      clone.push(`c${String(c)}`);
      state.push(rng.uniform() < tied ? own : rng.uniform() < 0.3 ? 'persister' : 'other');
    }
  }
  return { clone, state };
}

const run = (cells: CloneStates, seed = 1, permutations = 199): ReturnType<typeof cloneStateTest> =>
  cloneStateTest(cells, { label: 'test', permutations }, { seed });

describe('clone against state', () => {
  it('is the sister agreement of a case done by hand', () => {
    const found = cloneStateTest(
      { clone: ['a', 'a', 'a', 'b', 'b', 'c', null], state: ['p', 'p', 'o', 'o', 'o', 'p', 'p'] },
      { label: 'hand', minimumPairs: 1, permutations: 99 },
      { seed: 1 },
    );
    // Clone a: two of three cells have one of two sisters alike: 1; clone b: both: 2. Three of five cells.
    expect(found.agreement).toBeCloseTo(3 / 5, 12);
    // Three of each state: (3·2 + 3·2)/(6·5).
    expect(found.expected).toBeCloseTo(0.4, 12);
    expect(found.heritability.value).toBeCloseTo((0.6 - 0.4) / 0.6, 12);
    expect([found.nCells, found.nInPairs, found.nClones]).toEqual([6, 5, 2]);
    expect(found.heritability.method).toBe('sister-cell agreement above chance, jackknife over cells');
    expect(found.heritability.low as number).toBeLessThan(1 / 3);
  });

  it('has uniform P values when clone and state are independent', () => {
    const pValues = Array.from({ length: 300 }, (_, seed) => run(planted(seed, 0, 120), seed).pValue);
    for (const level of [0.05, 0.1, 0.5]) {
      const share = pValues.filter((p) => p <= level).length / pValues.length;
      // Three binomial errors of 300 draws.
      expect(Math.abs(share - level)).toBeLessThan(3 * Math.sqrt((level * (1 - level)) / 300));
    }
  });

  it('finds a planted dependence, and how strong it is', () => {
    const found = Array.from({ length: 40 }, (_, seed) => run(planted(seed, 0.7), seed));
    expect(found.filter(({ pValue }) => pValue <= 0.05).length).toBeGreaterThanOrEqual(38);
    // Two sisters are both their clone's with chance 0.7².
    const mean = found.reduce((sum, { heritability }) => sum + (heritability.value as number), 0) / found.length;
    expect(mean).toBeCloseTo(0.49, 1);
    const covered = found.filter(
      ({ heritability: { low, high } }) => (low as number) <= 0.49 && 0.49 <= (high as number),
    ).length;
    expect(covered).toBeGreaterThanOrEqual(34);
  });

  it('has an interval over cells that covers the truth with few clones', () => {
    // Shares in the state of 0.1, 0.5 and 0.9 in clones of 60 cells: agreement above chance is var(p)/(p̄(1 − p̄)).
    const truth = (2 * 0.4 ** 2) / 3 / 0.25;
    const covered = Array.from({ length: 100 }, (_, seed) => {
      const rng = createRng(seed, 'few clones');
      const clone = Array.from({ length: 180 }, (_, i) => `c${String(i % 3)}`);
      const state = clone.map((_, i) => (rng.uniform() < 0.1 + 0.4 * (i % 3) ? 'p' : 'o'));
      const { low, high } = run({ clone, state }, seed, 1).heritability;
      return (low as number) <= truth && truth <= (high as number);
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThanOrEqual(88);
  });

  it('does not take a difference between samples for one between clones', () => {
    const rng = createRng(8, 'strata');
    const clone = Array.from({ length: 80 }, (_, i) => `${i < 40 ? 'x' : 'y'}${String(i % 8)}`);
    const state = Array.from({ length: 80 }, (_, i) => (rng.uniform() < (i < 40 ? 0.85 : 0.15) ? 'p' : 'o'));
    const stratum = Array.from({ length: 80 }, (_, i) => (i < 40 ? 'S1' : 'S2'));
    expect(run({ clone, state }).pValue).toBeLessThan(0.05);
    expect(run({ clone, state, stratum }).pValue).toBeGreaterThan(0.05);
  });

  it('does not depend on the order of the samples or on names', () => {
    const cells = planted(3, 0.5);
    const renamed = { clone: cells.clone.map((name) => `z${String(name)}`), state: cells.state };
    expect(run(renamed)).toEqual(run(cells));
  });

  it('says why it cannot be tested', () => {
    expect(run({ clone: ['a', 'a', 'b'], state: ['p', 'o', 'p'] }).heritability.reasons).toEqual([
      'fewer than 10 pairs of sister cells',
    ]);
    const same = run({ clone: Array.from({ length: 20 }, () => 'a'), state: Array.from({ length: 20 }, () => 'p') });
    expect(same.heritability.reasons).toEqual(['all cells are in one state']);
    expect(same.pValue).toBeNaN();
  });

  it('stops on request', () => {
    expect(() => cloneStateTest(planted(1, 0), { label: 'x' }, { seed: 1, signal: { aborted: true } })).toThrow(
      'Stopped on request.',
    );
  });
});
