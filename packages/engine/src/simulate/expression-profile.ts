import { exp2 } from '../core/pinned-math.js';
import { pairwiseSum } from '../core/sum.js';
import type { CellIdentity } from './cell-identity.js';
import type { GeneModel } from './gene-model.js';
import type { PatientModel } from './patient-model.js';
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
 * Gene, technology and sample effects apply to every cell, the patient's to tumour cells, a lineage's to its normal
 * cells, a phase's to the cells in it; dissociation to every cell of a residual sample; state effects to persister and
 * resistant cells; the regimen's to those of residual samples; the arm gain to the clone. A mouse cell has no human share.
 */
export function expressionProfile(input: ProfileInput, cell: CellIdentity): Float64Array {
  const shares = new Float64Array(input.model.genes.length);
  if (cell.lineage === 'mouse') return shares;
  const effects = appliedEffects(input, cell);
  for (let g = 0; g < shares.length; g++) {
    let sum = 0;
    for (const effect of effects) sum += effect[g] as number;
    shares[g] = exp2(sum);
  }
  const total = pairwiseSum(shares);
  return shares.map((share) => share / total);
}

/** The expected shares of a mixture of cells, each contributing as many counts as its weight says. */
export function mixtureProfile(profiles: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const mixture = new Float64Array(profiles[0]?.length ?? 0);
  profiles.forEach((profile, i) => {
    const weight = weights[i] as number;
    if (weight === 0) return;
    for (let g = 0; g < mixture.length; g++) {
      mixture[g] = (mixture[g] as number) + weight * (profile[g] as number);
    }
  });
  return mixture;
}

function appliedEffects(input: ProfileInput, cell: CellIdentity): readonly Float64Array[] {
  const { model, patient, sample } = input;
  const effects = [model.baseline, model.technology[sample.technology], input.deviation];
  if (cell.phase !== 'G1') effects.push(model.cycle[cell.phase]);
  if (sample.stage === 'residual' && patient.artefact !== null) effects.push(patient.artefact);
  if (cell.lineage !== null && cell.lineage !== 'mouse') effects.push(model.lineages[cell.lineage]);
  return cell.state === 'normal' ? effects : [...effects, ...tumourEffects(input, cell)];
}

function tumourEffects({ model, patient, sample }: ProfileInput, cell: CellIdentity): readonly Float64Array[] {
  if (cell.state === 'sensitive') return [patient.expression];
  const effects = [patient.expression, patient.persister];
  if (sample.stage === 'residual') effects.push(model.treatments[sample.treatment] as Float64Array);
  if (cell.state === 'resistant' && patient.gain !== null) effects.push(patient.gain);
  return effects;
}
