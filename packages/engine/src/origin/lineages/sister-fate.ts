import type { Estimate } from '../../core/method.js';
import { createRng, shuffleInPlace } from '../../core/rng.js';
import { studentQuantile } from '../../stats/distributions.js';
import type { TestContext } from './clone-state.js';
import { cloneSizes } from './clone-sizes.js';

/** Cells of one sample or stage with their clone and whether they are in the state asked about. */
export interface StagedCells {
  readonly clone: readonly (string | null)[];
  /** Null where the state is not known. */
  readonly inState: readonly (boolean | null)[];
}

/** Whether the clones that survive were already in the state before treatment. */
export interface SisterFate {
  /** Barcoded cells before treatment with a known state, and those in the state. */
  readonly nCells: number;
  readonly nInState: number;
  /** Clones seen before and after. */
  readonly nSharedClones: number;
  /** Mean expansion of the clones of cells in the state minus that of the other cells' clones; 1 is the average clone. */
  readonly excessExpansion: Estimate;
  /** One-sided: cells in the state have sisters that survive more. NaN when not testable. */
  readonly pValue: number;
  readonly verdict: 'pre-existing' | 'induced' | 'cannot tell';
  readonly reasons: readonly string[];
}

/** Limits of the test. */
export interface SisterFateOptions {
  readonly label: string;
  readonly permutations?: number;
  /** Fewest barcoded cells in the state before treatment, and fewest clones seen in both samples; 10 by default. */
  readonly minimum?: number;
  /** Level of the test; 0.05 by default. */
  readonly alpha?: number;
  /** An excess whose interval ends below this is read as none; 0.5 by default: half of an average clone. */
  readonly margin?: number;
  readonly level?: number;
}

const method = 'difference of mean clone expansion, jackknife over clones';

/**
 * Pre-existing or induced: do the cells that were persister-like **before** treatment belong to the clones that are found
 * after it? With f_c and g_c the shares of clone c among barcoded cells before and after, its expansion is w_c = g_c / f_c
 * (mean one over cells of clones seen in both or not). The statistic is the mean of w over untreated cells in the state
 * minus that over the others; the null deals the states out again among the untreated cells.
 *
 * **pre-existing**: P at most `alpha` and the interval above zero. **induced**: the interval ends below `margin`.
 *
 * @throws AbortedError when asked to stop
 */
export function sisterFate(
  [before, after]: readonly [StagedCells, StagedCells],
  options: SisterFateOptions,
  context: TestContext,
): SisterFate {
  const { permutations = 1000, minimum = 10, alpha = 0.05, margin = 0.5, level = 0.95 } = options;
  const cells = expansions(before, after.clone);
  const nInState = cells.inState.reduce((sum, one) => sum + one, 0);
  const counts = { nCells: cells.inState.length, nInState, nSharedClones: cells.nShared };
  const fewest = Math.min(nInState, counts.nCells - nInState, cells.nShared);
  if (fewest < minimum) {
    const reasons = [
      `${String(nInState)} barcoded cells in the state before treatment, ${String(counts.nCells - nInState)} not in it and ` +
        `${String(cells.nShared)} clones in both samples; at least ${String(minimum)} of each needed`,
    ];
    const unknown = { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons } as const;
    return { ...counts, excessExpansion: unknown, pValue: NaN, verdict: 'cannot tell', reasons };
  }
  const pValue = permutationP(cells, { permutations, label: options.label, seed: context.seed });
  const excessExpansion = withJackknife(cells, level);
  return { ...counts, excessExpansion, pValue, ...readFate(excessExpansion, { pValue, alpha, margin }) };
}

interface Expansions {
  /** Clone number, expansion of that clone and state (0 or 1) of each untreated cell. */
  readonly clone: Int32Array;
  readonly expansion: Float64Array;
  readonly inState: Int32Array;
  readonly nShared: number;
}

