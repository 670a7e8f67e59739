import { studentTwoSided } from '../stats/distributions.js';
import { squeezeVariances } from '../stats/squeeze-variances.js';
import type { PatientEffects } from './patient-effects.js';

/** The moderated t of the patients' effects, per gene. */
export interface PatientLevelTest {
  /** Plain mean over the patients: each weighs the same. */
  readonly meanEffect: Float64Array;
  /** Variance between patients as observed, and after moderation. */
  readonly variance: Float64Array;
  readonly posteriorVariance: Float64Array;
  readonly t: Float64Array;
  readonly pValue: Float64Array;
  /** Degrees of freedom of t: `k − 1 + dfPrior`, at most those of all genes together. */
  readonly dfTotal: number;
  readonly dfPrior: number;
}

/**
 * One-sample moderated t over patients: `t = ē / √(s̃² / k)` with s̃² the between-patient variance (k − 1 degrees of freedom)
 * squeezed across genes. The patient is the unit: a patient with thirty samples counts once.
 *
 * @param patients - indices of the patients to use, at least two
 * @see doi:10.2202/1544-6115.1027; equals limma's `eBayes(lmFit(effects))` with an intercept
 */
export function patientLevelTest(effects: PatientEffects, patients: readonly number[]): PatientLevelTest {
  const nGenes = effects.genes.length;
  const k = patients.length;
  const meanEffect = new Float64Array(nGenes);
  const variance = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; g++) {
    const row = g * effects.patients.length;
    let sum = 0;
    for (const p of patients) sum += effects.effects[row + p] as number;
    const centre = sum / k;
    let squares = 0;
    for (const p of patients) {
      const deviation = (effects.effects[row + p] as number) - centre;
      squares += deviation * deviation;
    }
    meanEffect[g] = centre;
    variance[g] = squares / (k - 1);
  }
  const { posterior, dfPrior } = squeezeVariances(variance, k - 1);
  const dfTotal = Math.min(k - 1 + dfPrior, nGenes * (k - 1));
  const t = meanEffect.map((effect, g) => effect / Math.sqrt((posterior[g] as number) / k));
  const pValue = t.map((value) => studentTwoSided(value, dfTotal));
  return { meanEffect, variance, posteriorVariance: posterior, t, pValue, dfTotal, dfPrior };
}

/** Indices of all patients but the named ones. */
export function patientsWithout(effects: PatientEffects, ...left: readonly string[]): readonly number[] {
  return effects.patients.map((_, k) => k).filter((k) => !left.includes(effects.patients[k] as string));
}
