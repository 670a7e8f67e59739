import { exp } from '../core/pinned-math.js';
import type { Rng } from '../core/rng.js';
import { expressionProfile, mixtureProfile, type ProfileInput } from './expression-profile.js';
import { simulationParameters as parameters } from './parameters.js';
import { cellStates } from './patient-model.js';
import { randomNegativeBinomial } from './random-negative-binomial.js';

/**
 * Draws the counts of one bulk sample: the expected mixture of its cell states, times a log-normal library size
 * with a mean proportional to the number of genes, with negative binomial noise.
 *
 * @param input - what the expected expression depends on
 * @param options - `fractions` of each state in the order of `cellStates`; `rng`
 * @returns raw counts, one per gene
 */
export function simulateBulk(
  input: ProfileInput,
  options: { readonly fractions: readonly number[]; readonly rng: Rng },
): Float64Array {
  const profiles = cellStates.map((state) => expressionProfile(input, state));
  const mixture = mixtureProfile(profiles, options.fractions);
  const { rng } = options;
  const spread = parameters.bulkDepthSpread;
  const depth = parameters.bulkCountsPerGene * mixture.length * exp(spread * rng.normal() - (spread * spread) / 2);
  return mixture.map((share) => randomNegativeBinomial(rng, depth * share, parameters.bulkDispersion));
}
