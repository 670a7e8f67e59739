import { rngFor, type RunContext, throwIfAborted } from '../../core/context.js';
import type { Estimate } from '../../core/method.js';
import { shuffleInPlace } from '../../core/rng.js';
import { normalQuantile } from '../../stats/distributions.js';

/** Whether cells of one clone share their state more than cells of different clones do. */
export interface CloneStateTest {
  /** Cells with a clone and a state, and those in clones of two or more. */
  readonly nCells: number;
  readonly nInPairs: number;
  /** Chance that two cells of one clone share their state. */
  readonly agreement: number;
  /** The same when states are dealt out at random. */
  readonly expected: number;
  /** (agreement − expected) / (1 − expected): zero when clone and state are independent, one when a clone has one state. */
  readonly heritability: Estimate;
  /** Share of permutations that agree at least as much. NaN when not testable. */
  readonly pValue: number;
  readonly nPermutations: number;
}

/** The cells of one sample (or several, tested within each). */
export interface CloneStates {
  /** Clone of each cell; null without one. */
  readonly clone: readonly (string | null)[];
  /** State of each cell; null without one. */
  readonly state: readonly (string | null)[];
  /** Sample or patient of each cell: states are only exchanged within it. Left out, all cells are one stratum. */
  readonly stratum?: readonly string[];
}

/** How clone and state are tested. */
export interface CloneStateOptions {
  /** Name of the random stream; tests of different samples need different names. */
  readonly label: string;
  readonly permutations?: number;
  /** Fewest pairs of sister cells that can be tested; 10 by default. */
  readonly minimumPairs?: number;
  readonly level?: number;
}

/**
 * Independence of clone and state by sister-cell agreement. Over all pairs of cells of one clone (within a stratum),
 *
 *   A = Σ_c Σ_s n_cs(n_cs − 1) / Σ_c n_c(n_c − 1);
 *
 * the null deals the states out again within each stratum, which keeps clone sizes and state numbers. The interval of the
 * heritability is a jackknife over clones. Large clones have most pairs; that is what one clone taking over looks like.
 *
 * @returns status `not-identifiable` with fewer than `minimumPairs` pairs, or when all cells are in one state
 */
export function cloneStateTest(cells: CloneStates, options: CloneStateOptions, context: RunContext): CloneStateTest {
  const { permutations = 1000, minimumPairs = 10, level = 0.95 } = options;
  const groups = groupCells(cells);
  const pairs = groups.clones.reduce((sum, members) => sum + members.length * (members.length - 1), 0);
  const expected = expectedAgreement(groups, pairs);
  const reason =
    pairs / 2 < minimumPairs
      ? `fewer than ${String(minimumPairs)} pairs of sister cells`
      : expected >= 1
        ? 'all cells are in one state'
        : null;
  const counts = {
    nCells: groups.state.length,
    nInPairs: groups.clones.reduce((sum, members) => sum + (members.length > 1 ? members.length : 0), 0),
    agreement: pairs === 0 ? NaN : agreeing(groups.clones, groups.state) / pairs,
    expected,
  };
  if (reason !== null) {
    return { ...counts, heritability: notTestable(level, reason), pValue: NaN, nPermutations: 0 };
  }
  const observed = agreeing(groups.clones, groups.state);
  const rng = rngFor(context, `origin/clone-state/${options.label}`);
  let atLeast = 0;
  const dealt = groups.state.slice();
  for (let draw = 0; draw < permutations; draw++) {
    if (draw % 100 === 0) throwIfAborted(context);
    for (const members of groups.strata) {
      const states = members.map((cell) => dealt[cell] as number);
      shuffleInPlace(states, rng);
      members.forEach((cell, i) => {
        dealt[cell] = states[i] as number;
      });
    }
    if (agreeing(groups.clones, dealt) >= observed) atLeast += 1;
  }
  return {
    ...counts,
    heritability: heritability(groups, { expected, level }),
    pValue: (atLeast + 1) / (permutations + 1),
    nPermutations: permutations,
  };
}

