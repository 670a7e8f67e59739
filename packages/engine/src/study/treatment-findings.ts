import type { DesignFinding } from './design-finding.js';
import type { PatientDesign } from './design-tables.js';
import { noTreatment, unspecifiedTreatment } from './labels.js';
import { namesOf, type StudyDesign } from './study-design.js';
import { aTreatment, both, samplesOf } from './wording.js';

/** Each regimen of the compared patients, with the patients who received it; sorted by regimen. */
export function patientsPerRegimen(patients: readonly PatientDesign[]): ReadonlyMap<string, readonly string[]> {
  const regimens = [...new Set(patients.flatMap((patient) => patient.regimens))].sort();
  return new Map(regimens.map((name) => [name, namesOf(patients.filter((p) => p.regimens.includes(name)))]));
}

/** Whether treatments can be told from patients, and whether treated samples name one. */
export function treatmentFindings(design: StudyDesign): DesignFinding[] {
  return [...regimenFinding(design), ...unnamedFinding(design)];
}

function regimenFinding({ comparable }: StudyDesign): DesignFinding[] {
  const regimens = patientsPerRegimen(comparable);
  if (comparable.length === 0 || regimens.size === 0) return [];
  const listed = [...regimens].map(([name, patients]) => `${name} (${String(patients.length)})`);
  const isConfounded = regimens.size > 1 && [...regimens.values()].every((patients) => patients.length === 1);
  const within = comparable.filter((patient) => patient.regimens.length > 1);
  const text = both((w) => {
    const intro = w.pick(
      `${w.count(regimens.size, ...aTreatment)}, with the number of patients: ${w.list(listed)}.`,
      `${w.count(regimens.size, ...aTreatment)}, avec le nombre de patients : ${w.list(listed)}.`,
    );
    if (isConfounded && within.length === 0) {
      const each = w.pick(
        'Each was given to one patient only: treatment is confounded with patient.',
        'Chacun n’a été donné qu’à un patient : le traitement est confondu avec le patient.',
      );
      return `${intro} ${each}`;
    }
    const names = w.list(namesOf(within));
    const inside = w.pick(
      `Several treatments in the same patient: ${names}.`,
      `Plusieurs traitements chez le même patient : ${names}.`,
    );
    return within.length === 0 ? intro : `${intro} ${inside}`;
  });
  return [{ id: 'treatments', level: isConfounded ? 'warning' : 'ok', text }];
}

function unnamedFinding({ study }: StudyDesign): DesignFinding[] {
  const { to } = study.contrast;
  const isUnnamed = (treatment: string): boolean => treatment === noTreatment || treatment === unspecifiedTreatment;
  const unnamed = study.samples.filter(({ stage, treatment }) => stage === to && isUnnamed(treatment));
  if (unnamed.length === 0 || to === 'untreated') return [];
  const text = both((w) => {
    const names = unnamed.map(({ sample }) => sample).sort();
    return w.pick(
      `Among the ${samplesOf(to, w)}, no treatment is named for ${w.list(names)}; comparisons between treatments leave them out.`,
      `Parmi les ${samplesOf(to, w)}, aucun traitement n’est indiqué pour ${w.list(names)} ; les comparaisons entre traitements les laissent de côté.`,
    );
  });
  return [{ id: 'treatment-unnamed', level: 'note', text }];
}
