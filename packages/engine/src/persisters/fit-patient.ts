import type { CollectedCells } from './collect-genes.js';
import { fitMixture } from './fit-mixture.js';
import type { MixtureInput, StateMixture } from './state-mixture.js';
import { callProbabilities } from './state-posteriors.js';
import { type CallerEffects, type CellScores, scoreCells } from './score-cells.js';
import { untreatedProfile } from './untreated-profile.js';

/** The cells of one patient, and the samples they come from. */
export interface PatientCells {
  readonly cells: CollectedCells;
  /** Sample of each cell, from 0 within the patient. */
  readonly sampleOf: Uint32Array;
  /** Whether a sample anchors the null. */
  readonly untreated: readonly boolean[];
}

/** One patient's cells scored and split into the two states. */
export interface PatientFit {
  readonly input: MixtureInput;
  readonly scores: CellScores;
  readonly mixture: StateMixture;
  /** Per cell; NaN for cells without counts. */
  readonly probability: Float64Array;
}

/** How long a fit may take. */
export interface FitEffort {
  /** Called before every pass; throws when the caller asked to stop. */
  readonly stop?: () => void;
  /** Passes over profile and mixture: cells of the second state leave the untreated profile after the first. */
  readonly passes: number;
  /** Most iterations of the mixture in each pass. */
  readonly iterations: number;
}

/** What a fit takes for calls. */
export const fullEffort: FitEffort = { passes: 3, iterations: 500 };

/**
 * Scores the cells of a patient with a caller and fits the two states. The untreated profile is taken from all untreated cells
 * first, then again with every cell weighted by its probability to be untreated-like, so that persister-like cells that were
 * there before treatment do not blur the null.
 *
 * @param caller - what the other patients taught, per collected gene
 */
export function fitPatient(patient: PatientCells, caller: CallerEffects, effort: FitEffort = fullEffort): PatientFit {
  const { cells, sampleOf, untreated } = patient;
  let weight = Float64Array.from(sampleOf, (j) => (untreated[j] === true ? 1 : 0));
  let fit: PatientFit | null = null;
  for (let pass = 0; pass < effort.passes; pass++) {
    effort.stop?.();
    const scores = scoreCells(cells, untreatedProfile(cells, caller.effects.length, weight), caller);
    const input = { scores, sampleOf, untreated };
    const from = fit === null || fit.mixture.strengthAssumed ? null : fit.mixture;
    const mixture = fitMixture(input, { from, mostIterations: effort.iterations });
    const probability = callProbabilities(input, mixture);
    fit = { input, scores, mixture, probability };
    weight = weight.map((_, c) =>
      untreated[sampleOf[c] as number] === true ? 1 - nonMissing(probability[c] as number) : 0,
    );
  }
  return fit as PatientFit;
}

function nonMissing(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
