import { AbortedError } from '../../core/errors.js';
import type { TaskRegistry, TaskSignal } from '../../core/executor.js';
import type { Estimate } from '../../core/method.js';
import { createRng, shuffleInPlace } from '../../core/rng.js';
import { heritability } from './heritability.js';
import {
  type CloneStates,
  expectedAgreement,
  groupSisters,
  sisterAgreement,
  type SisterGroups,
  sisterPairs,
} from './sister-agreement.js';

/** Whether cells of one clone share their state more than cells of different clones do. */
export interface CloneStateTest {
  /** Cells with a clone and a state, and those in clones of two or more. */
  readonly nCells: number;
  readonly nInPairs: number;
  /** Clones of two or more cells. */
  readonly nClones: number;
  /** Chance that a cell shares its state with a sister. */
  readonly agreement: number;
  /** The same when states are dealt out at random. */
  readonly expected: number;
  /** (agreement − expected) / (1 − expected): zero when clone and state are independent, one when a clone has one state. */
  readonly heritability: Estimate;
  /** Share of permutations that agree at least as much. NaN when not testable. */
  readonly pValue: number;
  readonly nPermutations: number;
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

/** What a test needs of its run. */
export interface TestContext {
  readonly seed: number;
  readonly signal?: TaskSignal;
}

/**
 * Independence of clone and state by sister-cell agreement. With n_c cells of clone c (within a stratum), n_cs of them in
 * state s,
 *
 *   A = Σ_c Σ_s n_cs (n_cs − 1)/(n_c − 1) / Σ_c n_c;   heritability = (A − E A) / (1 − E A).
 *
 * The null deals the states out again within each stratum, which keeps clone sizes and state numbers; E A is exact under it.
 * Every cell with a sister counts once. Counting pairs instead would leave nearly all weight with the largest clone;
 * mutual information would be mostly bias with many small clones. Cells without a sister say nothing and weigh nothing.
 *
 * See `heritability` for its interval.
 *
 * @returns status `not-identifiable` with fewer than `minimumPairs` pairs, or when all cells are in one state
 */
export function cloneStateTest(cells: CloneStates, options: CloneStateOptions, context: TestContext): CloneStateTest {
  const { permutations = 1000, level = 0.95 } = options;
  const groups = groupSisters(cells);
  const agreement = sisterAgreement(groups);
  const expected = expectedAgreement(groups);
  const paired = groups.cloneSize.filter((size) => size > 1);
  const counts = {
    nCells: groups.state.length,
    nInPairs: paired.reduce((sum, size) => sum + size, 0),
    nClones: paired.length,
    agreement,
    expected,
  };
  const reason = whyNotTestable(groups, expected, options);
  if (reason !== null) {
    const unknown = {
      value: null,
      low: null,
      high: null,
      level,
      method: 'sister-cell agreement above chance',
    } as const;
    return {
      ...counts,
      heritability: { ...unknown, status: 'not-identifiable', reasons: [reason] },
      pValue: NaN,
      nPermutations: 0,
    };
  }
  const atLeast = countAtLeast(groups, agreement, { label: options.label, permutations }, context);
  return {
    ...counts,
    heritability: heritability(groups, { level }),
    pValue: (atLeast + 1) / (permutations + 1),
    nPermutations: permutations,
  };
}

/** What one clone–state test needs, as plain data. */
export interface CloneStatePayload {
  readonly cells: CloneStates;
  readonly options: CloneStateOptions;
  readonly seed: number;
}

/** Name of the block task of one clone–state test. */
export const cloneStateTaskName = 'origin/clone-state';

/** The block tasks of lineages, for the registry of the pipeline. */
export const lineageTasks: TaskRegistry = {
  [cloneStateTaskName]: ({ cells, options, seed }: CloneStatePayload, signal: TaskSignal) =>
    cloneStateTest(cells, options, { seed, signal }),
};

function whyNotTestable(
  groups: SisterGroups,
  expected: number,
  { minimumPairs = 10 }: CloneStateOptions,
): string | null {
  if (sisterPairs(groups) < minimumPairs) return `fewer than ${String(minimumPairs)} pairs of sister cells`;
  return expected >= 1 ? 'all cells are in one state' : null;
}

function countAtLeast(
  groups: SisterGroups,
  observed: number,
  { label, permutations }: { readonly label: string; readonly permutations: number },
  context: TestContext,
): number {
  const rng = createRng(context.seed, `origin/clone-state/${label}`);
  const { stratumStarts } = groups;
  const dealt = groups.state.slice();
  let atLeast = 0;
  for (let draw = 0; draw < permutations; draw++) {
    if (context.signal?.aborted === true) throw new AbortedError();
    for (let s = 0; s + 1 < stratumStarts.length; s++) {
      shuffleInPlace(dealt.subarray(stratumStarts[s], stratumStarts[s + 1]), rng);
    }
    // Sums of fractions in one fixed order: equal tables give equal sums, but rounding may part equal agreements.
    if (sisterAgreement(groups, dealt) >= observed - 1e-12) atLeast += 1;
  }
  return atLeast;
}
