import { exp } from '../../core/pinned-math.js';
import { logGamma } from '../../stats/distributions.js';

/** Expected number of clones among `depth` cells drawn without replacement, with its standard error. */
export interface Richness {
  readonly value: number;
  /** Square root of the unconditional variance: what another sample of the same tumour would vary by. */
  readonly standardError: number;
}

/**
 * Rarefied richness: the clones one would see had only m of the n barcoded cells been read,
 *
 *   S(m) = Σᵢ [1 − C(n − nᵢ, m) / C(n, m)],
 *
 * which makes samples of different size comparable. Its unconditional variance (Colwell 2012, equation 5) is
 *
 *   σ²(m) = Σᵢ (1 − aᵢ)² − S(m)² / Sₑₛₜ,   aᵢ = C(n − nᵢ, m) / C(n, m),
 *
 * with the Chao 1 estimate Sₑₛₜ of all clones of the tumour (bias-corrected).
 *
 * @param sizes - cells per clone, whole numbers above zero
 * @param depth - m, from 1 to the sum of `sizes`; NaN comes back beyond it
 * @see Hurlbert 1971, doi 10.2307/1934145; Colwell et al. 2012, doi 10.1093/jpe/rtr044
 * @see R `vegan::rarefy`, which gives the same expectation and the conditional (smaller) standard error
 */
export function rarefiedRichness(sizes: ArrayLike<number>, depth: number): Richness {
  const values = Array.from(sizes);
  const n = values.reduce((sum, size) => sum + size, 0);
  if (depth > n) return { value: NaN, standardError: NaN };
  let value = 0;
  let squares = 0;
  for (const size of values) {
    const seen = 1 - unseen(n, size, depth);
    value += seen;
    squares += seen * seen;
  }
  const variance = squares - (value * value) / chao1(values);
  return { value, standardError: Math.sqrt(Math.max(0, variance)) };
}

/** C(n − size, depth) / C(n, depth): the chance that a clone is missed. */
function unseen(n: number, size: number, depth: number): number {
  if (n - size < depth) return 0;
  return exp(logGamma(n - size + 1) - logGamma(n - size - depth + 1) - logGamma(n + 1) + logGamma(n - depth + 1));
}

/** Bias-corrected Chao 1 estimate of the number of clones, seen and unseen. */
export function chao1(sizes: readonly number[]): number {
  const once = sizes.filter((size) => size === 1).length;
  const twice = sizes.filter((size) => size === 2).length;
  return sizes.length + (once * (once - 1)) / (2 * (twice + 1));
}
