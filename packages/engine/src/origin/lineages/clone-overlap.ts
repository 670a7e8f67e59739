import type { Estimate } from '../../core/method.js';
import { normalQuantile } from '../../stats/distributions.js';
import { clopperPearson } from '../../stats/exact-binomial.js';
import type { CloneSizes } from './clone-sizes.js';

/** What two samples have in common. */
export interface CloneOverlap {
  readonly nShared: number;
  /** Share of the second sample's barcoded cells in clones that were seen in the first. */
  readonly cellsInKnownClones: Estimate;
  /** Morisita's index: one when the clones have the same shares in both, zero when no clone is in both. */
  readonly morisita: Estimate;
}

/**
 * Overlap of the clones of two samples. Morisita's index
 *
 *   C = 2 Σ xᵢyᵢ / ((λx + λy) X Y),  λx = Σ xᵢ(xᵢ − 1) / (X(X − 1)),
 *
 * does not depend on how many cells were read; its interval is a jackknife over cells. It can exceed one by chance and is cut there.
 * It is unknown where no clone of either sample has two cells.
 *
 * @see Morisita 1959; the Morisita–Horn form (Horn 1966, doi 10.1086/282436) divides by X² instead and depends on depth
 */
export function cloneOverlap(
  [from, to]: readonly [CloneSizes, CloneSizes],
  options: { readonly level?: number } = {},
): CloneOverlap {
  const { level = 0.95 } = options;
  const sizeIn = new Map(from.clones.map((clone, i) => [clone, from.sizes[i] as number]));
  const shared = to.clones.flatMap((clone, i) => {
    const before = sizeIn.get(clone);
    return before === undefined ? [] : [[before, to.sizes[i] as number] as const];
  });
  const known = shared.reduce((sum, [, after]) => sum + after, 0);
  return {
    nShared: shared.length,
    cellsInKnownClones: knownShare(known, to.total, level),
    morisita: morisita(from, to, { sizeIn, level }),
  };
}

function knownShare(known: number, total: number, level: number): Estimate {
  const method = 'exact binomial interval';
  if (total === 0) return unknown(level, method, 'no barcoded cells');
  const { estimate, low, high } = clopperPearson(Math.round(known), Math.round(total), { level });
  return { value: estimate, low, high, level, method, status: 'ok', reasons: [] };
}

/** Sums that Morisita's index is made of. */
interface Sums {
  readonly product: number;
  readonly x: number;
  readonly xPairs: number;
  readonly y: number;
  readonly yPairs: number;
}

function morisita(
  from: CloneSizes,
  to: CloneSizes,
  { sizeIn, level }: { readonly sizeIn: ReadonlyMap<string, number>; readonly level: number },
): Estimate {
  const method = 'Morisita’s index, jackknife over cells';
  const sizeOut = new Map(to.clones.map((clone, i) => [clone, to.sizes[i] as number]));
  const clones = [...new Set([...from.clones, ...to.clones])].map(
    (clone) => [sizeIn.get(clone) ?? 0, sizeOut.get(clone) ?? 0] as const,
  );
  const sums: Sums = {
    product: clones.reduce((sum, [x, y]) => sum + x * y, 0),
    x: from.total,
    xPairs: clones.reduce((sum, [x]) => sum + x * (x - 1), 0),
    y: to.total,
    yPairs: clones.reduce((sum, [, y]) => sum + y * (y - 1), 0),
  };
  const value = indexOf(sums);
  if (!Number.isFinite(value)) return unknown(level, method, 'no clone has two cells');
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(jackknifeVariance(clones, sums));
  const within = (index: number): number => Math.min(1, Math.max(0, index));
  const known = { value: within(value), level, method, status: 'ok' } as const;
  if (!Number.isFinite(reach)) return { ...known, low: null, high: null, reasons: ['too few cells for an interval'] };
  return { ...known, low: within(value - reach), high: within(value + reach), reasons: [] };
}

function indexOf({ product, x, xPairs, y, yPairs }: Sums): number {
  return (2 * product) / ((xPairs / (x * (x - 1)) + yPairs / (y * (y - 1))) * x * y);
}

/** Cells of one clone and sample are alike, so leaving out any of them gives the same value. */
function jackknifeVariance(clones: readonly (readonly [number, number])[], sums: Sums): number {
  const one = (count: number, without: (clone: readonly [number, number]) => Sums, side: 0 | 1): number => {
    const left = clones.flatMap((clone) => (clone[side] > 0 ? [[indexOf(without(clone)), clone[side]] as const] : []));
    const mean = left.reduce((sum, [value, weight]) => sum + value * weight, 0) / count;
    return ((count - 1) / count) * left.reduce((sum, [value, weight]) => sum + weight * (value - mean) ** 2, 0);
  };
  return (
    one(
      sums.x,
      ([x, y]) => ({ ...sums, x: sums.x - 1, product: sums.product - y, xPairs: sums.xPairs - 2 * (x - 1) }),
      0,
    ) +
    one(
      sums.y,
      ([x, y]) => ({ ...sums, y: sums.y - 1, product: sums.product - x, yPairs: sums.yPairs - 2 * (y - 1) }),
      1,
    )
  );
}

function unknown(level: number, method: string, reason: string): Estimate {
  return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons: [reason] };
}
