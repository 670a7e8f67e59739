import { OptionError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { randomGamma } from './random-gamma.js';
import { randomPoisson } from './random-poisson.js';

/**
 * One draw from the negative binomial distribution in the parameters of edgeR and DESeq2: mean μ and dispersion φ,
 * variance μ + φμ². Drawn as a Poisson count whose mean is gamma distributed with shape 1/φ and scale φμ.
 *
 * @param rng - random stream; advanced by a variable number of draws
 * @param mean - expected count, ≥ 0
 * @param dispersion - φ ≥ 0; zero gives the Poisson distribution
 * @returns an integer ≥ 0
 * @throws OptionError when the mean or the dispersion is negative or not finite
 */
export function randomNegativeBinomial(rng: Rng, mean: number, dispersion: number): number {
  if (!(dispersion >= 0)) {
    throw new OptionError('A negative binomial needs a dispersion of 0 or more.', { found: String(dispersion) });
  }
  if (dispersion === 0) return randomPoisson(rng, mean);
  return randomPoisson(rng, mean * dispersion * randomGamma(rng, 1 / dispersion));
}
