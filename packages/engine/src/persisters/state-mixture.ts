import type { TwoStates } from './component-density.js';
import type { CellScores } from './score-cells.js';

/** The mixture of one patient: what its untreated and its persister cells look like, and how many of each a sample holds. */
export interface StateMixture {
  /** Mean activity of untreated-like cells in every sample; their spread is that of the untreated samples. */
  readonly untreatedMean: Float64Array;
  readonly untreatedSpread: number;
  /** Strength of the state in this patient: mean activity of its persister cells, one being the mean of the other patients. */
  readonly strength: number;
  readonly persisterSpread: number;
  /** True where no state of at least a third of the others' strength was found: fractions are then those of a state of strength one. */
  readonly strengthAssumed: boolean;
  /** Persister fraction of every sample. */
  readonly fraction: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

/** What the mixture is fitted to. */
export interface MixtureInput {
  readonly scores: CellScores;
  /** Sample of each cell, from 0. */
  readonly sampleOf: Uint32Array;
  /** Whether a sample anchors the null. */
  readonly untreated: readonly boolean[];
}

/** Prior of the strength of a patient. */
export const strengthPrior: { readonly mean: number; readonly variance: number } = { mean: 1, variance: 0.35 * 0.35 };
/** Standard deviation of the null mean between samples of one patient, as a share of the strength. */
const sampleShift = 0.1;

/** Precision with which the null mean of a sample is tied to that of the untreated samples. */
export function shiftPrecision(strength: number): number {
  return 1 / (sampleShift * sampleShift * strength * strength);
}

/** The two components as they are in one sample. */
export function statesOf(state: StateMixture, sample: number): TwoStates {
  return {
    untreated: { mean: state.untreatedMean[sample] as number, spread: state.untreatedSpread },
    persister: { mean: state.strength, spread: state.persisterSpread },
  };
}