function expansions({ clone, inState }: StagedCells, later: readonly (string | null)[]): Expansions {
  const [now, then] = [cloneSizes(clone), cloneSizes(later)];
  const number = new Map(now.clones.map((name, c) => [name, c]));
  const found = new Map(then.clones.map((name, c) => [name, (then.sizes[c] as number) / then.total]));
  const kept = clone.flatMap((name, i) => (name === null || inState[i] == null ? [] : [i]));
  const numbers = Int32Array.from(kept, (i) => number.get(clone[i] as string) as number);
  return {
    clone: numbers,
    expansion: Float64Array.from(numbers, (c) => {
      const share = found.get(now.clones[c] as string) ?? 0;
      return (share * now.total) / (now.sizes[c] as number);
    }),
    inState: Int32Array.from(kept, (i) => (inState[i] === true ? 1 : 0)),
    nShared: now.clones.filter((name) => found.has(name)).length,
  };
}

function excess(expansion: Float64Array, inState: Int32Array): number {
  let [sum, sumIn, nIn] = [0, 0, 0];
  for (let i = 0; i < expansion.length; i++) {
    sum += expansion[i] as number;
    if (inState[i] === 0) continue;
    sumIn += expansion[i] as number;
    nIn += 1;
  }
  return sumIn / nIn - (sum - sumIn) / (expansion.length - nIn);
}

function permutationP(
  { expansion, inState }: Expansions,
  { permutations, label, seed }: { readonly permutations: number; readonly label: string; readonly seed: number },
): number {
  const rng = createRng(seed, `origin/sister-fate/${label}`);
  const observed = excess(expansion, inState);
  const dealt = inState.slice();
  let atLeast = 0;
  for (let draw = 0; draw < permutations; draw++) {
    shuffleInPlace(dealt, rng);
    if (excess(expansion, dealt) >= observed - 1e-12) atLeast += 1;
  }
  return (atLeast + 1) / (permutations + 1);
}

/** All cells of a clone have one expansion, so leaving the clone out only takes sums away. */
function withJackknife({ clone, expansion, inState }: Expansions, level: number): Estimate {
  const clones = new Map<number, { expansion: number; inside: number; outside: number }>();
  const all = { inside: 0, outside: 0, sumInside: 0, sumOutside: 0 };
  clone.forEach((c, i) => {
    const own = clones.get(c) ?? { expansion: expansion[i] as number, inside: 0, outside: 0 };
    clones.set(c, own);
    const inside = inState[i] as number;
    own.inside += inside;
    own.outside += 1 - inside;
    all.inside += inside;
    all.outside += 1 - inside;
    all.sumInside += inside * own.expansion;
    all.sumOutside += (1 - inside) * own.expansion;
  });
  const left = [...clones.values()].map(
    (own) =>
      (all.sumInside - own.inside * own.expansion) / (all.inside - own.inside) -
      (all.sumOutside - own.outside * own.expansion) / (all.outside - own.outside),
  );
  const value = all.sumInside / all.inside - all.sumOutside / all.outside;
  const mean = left.reduce((sum, one) => sum + one, 0) / left.length;
  const variance = ((left.length - 1) / left.length) * left.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const reach = studentQuantile((1 + level) / 2, left.length - 1) * Math.sqrt(variance);
  if (!Number.isFinite(reach)) {
    const reasons = ['one clone holds all cells of a state: no interval'];
    return { value, low: null, high: null, level, method, status: 'ok', reasons };
  }
  return { value, low: value - reach, high: value + reach, level, method, status: 'ok', reasons: [] };
}

function readFate(
  { low, high }: Estimate,
  { pValue, alpha, margin }: { readonly pValue: number; readonly alpha: number; readonly margin: number },
): Pick<SisterFate, 'verdict' | 'reasons'> {
  if (low === null || high === null) return { verdict: 'cannot tell', reasons: ['the excess has no interval'] };
  if (pValue <= alpha && low > 0)
    return { verdict: 'pre-existing', reasons: ['clones of cells in the state before treatment survived more'] };
  if (high < margin)
    return { verdict: 'induced', reasons: ['clones of cells in the state before treatment did not survive more'] };
  return { verdict: 'cannot tell', reasons: ['the interval holds both an excess of survivors and none'] };
}
