import gammaln from '@stdlib/math-base-special-gammaln';
import { OptionError } from '../core/errors.js';
import { exp, log } from '../core/pinned-math.js';
import type { Rng } from '../core/rng.js';

/**
 * One draw from the Poisson distribution. Means below 10 are inverted by sequential search from zero (one uniform);
 * larger means use Hörmann's transformed rejection with squeeze (PTRS), whose cost does not grow with the mean.
 *
 * @param rng - random stream; advanced by a variable number of draws
 * @param mean - expected count, 0 … 2^53 − 1
 * @returns an integer ≥ 0
 * @throws OptionError when the mean is negative, not finite or above 2^53 − 1
 * @see doi:10.1016/0167-6687(93)90997-4 (PTRS). Exact up to the rounding of float64 probabilities.
 */
export function randomPoisson(rng: Rng, mean: number): number {
  if (!(mean >= 0 && mean <= Number.MAX_SAFE_INTEGER)) {
    throw new OptionError('A Poisson distribution needs a mean of 0 … 2^53 − 1.', { found: String(mean) });
  }
  return mean < 10 ? inversion(rng, mean) : transformedRejection(rng, mean);
}

function inversion(rng: Rng, mean: number): number {
  const u = rng.uniform();
  let probability = exp(-mean);
  let cumulative = probability;
  let count = 0;
  while (u >= cumulative) {
    count += 1;
    probability *= mean / count;
    const next = cumulative + probability;
    // The largest uniforms lie above the rounded sum of all probabilities: stop where the sum no longer grows.
    if (next === cumulative) return count;
    cumulative = next;
  }
  return count;
}

function transformedRejection(rng: Rng, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const squeezeHeight = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = rng.uniform() - 0.5;
    const v = rng.uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeezeHeight) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const hat = log((v * (1.1239 + 1.1328 / (b - 3.4))) / (a / (us * us) + b));
    if (hat <= count * log(mean) - mean - gammaln(count + 1)) return count;
  }
}
