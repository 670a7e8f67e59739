import type { StageContrast } from '../study/types.js';
import { fixedEffectModel } from './fixed-effect-model.js';
import type { NormalizedInput } from './input.js';
import { selectInput } from './input.js';
import type { PatientEffects } from './patient-effects.js';
import { patientLevelTest, patientsWithout } from './patient-level-test.js';

/** The two ways the shared programme is estimated. */
export type ProgrammeModel = 'fixed-effect' | 'patient-level';

/** A programme learned from some of the patients, gene by gene. */
export interface LearnedProgramme {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  /** Shared log2 fold change, and the statistic genes are ranked by; empty when not identifiable. */
  readonly effect: Float64Array;
  readonly t: Float64Array;
}

/** The published-style model fitted again, normalisation included, without the samples of some patients. */
export function learnFixedEffect(
  input: NormalizedInput,
  contrast: Pick<StageContrast, 'from' | 'to'>,
  leftOut: readonly string[],
): LearnedProgramme {
  const rest = selectInput(input, (s) => !leftOut.includes(input.patient[s] as string));
  if (rest.patient.length === 0) return notLearned('no other patient');
  // The thresholds only call genes; ranking and effects do not depend on them.
  const model = fixedEffectModel(rest, { contrast, pAdjustedMax: 1, logFoldChangeMin: 0 });
  return { status: model.status, reasons: model.reasons, effect: model.table.logFoldChange, t: model.table.t };
}

/** The patient-level test over the other patients: equal weights, one effect each. */
export function learnPatientLevel(effects: PatientEffects, leftOut: readonly string[]): LearnedProgramme {
  const rest = patientsWithout(effects, ...leftOut);
  if (rest.length < 2) return notLearned('fewer than two other patients have both stages');
  const { meanEffect, t } = patientLevelTest(effects, rest);
  return { status: 'ok', reasons: [], effect: meanEffect, t };
}

function notLearned(reason: string): LearnedProgramme {
  return { status: 'not-identifiable', reasons: [reason], effect: new Float64Array(0), t: new Float64Array(0) };
}
