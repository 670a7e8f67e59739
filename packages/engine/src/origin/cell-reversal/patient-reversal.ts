import type { Estimate } from '../../core/method.js';
import { randomEffects } from '../../stats/meta-analysis.js';
import type { PatientReversal } from '../reversal.js';
import type { CellReversalVerdict, PatientCellReversal, ReversalArm } from './types.js';

const sampleVerdicts: Readonly<Record<PatientReversal['verdict'], CellReversalVerdict>> = {
  returned: 'returned',
  partial: 'partly returned',
  'not returned': 'not returned',
  inconclusive: 'cannot tell',
  'not testable': 'not testable',
};

/** Puts the arms of a patient together and beside what its samples say. Arms that differ make the patient partly returned. */
export function patientReversal(
  patient: string,
  arms: readonly ReversalArm[],
  samples: PatientReversal | null,
): PatientCellReversal {
  const { verdict, reasons } = overArms(arms);
  const sampleVerdict = samples === null ? 'not testable' : sampleVerdicts[samples.verdict];
  const indices = arms.flatMap(({ measure, notTestable }) =>
    notTestable === null ? (measure?.index.value ?? []) : [],
  );
  const alarms = arms.flatMap(({ subpopulation }) => subpopulation ?? []);
  return {
    patient,
    verdict,
    reasons,
    arms,
    index: indices.length === 0 ? null : indices.reduce((sum, value) => sum + value, 0) / indices.length,
    subpopulation: alarms.length === 0 ? null : alarms.some(Boolean),
    sampleLevel: samples === null ? null : { verdict: samples.verdict, index: samples.index?.corrected ?? null },
    agrees: tells(verdict) && tells(sampleVerdict) ? verdict === sampleVerdict : null,
  };
}

function tells(verdict: CellReversalVerdict): boolean {
  return verdict !== 'cannot tell' && verdict !== 'not testable';
}

function overArms(arms: readonly ReversalArm[]): Pick<PatientCellReversal, 'verdict' | 'reasons'> {
  const [only] = arms;
  if (only === undefined) return { verdict: 'not testable', reasons: ['no single cells'] };
  if (arms.length === 1) return { verdict: only.verdict, reasons: only.reasons };
  const each = arms.map(({ arm, verdict }) => `${arm}: ${verdict}`);
  const told = arms.map(({ verdict }) => verdict).filter(tells);
  const [first] = told;
  if (first === undefined) {
    const undecided = arms.some(({ verdict }) => verdict === 'cannot tell');
    return { verdict: undecided ? 'cannot tell' : 'not testable', reasons: each };
  }
  return { verdict: told.every((t) => t === first) ? first : 'partly returned', reasons: each };
}

/** Mean index over patients, the patient as unit. */
export function pooledIndex(patients: readonly PatientCellReversal[]): Estimate {
  const level = 0.9;
  const method = 'mean over patients, equal weights, Student’s interval between patients';
  const values = patients.flatMap(({ index }) => index ?? []);
  const pooled = randomEffects(
    values,
    values.map(() => NaN),
    { level },
  );
  if (pooled.status !== 'ok') {
    const reasons = values.length === 0 ? ['no patient could be asked'] : pooled.reasons;
    return { value: pooled.estimate, low: null, high: null, level, method, status: 'not-identifiable', reasons };
  }
  return { value: pooled.estimate, low: pooled.low, high: pooled.high, level, method, status: 'ok', reasons: [] };
}
