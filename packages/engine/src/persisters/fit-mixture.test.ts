import { createRng } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { fitMixture } from './fit-mixture.js';
import type { MixtureInput } from './state-mixture.js';
import { callProbabilities } from './state-posteriors.js';
import { fractionEstimate } from './fraction-estimate.js';
import { fractionInformation } from './mixture-information.js';

/** Scores of cells with known states: shift about `separation`, 400 cells per sample. */
function drawScores(
  fractions: readonly number[],
  { seed = 1, separation = 5, strength = 1, cells = 400, offset = 0 } = {},
): { readonly input: MixtureInput; readonly state: Uint8Array } {
  const rng = createRng(seed, 'fit-mixture');
  const sampleOf = Uint32Array.from({ length: cells * fractions.length }, (_, c) => Math.floor(c / cells));
  const state = Uint8Array.from(sampleOf, (j) => (rng.uniform() < (fractions[j] as number) ? 1 : 0));
  const shift = Float64Array.from(state, () => separation * (0.8 + 0.4 * rng.uniform()));
  const z = Float64Array.from(state, (s, c) => {
    const activity = s === 1 ? strength + 0.15 * rng.normal() : (sampleOf[c] as number) > 0 ? offset : 0;
    return activity * (shift[c] as number) + rng.normal() * Math.sqrt(s === 1 ? 1 + 0.5 * strength : 1);
  });
  const constant = (value: number): Float64Array => new Float64Array(z.length).fill(value);
  const scores = {
    z,
    shift,
    skew: constant(0),
    skewShifted: constant(0),
    varianceShifted: constant(1.5),
    weights: constant(0),
  };
  return { input: { scores, sampleOf, untreated: fractions.map((_, j) => j === 0) }, state };
}

describe('the mixture of one patient', () => {
  it('recovers strength and fractions', () => {
    const { input, state } = drawScores([0.02, 0.7, 0.05], { strength: 1.4 });
    const mixture = fitMixture(input);
    expect(mixture.converged).toBe(true);
    expect(mixture.strength).toBeCloseTo(1.4, 1);
    mixture.fraction.forEach((pi, j) => {
      const own = state.filter((_, c) => input.sampleOf[c] === j);
      expect(Math.abs(pi - own.reduce((sum, s) => sum + s, 0) / own.length)).toBeLessThan(0.01);
    });
  });

  it('is not moved by persister-like cells among the untreated ones', () => {
    const mixture = fitMixture(drawScores([0.3, 0.8]).input);
    expect(mixture.fraction[0]).toBeCloseTo(0.3, 1);
    expect(Math.abs(mixture.untreatedMean[0] as number)).toBeLessThan(0.1);
  });

  it('follows a small shift of all cells of a sample instead of calling them', () => {
    const mixture = fitMixture(drawScores([0, 0], { offset: 0.1 }).input);
    expect(mixture.untreatedMean[1]).toBeCloseTo(0.1, 1);
    expect(mixture.fraction[1]).toBeLessThan(0.01);
  });

  it('finds no state in a patient without one, and says what strength it assumed', () => {
    const { input } = drawScores([0, 0], { cells: 600 });
    const mixture = fitMixture(input);
    expect(Math.max(...mixture.fraction)).toBeLessThan(0.005);
    expect(Math.max(...callProbabilities(input, mixture))).toBeLessThan(0.9);
  });

  it('fits large samples on some of their cells and counts the fraction over all', () => {
    const { input, state } = drawScores([0.01, 0.6], { cells: 6000 });
    const mixture = fitMixture(input);
    const own = state.filter((_, c) => input.sampleOf[c] === 1);
    expect(mixture.strength).toBeCloseTo(1, 1);
    const realised = own.reduce((sum, s) => sum + s, 0) / own.length;
    // Four standard deviations of the difference, which is 0.003 with a mean of −0.0005 ± 0.0005 over 40 seeds.
    expect(Math.abs((mixture.fraction[1] as number) - realised)).toBeLessThan(0.012);
  });

  it('does not take a sample full of a weaker state for a shift of its null', () => {
    const { input } = drawScores([0.01, 0.8, 0.97], { separation: 4 });
    const weaker = input.scores.z.map((z, c) =>
      input.sampleOf[c] === 2 ? z - 0.3 * (input.scores.shift[c] as number) : z,
    );
    const mixture = fitMixture({ ...input, scores: { ...input.scores, z: weaker } });
    expect(mixture.untreatedMean[2] as number).toBeLessThan(0.25);
    expect(mixture.fraction[2] as number).toBeGreaterThan(0.8);
  });

  it('finds a weak state that fills nearly a whole sample', () => {
    const mixture = fitMixture(drawScores([0.01, 0.95], { strength: 0.5, separation: 14 }).input);
    expect(mixture.strength).toBeCloseTo(0.5, 1);
    expect(mixture.fraction[1]).toBeCloseTo(0.95, 1);
    expect(Math.abs(mixture.untreatedMean[1] as number)).toBeLessThan(0.1);
  });

  it('takes a shift of all cells below a third of the strength for no state', () => {
    const mixture = fitMixture(drawScores([0, 0.9], { strength: 0.15, separation: 12 }).input);
    expect(mixture.fraction[1]).toBeLessThan(0.05);
  });

  it('gives probabilities that mean what they say', () => {
    const { input, state } = drawScores([0.05, 0.6], { separation: 2.5, cells: 3000 });
    const p = callProbabilities(input, fitMixture(input));
    for (const [low, high] of [
      [0, 0.2],
      [0.2, 0.5],
      [0.5, 0.8],
      [0.8, 1],
    ] as const) {
      const cells = [...p.keys()].filter((c) => (p[c] as number) > low && (p[c] as number) <= high);
      const expected = cells.reduce((sum, c) => sum + (p[c] as number), 0) / cells.length;
      const found = cells.reduce((sum, c) => sum + (state[c] as number), 0) / cells.length;
      expect(Math.abs(found - expected)).toBeLessThan(0.08);
    }
  });
});

