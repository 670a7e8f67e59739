import type { MixtureInput } from './state-mixture.js';

/** Evenly spaced cells of the samples with more than `most`, all cells of the others; the input itself where nothing is left out. */
export function thinCells(input: MixtureInput, most: number): MixtureInput {
  const { scores, sampleOf, untreated } = input;
  const sizes = new Uint32Array(untreated.length);
  for (const j of sampleOf) sizes[j] = (sizes[j] as number) + 1;
  if (sizes.every((size) => size <= most)) return input;
  const seen = new Uint32Array(untreated.length);
  const kept = Uint32Array.from(sampleOf.keys()).filter((c) => {
    const j = sampleOf[c] as number;
    const share = Math.min(1, most / (sizes[j] as number));
    const place = seen[j] as number;
    seen[j] = place + 1;
    return Math.floor((place + 1) * share) > Math.floor(place * share);
  });
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (c) => values[c] as number);
  return {
    untreated,
    sampleOf: Uint32Array.from(kept, (c) => sampleOf[c] as number),
    scores: {
      z: pick(scores.z),
      shift: pick(scores.shift),
      skew: pick(scores.skew),
      skewShifted: pick(scores.skewShifted),
      varianceShifted: pick(scores.varianceShifted),
      weights: scores.weights,
    },
  };
}