interface Groups {
  /** State number of each cell with a clone and a state. */
  readonly state: Int32Array;
  readonly clones: readonly (readonly number[])[];
  readonly strata: readonly (readonly number[])[];
}

function groupCells({ clone, state, stratum }: CloneStates): Groups {
  const kept = clone.flatMap((name, i) => (name === null || state[i] == null ? [] : [i]));
  const numberOf = new Map([...new Set(kept.map((i) => state[i] as string))].map((name, n) => [name, n]));
  const collect = (key: (i: number) => string): number[][] => {
    const found = new Map<string, number[]>();
    kept.forEach((i, place) => {
      const members = found.get(key(i));
      if (members === undefined) found.set(key(i), [place]);
      else members.push(place);
    });
    return [...found.values()];
  };
  const layer = (i: number): string => stratum?.[i] ?? '';
  return {
    state: Int32Array.from(kept, (i) => numberOf.get(state[i] as string) as number),
    clones: collect((i) => JSON.stringify([layer(i), clone[i]])),
    strata: collect(layer),
  };
}

/** Ordered pairs of sister cells in the same state. */
function agreeing(clones: readonly (readonly number[])[], state: Int32Array): number {
  let pairs = 0;
  for (const members of clones) pairs += members.length > 1 ? pairsInOneState(members, state) : 0;
  return pairs;
}

function pairsInOneState(members: readonly number[], state: Int32Array): number {
  const counts = new Map<number, number>();
  for (const cell of members) counts.set(state[cell] as number, (counts.get(state[cell] as number) ?? 0) + 1);
  let pairs = 0;
  for (const n of counts.values()) pairs += n * (n - 1);
  return pairs;
}

/** Agreement of any two cells of a stratum, averaged over strata by their pairs of sister cells. */
function expectedAgreement({ clones, strata, state }: Groups, pairs: number): number {
  const stratumOf = new Int32Array(state.length);
  strata.forEach((members, s) => {
    for (const cell of members) stratumOf[cell] = s;
  });
  const sisters = new Float64Array(strata.length);
  for (const members of clones) {
    const s = stratumOf[members[0] as number] as number;
    sisters[s] = (sisters[s] as number) + members.length * (members.length - 1);
  }
  return strata.reduce((sum, members, s) => {
    const all = members.length * (members.length - 1);
    const chance = all === 0 ? 0 : pairsInOneState(members, state) / all;
    return sum + ((sisters[s] as number) / pairs) * chance;
  }, 0);
}

function heritability(
  { clones, state }: Groups,
  { expected, level }: { readonly expected: number; readonly level: number },
): Estimate {
  const parts = clones
    .filter((members) => members.length > 1)
    .map((members) => ({ same: pairsInOneState(members, state), all: members.length * (members.length - 1) }));
  const same = parts.reduce((sum, part) => sum + part.same, 0);
  const all = parts.reduce((sum, part) => sum + part.all, 0);
  const scaled = (agreement: number): number => (agreement - expected) / (1 - expected);
  const value = scaled(same / all);
  const method = 'sister-cell agreement above chance, jackknife over clones';
  if (parts.length < 3) {
    const reasons = ['fewer than three clones of two or more cells: no interval'];
    return { value, low: null, high: null, level, method, status: 'ok', reasons };
  }
  const left = parts.map((part) => scaled((same - part.same) / (all - part.all)));
  const mean = left.reduce((sum, one) => sum + one, 0) / left.length;
  const variance = ((left.length - 1) / left.length) * left.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return { value, low: value - reach, high: Math.min(1, value + reach), level, method, status: 'ok', reasons: [] };
}

function notTestable(level: number, reason: string): Estimate {
  const method = 'sister-cell agreement above chance, jackknife over clones';
  return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons: [reason] };
}
