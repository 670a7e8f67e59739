import { exp, log } from '../../core/pinned-math.js';
import type { Estimate } from '../../core/method.js';
import { normalQuantile } from '../../stats/distributions.js';
import { clopperPearson } from '../../stats/exact-binomial.js';
import type { CloneSizes } from './clone-sizes.js';
import { rarefiedRichness } from './rarefied-richness.js';

/** How the clones of one sample are spread. */
export interface CloneDiversity {
  readonly nBarcoded: number;
  readonly nClones: number;
  /** Clones per barcoded cell: one when no two cells share a clone. Falls with the number of cells read. */
  readonly clonesPerCell: number;
  readonly topClone: string | null;
  readonly topShare: Estimate;
  /** Number of equally large clones with the same Shannon entropy, exp(H). */
  readonly effectiveClones: Estimate;
  /** Clones among `depth` barcoded cells. */
  readonly rarefiedClones: Estimate;
  readonly depth: number;
  /** False below the minimum number of barcoded cells: none of the estimates may then be read. */
  readonly sufficient: boolean;
}

/** How diversity is measured. */
export interface CloneDiversityOptions {
  /** Barcoded cells every sample is brought down to; 150 by default. */
  readonly depth?: number;
  /** Fewer barcoded cells than this are insufficient; 50 by default. */
  readonly minimumCells?: number;
  /** Coverage of the intervals; 0.95 by default. */
  readonly level?: number;
}

/**
 * Diversity of the clones of one sample: clones per barcoded cell, share of the largest clone (exact binomial interval),
 * effective number of clones exp(H) with H = −Σ pᵢ ln pᵢ, and rarefied richness.
 *
 * The interval of exp(H) comes from var(H) ≈ (Σ pᵢ ln² pᵢ − H²)/n. H is biased down where clones outnumber the
 * cells read; the rarefied richness at one depth is what should be compared between samples.
 *
 * @param clones - cells per clone of one sample
 * @throws OptionError for a level outside (0, 1)
 */
export function cloneDiversity(clones: CloneSizes, options: CloneDiversityOptions = {}): CloneDiversity {
  const { depth = 150, minimumCells = 50, level = 0.95 } = options;
  const { sizes, total } = clones;
  const reasons =
    total < minimumCells ? [`${String(total)} barcoded cells; at least ${String(minimumCells)} needed`] : [];
  const of = (estimate: Numbers, method: string): Estimate => asEstimate(estimate, { level, method, reasons });
  return {
    nBarcoded: total,
    nClones: sizes.length,
    clonesPerCell: total === 0 ? NaN : sizes.length / total,
    topClone: clones.clones[0] ?? null,
    topShare: of(topShare(clones, level), 'exact binomial interval'),
    effectiveClones: of(effectiveClones(clones, level), 'exp(H), interval from the variance of H'),
    rarefiedClones: of(
      rarefied(clones, depth, level),
      `expected clones among ${String(depth)} cells, unconditional variance`,
    ),
    depth,
    sufficient: reasons.length === 0,
  };
}

interface Numbers {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function topShare({ sizes, total }: CloneSizes, level: number): Numbers {
  if (total === 0) return { value: NaN, low: NaN, high: NaN };
  const { estimate, low, high } = clopperPearson(Math.round(sizes[0] as number), Math.round(total), { level });
  return { value: estimate, low, high };
}

function effectiveClones({ sizes, total }: CloneSizes, level: number): Numbers {
  if (total === 0) return { value: NaN, low: NaN, high: NaN };
  let entropy = 0;
  let squares = 0;
  for (const size of sizes) {
    const p = size / total;
    entropy -= p * log(p);
    squares += p * log(p) * log(p);
  }
  const error = Math.sqrt(Math.max(0, squares - entropy * entropy) / total);
  const reach = normalQuantile((1 + level) / 2) * error;
  return { value: exp(entropy), low: exp(entropy - reach), high: exp(entropy + reach) };
}

function rarefied({ sizes }: CloneSizes, depth: number, level: number): Numbers {
  const { value, standardError } = rarefiedRichness(sizes, depth);
  const reach = normalQuantile((1 + level) / 2) * standardError;
  return { value, low: Math.max(1, value - reach), high: Math.min(depth, value + reach) };
}

function asEstimate(
  { value, low, high }: Numbers,
  { level, method, reasons }: { readonly level: number; readonly method: string; readonly reasons: readonly string[] },
): Estimate {
  const known = Number.isFinite(value) && reasons.length === 0;
  const why = reasons.length > 0 ? reasons : ['fewer barcoded cells than the depth compared'];
  return {
    value: known ? value : null,
    low: known ? low : null,
    high: known ? high : null,
    level,
    method,
    status: known ? 'ok' : 'not-identifiable',
    reasons: known ? [] : why,
  };
}
