import { log } from '../../core/pinned-math.js';
import { callSpan, spanEffect, type SpanCallOptions } from './call-span.js';
import { type CopyStateModel, copyStates } from './copy-states.js';
import type { GenomeBin, GenomeLayout } from './genome-layout.js';
import { huberMean, type SpanNoise } from './span-noise.js';
import type { SegmentCall } from './types.js';

/** Chance that the state changes between neighbouring bins. Going in and out costs twelve orders of magnitude: a stretch is one of very many. */
const changeRate = 1e-6;

/**
 * Altered stretches of each arm: the most probable path (Viterbi) of a hidden Markov model over bins with the states of
 * `copyStates`. A bin's robust mean ratio has, given a state, a normal distribution about the state's mean with the variance of
 * the state plus that of the bin. Each stretch outside the neutral state is then judged like an arm (`callSpan`) and kept
 * when it is called the same.
 */
export function findSegments(layout: GenomeLayout, noise: SpanNoise, options: SpanCallOptions): readonly SegmentCall[] {
  const states = copyStates(options.neutralSpread);
  return layout.arms.flatMap(({ label, firstBin, endBin }) => {
    const path = mostProbablePath(layout.bins.slice(firstBin, endBin), noise, states);
    return stretches(path).flatMap(({ from, end, state }) => {
      const segment = describe(
        layout,
        noise,
        { arm: label, firstBin: firstBin + from, endBin: firstBin + end },
        options,
      );
      return segment.call === states[state]?.state && segment.call !== 'neutral' ? [segment] : [];
    });
  });
}

/** State of each bin. */
function mostProbablePath(
  bins: readonly GenomeBin[],
  noise: SpanNoise,
  states: readonly CopyStateModel[],
): readonly number[] {
  const n = states.length;
  const stay = log(1 - (n - 1) * changeRate);
  const change = log(changeRate);
  const back: (readonly number[])[] = [];
  let scores = states.map(({ prior }) => log(prior));
  bins.forEach((bin, b) => {
    const likelihood = logLikelihoods(bin, noise, states);
    const from = states.map((_, to) => {
      const options = scores.map((score, s) => score + (s === to ? stay : change));
      return b === 0 ? to : options.indexOf(Math.max(...options));
    });
    scores = states.map((_, to) => {
      const previous = from[to] as number;
      const step = b === 0 ? 0 : previous === to ? stay : change;
      return (scores[previous] as number) + step + (likelihood[to] as number);
    });
    back.push(from);
  });
  const path: number[] = [];
  let state = scores.indexOf(Math.max(...scores));
  for (let b = bins.length - 1; b >= 0; b--) {
    path.unshift(state);
    state = back[b]?.[state] as number;
  }
  return path;
}

function logLikelihoods(
  { firstGene, endGene }: GenomeBin,
  noise: SpanNoise,
  states: readonly CopyStateModel[],
): readonly number[] {
  const genes: number[] = [];
  let weight = 0;
  for (let g = firstGene; g < endGene; g++) {
    if ((noise.weight[g] as number) === 0) continue;
    genes.push(g);
    weight += noise.weight[g] as number;
  }
  if (genes.length === 0) return states.map(() => 0);
  const value = huberMean(noise, genes);
  return states.map(({ mean, spread }) => {
    const variance = spread * spread + (noise.inflation * noise.inflation) / (0.95 * weight);
    return -0.5 * log(variance) - (value - mean) ** 2 / (2 * variance);
  });
}

function stretches(path: readonly number[]): readonly { from: number; end: number; state: number }[] {
  const starts = path.flatMap((state, b) => (state === path[b - 1] ? [] : [b]));
  return starts.map((from, i) => ({ from, end: starts[i + 1] ?? path.length, state: path[from] as number }));
}

function describe(
  layout: GenomeLayout,
  noise: SpanNoise,
  place: { readonly arm: string; readonly firstBin: number; readonly endBin: number },
  options: SpanCallOptions,
): SegmentCall {
  const [first, last] = [layout.bins[place.firstBin] as GenomeBin, layout.bins[place.endBin - 1] as GenomeBin];
  return {
    ...place,
    chromosome: first.chromosome,
    start: first.start,
    end: last.end,
    ...callSpan(spanEffect(noise, first.firstGene, last.endGene), options),
  };
}
