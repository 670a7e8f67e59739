import { createRng } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { adjustForConfounders } from './confounder-adjustment.js';
import { fitMixture } from './fit-mixture.js';
import type { MixtureInput } from './state-mixture.js';
import { callProbabilities } from './state-posteriors.js';
import type { PatientFit } from './fit-patient.js';

const nPerSample = 500;

/** Two samples in which the score follows a confounder, a state, or both; the confounder is raised in the second. */
function drawFit({ slope, persisters }: { readonly slope: number; readonly persisters: number }): {
  readonly fit: PatientFit;
  readonly confounder: Float64Array;
} {
  const rng = createRng(6, 'confounder-adjustment');
  const sampleOf = Uint32Array.from({ length: 2 * nPerSample }, (_, c) => (c < nPerSample ? 0 : 1));
  const confounder = Float64Array.from(sampleOf, (j) => rng.normal() + (j === 1 ? 3 : 0));
  const shift = Float64Array.from(sampleOf, () => 5);
  const z = Float64Array.from(sampleOf, (j, c) => {
    const state = j === 1 && rng.uniform() < persisters ? 1 : 0;
    return 5 * (state + slope * (confounder[c] as number)) + rng.normal();
  });
  const constant = (value: number): Float64Array => new Float64Array(z.length).fill(value);
  const scores = {
    z,
    shift,
    skew: constant(0),
    skewShifted: constant(0),
    varianceShifted: constant(1.3),
    weights: constant(0),
  };
  const input: MixtureInput = { scores, sampleOf, untreated: [true, false] };
  const mixture = fitMixture(input);
  return { fit: { input, scores, mixture, probability: callProbabilities(input, mixture) }, confounder };
}

describe('adjusting for confounders', () => {
  const adjust = (fit: PatientFit, values: Float64Array): ReturnType<typeof adjustForConfounders> =>
    adjustForConfounders(fit, [{ name: 'dissociation', values }], [false, true]);

  it('takes away a state that a confounder explains', () => {
    const { fit, confounder } = drawFit({ slope: 0.25, persisters: 0 });
    expect(fit.mixture.fraction[1]).toBeGreaterThan(0.5);
    const { mixture, associations } = adjust(fit, confounder);
    expect(mixture.fraction[1]).toBeLessThan(0.05);
    expect(associations[0]?.coefficient).toBeCloseTo(0.25, 1);
    expect(associations[0]?.shift).toBeCloseTo(3, 0);
    expect(associations[0]?.correlationFrom).toBeGreaterThan(0.5);
  });

  it('leaves a state alone that goes its own way', () => {
    const { fit, confounder } = drawFit({ slope: 0, persisters: 0.6 });
    const { mixture } = adjust(fit, confounder);
    expect(mixture.fraction[1]).toBeCloseTo(fit.mixture.fraction[1] as number, 1);
  });

  it('does nothing with a confounder that does not vary or is missing', () => {
    const { fit } = drawFit({ slope: 0, persisters: 0.6 });
    const { mixture } = adjust(fit, new Float64Array(2 * nPerSample).fill(NaN));
    expect(mixture.fraction[1]).toBeCloseTo(fit.mixture.fraction[1] as number, 6);
  });
});
