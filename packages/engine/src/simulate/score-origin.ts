import type { Bilingual } from '../core/text.js';
import type { OriginVerdict } from '../origin/lineages/lineage-verdict.js';
import type { TruthScoreLine } from './truth-score.js';
import type { SimulationTruth } from './truth.js';

/** What an analysis said of the origin of the state in one patient. */
export interface FoundOrigin {
  readonly patient: string;
  readonly verdict: OriginVerdict;
  readonly alarm: boolean;
  /** Arms called gained in some clone or sample. */
  readonly gainedArms: readonly string[];
}

/**
 * Scores the origin of the persister state against the truth, in patients that were asked:
 *
 * - the patient with a resistant clone is called a selection and raises the alarm;
 * - no other patient raises it;
 * - no patient whose cells enter the state whatever their clone is called anything but an adaptation;
 * - the arm gained by the resistant clone is called, and no arm in any other patient.
 */
export function scoreOrigin(truth: SimulationTruth, found: readonly FoundOrigin[]): readonly TruthScoreLine[] {
  const roles = new Map(truth.patients.map((patient) => [patient.patient, patient]));
  const isClonal = ({ patient }: FoundOrigin): boolean => roles.get(patient)?.role === 'clonal-resistance';
  const clonal = found.filter(isClonal);
  const others = found.filter((one) => !isClonal(one));
  const adapting = others.filter(({ patient }) => roles.get(patient)?.programme === 'present');
  return [
    line(
      'origin-clonal',
      {
        en: 'Clonal-resistance patient called a selected clone',
        fr: 'Patient à résistance clonale : clone sélectionné',
      },
      { asked: clonal, agrees: ({ verdict, alarm }) => verdict === 'selection' && alarm },
    ),
    line(
      'origin-clean',
      { en: 'Other patients without a genetic alarm', fr: 'Autres patients sans alerte génétique' },
      { asked: others, agrees: ({ alarm }) => !alarm },
    ),
    line(
      'origin-adaptation',
      { en: 'Patients with persisters called an adaptation', fr: 'Patients avec persistantes : adaptation' },
      { asked: adapting, agrees: ({ verdict }) => verdict === 'adaptation' },
    ),
    line(
      'origin-arm',
      {
        en: `Gain of ${truth.arm.arm} called where it was planted and nowhere else`,
        fr: `Gain de ${truth.arm.arm} retenu là où il est simulé et nulle part ailleurs`,
      },
      {
        asked: found,
        agrees: (one) => (isClonal(one) ? one.gainedArms.includes(truth.arm.arm) : one.gainedArms.length === 0),
      },
    ),
  ];
}

function line(
  id: string,
  label: Bilingual,
  { asked, agrees }: { readonly asked: readonly FoundOrigin[]; readonly agrees: (one: FoundOrigin) => boolean },
): TruthScoreLine {
  const agree = asked.filter(agrees).length;
  const all = String(asked.length);
  return {
    id,
    label,
    value: agree,
    shown: `${String(agree)}/${all}`,
    target: `${all}/${all}`,
    passed: agree === asked.length && asked.length > 0,
  };
}
