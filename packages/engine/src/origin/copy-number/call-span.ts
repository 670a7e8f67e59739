import { exp } from '../../core/pinned-math.js';
import { binomialUpper } from '../../stats/exact-binomial.js';
import { copyStates } from './copy-states.js';
import { leastArmGenes } from './genome-regions.js';
import { huberMean, type SpanNoise, usableWindows } from './span-noise.js';
import type { SpanCall } from './types.js';

/** A call needs this many genes agreeing beyond chance: one-sided sign test. */
const breadthLevel = 0.01;

/** What a call has to fulfil. */
export interface SpanCallOptions {
  readonly posterior: number;
  readonly nCells: number;
  /** Spread of the effects of unaltered arms, log2. */
  readonly neutralSpread: number;
}

/** An effect with what is needed to judge it. */
export interface SpanEffect {
  readonly effect: number;
  readonly standardError: number;
  readonly nGenes: number;
  readonly nAgreeing: number;
  /** Effect without the window of ten genes that supports it most. */
  readonly effectWithoutBest: number;
}

/** Robust mean effect of the genes `firstGene … endGene − 1`, with its standard error over genes. */
export function spanEffect(noise: SpanNoise, firstGene: number, endGene: number): SpanEffect {
  const windows = usableWindows(noise, firstGene, endGene);
  const genes = windows.flat();
  const effect = huberMean(noise, genes);
  const weight = genes.reduce((sum, g) => sum + (noise.weight[g] as number), 0);
  const sign = Math.sign(effect);
  return {
    effect,
    // The Huber mean has 95 % efficiency.
    standardError: noise.inflation / Math.sqrt(0.95 * weight),
    nGenes: genes.length,
    nAgreeing: genes.filter((g) => sign * (noise.centred[g] as number) > 0).length,
    effectWithoutBest: withoutBest(noise, windows, sign),
  };
}

/**
 * Loss, neutral or gain. The effect has, given a state, a normal distribution about the state's mean with the state's spread
 * and the standard error; Bayes' rule with the priors of `copyStates`. An alteration also needs breadth: more genes on its
 * side than chance allows (sign test, 1 %) and at least half the effect without the ten genes that support it most.
 */
export function callSpan(found: SpanEffect, options: SpanCallOptions): SpanCall {
  const { posterior: level, nCells, neutralSpread } = options;
  const { effect, standardError, nGenes, nAgreeing } = found;
  const shared = { effect, standardError, nGenes, nAgreeing, nCells };
  if (nGenes < leastArmGenes || Number.isNaN(effect)) {
    return { ...shared, call: 'cannot-tell', reason: 'few-genes', posterior: [NaN, NaN, NaN] };
  }
  const posterior = statePosterior(found, neutralSpread);
  const best = posterior.indexOf(Math.max(...posterior));
  const state = copyStates(neutralSpread)[best]?.state ?? 'neutral';
  if (!((posterior[best] as number) >= level))
    return { ...shared, call: 'cannot-tell', reason: 'uncertain', posterior };
  if (state !== 'neutral' && !isBroad(found)) return { ...shared, call: 'cannot-tell', reason: 'narrow', posterior };
  return { ...shared, call: state, reason: null, posterior };
}

/** Probabilities of loss, neutral and gain. */
export function statePosterior(
  { effect, standardError }: Pick<SpanEffect, 'effect' | 'standardError'>,
  neutralSpread: number,
): readonly [number, number, number] {
  const logs = copyStates(neutralSpread).map(({ mean, spread, prior }) => {
    const variance = spread * spread + standardError * standardError;
    return { prior, deviance: (effect - mean) ** 2 / variance, variance };
  });
  const least = Math.min(...logs.map(({ deviance }) => deviance));
  const weights = logs.map(
    ({ prior, deviance, variance }) => (prior * exp((least - deviance) / 2)) / Math.sqrt(variance),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [loss, neutral, gain] = weights.map((weight) => weight / total) as [number, number, number];
  return [loss, neutral, gain];
}

function isBroad({ effect, effectWithoutBest, nGenes, nAgreeing }: SpanEffect): boolean {
  return effectWithoutBest / effect >= 0.5 && binomialUpper(nAgreeing, nGenes, 0.5) <= breadthLevel;
}

function withoutBest(noise: SpanNoise, windows: readonly (readonly number[])[], sign: number): number {
  if (windows.length < 2) return 0;
  const support = windows.map((genes) => sign * huberMean(noise, genes));
  const best = support.indexOf(Math.max(...support));
  return huberMean(noise, windows.filter((_, i) => i !== best).flat());
}
