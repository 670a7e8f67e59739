import { exp2 } from '../core/pinned-math.js';
import { pairwiseSum } from '../core/sum.js';
import type { GeneModel } from './gene-model.js';
import type { CellState, PatientModel } from './patient-model.js';
import type { SamplePlan } from './patient-plan.js';

/** Everything the expected expression of a sample depends on. */
export interface ProfileInput {
  readonly model: GeneModel;
  readonly patient: PatientModel;
  readonly sample: SamplePlan;
  /** The sample's own deviation, log2 per gene. */
  readonly deviation: Float64Array;
}

/**
 * Expected share of each gene in the counts of a cell: 2 to the sum of the effects that apply, over its sum over genes.
 * Gene, technology, patient and sample effects apply to every cell; dissociation to every cell of a residual sample;
 * state effects to persister and resistant cells; the regimen's to those of residual samples; the arm gain to the clone.
 */
export function expressionProfile(input: ProfileInput, state: CellState): Float64Array {
  const effects = appliedEffects(input, state);
  const shares = new Float64Array(input.model.genes.length);
  for (let g = 0; g < shares.length; g++) {
    let sum = 0;
    for (const effect of effects) sum += effect[g] as number;
    shares[g] = exp2(sum);
  }
  const total = pairwiseSum(shares);
  return shares.map((share) => share / total);
}

/** The expected shares of a mixture of cell states, each state contributing as many counts as it has cells. */
export function mixtureProfile(profiles: readonly Float64Array[], fractions: readonly number[]): Float64Array {
  const mixture = new Float64Array(profiles[0]?.length ?? 0);
  profiles.forEach((profile, state) => {
    const fraction = fractions[state] as number;
    if (fraction === 0) return;
    for (let g = 0; g < mixture.length; g++) {
      mixture[g] = (mixture[g] as number) + fraction * (profile[g] as number);
    }
  });
  return mixture;
}

function appliedEffects(input: ProfileInput, state: CellState): readonly Float64Array[] {
  const { model, patient, sample } = input;
  const residual = sample.stage === 'residual';
  const effects = [model.baseline, model.technology[sample.technology], patient.expression, input.deviation];
  if (residual && patient.artefact !== null) effects.push(patient.artefact);
  if (state === 'sensitive') return effects;
  effects.push(patient.persister);
  if (residual) effects.push(model.treatments[sample.treatment] as Float64Array);
  if (state === 'resistant' && patient.gain !== null) effects.push(patient.gain);
  return effects;
}
