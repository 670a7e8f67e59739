import { exp, log } from '../../core/pinned-math.js';
import type { Estimate } from '../../core/method.js';
import { normalQuantile } from '../../stats/distributions.js';
import type { CloneSizes } from './clone-sizes.js';
import { rarefiedRichness } from './rarefied-richness.js';

/** What happened between two stages of one patient or culture. */
export type OriginVerdict = 'adaptation' | 'selection' | 'mixed' | 'cannot tell';

/** One later sample against one earlier one. */
export interface LineageShift {
  /** Rarefied clones after, divided by rarefied clones before, at one depth. */
  readonly diversityKept: Estimate;
  readonly depth: number;
  /** Share of cells that would have to change state to turn one composition into the other; null without states. */
  readonly stateChange: number | null;
  readonly verdict: OriginVerdict;
  readonly reasons: readonly string[];
}

/** Limits of the verdict. */
export interface LineageShiftOptions {
  /** Barcoded cells both samples are brought down to, at most; 150 by default. */
  readonly depth?: number;
  /** Fewer barcoded cells than this in either sample are insufficient; 50 by default. */
  readonly minimumCells?: number;
  /** Diversity counts as kept when the interval of the ratio lies above one minus this; 0.25 by default. */
  readonly margin?: number;
  /** Diversity counts as lost when the interval ends below this; 0.5 by default. */
  readonly lost?: number;
  /** Least change of state for an adaptation; 0.5 by default. */
  readonly changed?: number;
  readonly level?: number;
}

/** The clones of one sample and, where known, how its cells are spread over states. */
export interface LineageSample {
  readonly clones: CloneSizes;
  /** Cells by state; null where states are not known. */
  readonly states: ReadonlyMap<string, number> | null;
}

/**
 * Reads a pair of samples: **adaptation** when the later sample kept its clones (interval of the diversity ratio above
 * 1 − margin) while its cells changed state; **selection** when it lost them (interval below `lost`); **mixed** when
 * some were lost (interval between); otherwise **cannot tell**, always so with too few barcoded cells, or when
 * diversity is kept but no state is known to have changed.
 *
 * The ratio's interval is that of a ratio of two independent rarefied richnesses on the log scale.
 */
export function lineageShift(
  [before, after]: readonly [LineageSample, LineageSample],
  options: LineageShiftOptions = {},
): LineageShift {
  const { minimumCells = 50, margin = 0.25, lost = 0.5, changed = 0.5, level = 0.95 } = options;
  const fewest = Math.min(before.clones.total, after.clones.total);
  const depth = Math.min(options.depth ?? 150, fewest);
  const stateChange = distance(before.states, after.states);
  const method = `ratio of expected clones among ${String(depth)} cells, interval on the log scale`;
  if (fewest < minimumCells) {
    const reasons = [
      `insufficient: ${String(fewest)} barcoded cells, at least ${String(minimumCells)} needed in both samples`,
    ];
    const unknown = { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons } as const;
    return { diversityKept: unknown, depth, stateChange, verdict: 'cannot tell', reasons };
  }
  const diversityKept = ratio([before.clones, after.clones], { depth, level, method });
  return { diversityKept, depth, stateChange, ...read(diversityKept, stateChange, { margin, lost, changed }) };
}

function read(
  { low, high }: Estimate,
  stateChange: number | null,
  { margin, lost, changed }: { readonly margin: number; readonly lost: number; readonly changed: number },
): { readonly verdict: OriginVerdict; readonly reasons: readonly string[] } {
  if (low === null || high === null) return { verdict: 'cannot tell', reasons: ['the ratio has no interval'] };
  if (high < lost) return { verdict: 'selection', reasons: ['most clones were lost'] };
  if (high < 1 - margin) return { verdict: 'mixed', reasons: ['some clones were lost, many were kept'] };
  if (low < 1 - margin)
    return { verdict: 'cannot tell', reasons: ['the interval holds both loss and no loss of clones'] };
  if (stateChange === null)
    return { verdict: 'cannot tell', reasons: ['clones were kept, but no state of the cells is known'] };
  if (stateChange < changed)
    return { verdict: 'cannot tell', reasons: ['clones were kept, and so was the state of the cells'] };
  return { verdict: 'adaptation', reasons: ['clones were kept while the cells changed state'] };
}

function ratio(
  pair: readonly [CloneSizes, CloneSizes],
  { depth, level, method }: { readonly depth: number; readonly level: number; readonly method: string },
): Estimate {
  const [before, after] = pair.map(({ sizes }) => rarefiedRichness(sizes, depth));
  const value = (after?.value ?? NaN) / (before?.value ?? NaN);
  const relative = (one: typeof before): number => (one === undefined ? NaN : one.standardError / one.value);
  const error = Math.sqrt(relative(before) ** 2 + relative(after) ** 2);
  const reach = normalQuantile((1 + level) / 2) * error;
  const low = exp(log(value) - reach);
  const high = exp(log(value) + reach);
  return { value, low, high, level, method, status: 'ok', reasons: [] };
}

/** Total variation distance between two compositions; null where either has no cells. */
function distance(before: LineageSample['states'], after: LineageSample['states']): number | null {
  if (before === null || after === null) return null;
  const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);
  const [nBefore, nAfter] = [total(before), total(after)];
  if (nBefore === 0 || nAfter === 0) return null;
  const states = new Set([...before.keys(), ...after.keys()]);
  let kept = 0;
  for (const state of states) kept += Math.min((before.get(state) ?? 0) / nBefore, (after.get(state) ?? 0) / nAfter);
  return 1 - kept;
}
