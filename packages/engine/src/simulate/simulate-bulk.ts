import { exp } from '../core/pinned-math.js';
import type { Rng } from '../core/rng.js';
import type { Population } from './cell-identity.js';
import { expressionProfile, mixtureProfile, type ProfileInput } from './expression-profile.js';
import type { SimulationParameters } from './parameters.js';
import { randomNegativeBinomial } from './random-negative-binomial.js';

/** What `simulateBulk` needs besides the expected expression. */
export interface BulkDraw {
  readonly populations: readonly Population[];
  readonly parameters: SimulationParameters;
  readonly rng: Rng;
}

/**
 * Draws the counts of one bulk sample: the expected mixture of its populations of cells, times a log-normal library size
 * with a mean proportional to the number of genes, with negative binomial noise.
 *
 * @param input - what the expected expression depends on
 * @returns raw counts, one per gene
 */
export function simulateBulk(input: ProfileInput, { populations, parameters, rng }: BulkDraw): Float64Array {
  const mixture = mixtureProfile(
    populations.map(({ identity }) => expressionProfile(input, identity)),
    populations.map(({ weight }) => weight),
  );
  const spread = parameters.bulkDepthSpread;
  const depth = parameters.bulkCountsPerGene * mixture.length * exp(spread * rng.normal() - (spread * spread) / 2);
  return mixture.map((share) => randomNegativeBinomial(rng, depth * share, parameters.bulkDispersion));
}