describe('the interval of a fraction', () => {
  const interval = (input: MixtureInput): readonly (readonly [number, number, number])[] => {
    const mixture = fitMixture(input);
    return fractionInformation(input, mixture).map((known) => {
      expect(known.nEffective).toBeLessThanOrEqual(known.nCells);
      const { low, high } = fractionEstimate(known, { level: 0.95, variation: null, basis: 'technical-only' });
      return [low as number, high as number, known.nEffective];
    });
  };

  it.each([
    { separation: 5, truth: [0.01, 0.75, 0.02] },
    { separation: 3, truth: [0.01, 0.75, 0.1] },
    { separation: 5, truth: [0.002, 0.05, 0.3] },
    { separation: 5, truth: [0, 0, 0] },
  ])('covers the truth of 102 samples at separation $separation, fractions $truth', ({ separation, truth }) => {
    let covered = 0;
    let all = 0;
    for (let seed = 1; seed <= 34; seed++) {
      interval(drawScores(truth, { seed, separation, cells: 300 }).input).forEach(([low, high], j) => {
        covered += low <= (truth[j] as number) && (truth[j] as number) <= high ? 1 : 0;
        all += 1;
      });
    }
    expect(covered / all).toBeGreaterThanOrEqual(0.92);
  });

  it('holds where the states are so far apart that their likelihood ratio overflows', () => {
    const { input } = drawScores([0.01, 0.8], { separation: 80 });
    const [untreated, residual] = fractionInformation(input, fitMixture(input));
    expect(residual?.pNone).toBe(0);
    expect(residual?.nEffective).toBeGreaterThan(390);
    expect(untreated?.fraction).toBeCloseTo(0.01, 1);
  });

  it('counts fewer cells where the states overlap', () => {
    const near = interval(drawScores([0.05, 0.6], { separation: 2 }).input);
    const far = interval(drawScores([0.05, 0.6], { separation: 8 }).input);
    expect((near[1] as readonly number[])[2] as number).toBeLessThan(
      0.8 * ((far[1] as readonly number[])[2] as number),
    );
    expect((far[1] as readonly number[])[2]).toBeGreaterThan(380);
  });
});
