import { OptionError } from '../core/errors.js';
import { compareText } from './compare-text.js';

/** The genes a programme raises and lowers most surely, best first. */
export interface Signature {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/**
 * The `size` genes of largest positive t and the `size` genes of most negative t. Ties are broken by gene name, genes without
 * a t are left out, and a gene is never listed against the sign of its t, so a side may be shorter than asked.
 *
 * @param t - one statistic per gene
 * @throws OptionError when `size` is not a whole number above zero
 */
export function signature(genes: readonly string[], t: Float64Array, options: { readonly size: number }): Signature {
  const { size } = options;
  if (!(Number.isInteger(size) && size > 0)) {
    throw new OptionError('A signature needs a whole number of genes above zero.', { found: String(size) });
  }
  const ranked = genes.map((gene, g) => ({ gene, t: t[g] as number })).filter((entry) => !Number.isNaN(entry.t));
  ranked.sort((a, b) => b.t - a.t || compareText(a.gene, b.gene));
  const names = (entries: readonly { readonly gene: string }[]): string[] => entries.map((entry) => entry.gene);
  return {
    up: names(ranked.slice(0, size).filter((entry) => entry.t > 0)),
    down: names(
      ranked
        .toReversed()
        .slice(0, size)
        .filter((entry) => entry.t < 0),
    ),
  };
}

/** How many genes two lists share. */
export function overlapOf(a: readonly string[], b: readonly string[]): number {
  const inB = new Set(b);
  return a.filter((gene) => inB.has(gene)).length;
}
