import { type NormalizedInput, selectInput } from '../programme/input.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { replicateErrors } from '../programme/replicate-error.js';
import type { SignedGene } from './find-genes.js';
import type { AxisComparison, AxisError } from './score-axes.js';

/** A study with its effects, as far as axes need it. */
export interface StageData {
  readonly input: NormalizedInput;
  readonly effects: PatientEffects;
}

/**
 * Stage against stage. The sampling error of an axis comes from its score in every sample, so that genes which vary together
 * between replicates are counted as such: from the patient's own replicates, else from those of the other patients.
 */
export function stageComparison({ input, effects }: StageData): AxisComparison {
  const compared = new Set(effects.patients);
  const own = selectInput(input, (s) => compared.has(input.patient[s] as string));
  const rowOf = new Map(own.logExpression.genes.map((gene, g) => [gene, g]));
  const rows = Int32Array.from(effects.genes, (gene) => rowOf.get(gene) ?? -1);
  return {
    genes: effects.genes,
    patients: effects.patients,
    effects: effects.effects,
    averageExpression: effects.averageExpression,
    errorsOf: (set) => {
      const found = new Map(
        replicateErrors(own, sampleScores(own, set, rows), effects.contrast).map((error) => [error.patient, error]),
      );
      return effects.patients.map((patient): AxisError => {
        const error = found.get(patient);
        if (error === undefined || error.df === 0) return { standardError: NaN, df: 0, basis: 'none' };
        const basis = error.own ? 'own-replicates' : 'borrowed-replicates';
        return { standardError: error.standardError, df: error.df, basis };
      });
    },
  };
}

/** Signed mean log expression of some genes in every sample. */
function sampleScores({ logExpression }: NormalizedInput, set: readonly SignedGene[], rows: Int32Array): Float64Array {
  const n = logExpression.samples.length;
  const scores = new Float64Array(n);
  for (const { position, sign } of set) {
    const row = (rows[position] as number) * n;
    for (let s = 0; s < n; s++) {
      scores[s] = (scores[s] as number) + (sign * (logExpression.values[row + s] as number)) / set.length;
    }
  }
  return scores;
}
