import { pow } from '../core/pinned-math.js';
import type { DesignFinding } from './design-finding.js';
import type { PatientDesign } from './design-tables.js';
import { namesOf, type StudyDesign } from './study-design.js';
import type { Stage } from './types.js';
import { aPatient, aSample, both, samplesOf, stageName } from './wording.js';

/** What the patients and their stages allow. */
export function patientFindings(design: StudyDesign): DesignFinding[] {
  const findings = [
    overview(design),
    ...missingStages(design),
    noPair(design),
    unpaired(design),
    onePatient(design),
    fewPatients(design),
    unreplicated(design),
    singleSamples(design),
    unequalWeights(design),
    missingBack(design),
  ];
  return findings.filter((finding) => finding !== null);
}

function overview({ study, patients, paired, samplesPerStage }: StudyDesign): DesignFinding {
  const { from, to, back } = study.contrast;
  const withBack = paired.filter(({ samplesPerStage: n }) => n[back] > 0).length;
  const text = both((w) => {
    const size = `${w.count(patients.length, ...aPatient)}, ${w.count(study.samples.length, ...aSample)}`;
    const perStage = [from, to, back].map((stage) => `${stageName(stage, w)} ${String(samplesPerStage[stage])}`);
    const n = String(paired.length);
    const compared = w.pick(
      `Patients with both ${samplesOf(from, w)} and ${samplesOf(to, w)}: ${n}; of these, with ${samplesOf(back, w)}: ${String(withBack)}`,
      `Patients ayant des ${samplesOf(from, w)} et des ${samplesOf(to, w)} : ${n} ; parmi eux, ayant des ${samplesOf(back, w)} : ${String(withBack)}`,
    );
    return `${size} (${perStage.join(', ')}). ${compared}.`;
  });
  return { id: 'patients', level: 'ok', text };
}

function missingStages({ study, samplesPerStage }: StudyDesign): DesignFinding[] {
  const missing = [study.contrast.from, study.contrast.to].filter((stage) => samplesPerStage[stage] === 0);
  return missing.map((stage) => ({
    id: `stage-missing-${stage}`,
    level: 'blocking',
    text: both((w) =>
      w.pick(
        `The study has no ${samplesOf(stage, w)}: there is nothing to compare.`,
        `L’étude n’a pas d’${samplesOf(stage, w)} : il n’y a rien à comparer.`,
      ),
    ),
  }));
}

function noPair({ study, paired, samplesPerStage }: StudyDesign): DesignFinding | null {
  const { from, to } = study.contrast;
  if (paired.length > 0 || samplesPerStage[from] === 0 || samplesPerStage[to] === 0) return null;
  const text = both((w) =>
    w.pick(
      `No patient has both ${samplesOf(from, w)} and ${samplesOf(to, w)}: stage is confounded with patient, and any difference may be one between people.`,
      `Aucun patient n’a à la fois des ${samplesOf(from, w)} et des ${samplesOf(to, w)} : le stade est confondu avec le patient, et toute différence peut être une différence entre personnes.`,
    ),
  );
  return { id: 'stage-confounded-with-patient', level: 'blocking', text };
}

function unpaired({ study, patients, paired }: StudyDesign): DesignFinding | null {
  const { from, to } = study.contrast;
  const others = patients.filter(({ isPaired }) => !isPaired);
  if (others.length === 0 || paired.length === 0) return null;
  const lacking = (stage: Stage): string[] => namesOf(others.filter((p) => p.samplesPerStage[stage] === 0));
  const text = both((w) => {
    const parts = [from, to].flatMap((stage) => {
      const names = lacking(stage);
      if (names.length === 0) return [];
      return [
        w.pick(`without ${samplesOf(stage, w)}: ${w.list(names)}`, `sans ${samplesOf(stage, w)} : ${w.list(names)}`),
      ];
    });
    return w.pick(
      `Patients that cannot be compared with themselves (${parts.join('; ')}).`,
      `Patients qui ne peuvent être comparés à eux-mêmes (${parts.join(' ; ')}).`,
    );
  });
  return { id: 'patients-without-a-stage', level: 'warning', text };
}

function onePatient({ comparable }: StudyDesign): DesignFinding | null {
  if (comparable.length !== 1) return null;
  const [name = ''] = namesOf(comparable);
  const text = both((w) =>
    w.pick(
      `Only one patient (${name}) can be compared: whether a programme is shared between patients is not testable, whatever the number of samples or cells.`,
      `Un seul patient (${name}) peut être comparé : on ne peut pas tester si un programme est partagé entre patients, quel que soit le nombre d’échantillons ou de cellules.`,
    ),
  );
  return { id: 'one-patient', level: 'warning', text };
}

/** Below this, a sign test over patients cannot reach P < 0.05 (two-sided) even when all agree. */
const patientsForSignTest = 6;

function fewPatients({ comparable }: StudyDesign): DesignFinding | null {
  const n = comparable.length;
  if (n < 2 || n >= patientsForSignTest) return null;
  const smallest = pow(2, 1 - n);
  const text = both((w) =>
    w.pick(
      `With ${String(n)} comparable patients, agreement alone cannot be conclusive: if all agree, the sign test still gives P = ${w.number(smallest, 3)} (two-sided).`,
      `Avec ${String(n)} patients comparables, leur accord ne suffit pas à conclure : même s’ils concordent tous, le test des signes donne P = ${w.number(smallest, 3)} (bilatéral).`,
    ),
  );
  return { id: 'few-patients', level: n === 2 ? 'warning' : 'note', text };
}

function unreplicated({ paired, isUnreplicated }: StudyDesign): DesignFinding | null {
  const [only] = paired;
  if (only === undefined || !isUnreplicated) return null;
  const text = both((w) =>
    w.pick(
      `Confounded and unreplicated: ${only.patient} has one sample per stage, so a difference between stages cannot be told from a difference between two libraries. Many cells in each do not repair this.`,
      `Confondu et sans répétition : ${only.patient} n’a qu’un échantillon par stade ; une différence entre stades ne se distingue pas d’une différence entre deux préparations. Le nombre de cellules n’y change rien.`,
    ),
  );
  return { id: 'unreplicated', level: 'blocking', text };
}

function singleSamples({ comparable, replicated, isUnreplicated }: StudyDesign): DesignFinding | null {
  const single = comparable.filter((patient) => !replicated.includes(patient));
  if (single.length === 0 || isUnreplicated) return null;
  const text = both((w) =>
    w.pick(
      `${w.count(single.length, ...aPatient)} with a single sample at one of the compared stages (${w.list(namesOf(single))}): the effect has no interval of its own from samples, and an area under the curve there is only a sign.`,
      `${w.count(single.length, ...aPatient)} avec un seul échantillon à l’un des stades comparés (${w.list(namesOf(single))}) : l’effet n’a pas d’intervalle propre fondé sur les échantillons, et une aire sous la courbe n’y est qu’un signe.`,
    ),
  );
  return { id: 'single-samples', level: replicated.length === 0 ? 'warning' : 'note', text };
}

/** A few patients providing this share of the samples would rule a model that counts samples. */
const dominatingShare = 0.75;

function unequalWeights({ study, paired, samplesPerStage }: StudyDesign): DesignFinding | null {
  const { to } = study.contrast;
  const few = dominatingPatients(paired, to);
  const theirs = few.reduce((sum, patient) => sum + patient.samplesPerStage[to], 0);
  if (paired.length < 3 || few.length > paired.length / 2) return null;
  const names = namesOf(few).sort();
  const text = both((w) =>
    w.pick(
      `${String(theirs)} of the ${String(samplesPerStage[to])} ${samplesOf(to, w)} come from ${w.count(few.length, ...aPatient)} of ${String(paired.length)} (${w.list(names)}). A model that counts samples mostly describes them; the patient-level results weigh each patient the same.`,
      `${String(theirs)} des ${String(samplesPerStage[to])} ${samplesOf(to, w)} viennent de ${w.count(few.length, ...aPatient)} sur ${String(paired.length)} (${w.list(names)}). Un modèle qui compte les échantillons décrit surtout ceux-là ; les résultats par patient donnent le même poids à chacun.`,
    ),
  );
  return { id: 'unequal-weights', level: 'note', text };
}

/** The fewest patients that provide {@link dominatingShare} of the samples of a stage. */
function dominatingPatients(paired: readonly PatientDesign[], stage: Stage): readonly PatientDesign[] {
  const largest = [...paired].sort((a, b) => b.samplesPerStage[stage] - a.samplesPerStage[stage]);
  const total = largest.reduce((sum, patient) => sum + patient.samplesPerStage[stage], 0);
  let sum = 0;
  const needed = largest.findIndex((patient) => (sum += patient.samplesPerStage[stage]) >= dominatingShare * total);
  return largest.slice(0, needed + 1);
}

function missingBack({ study, paired }: StudyDesign): DesignFinding | null {
  const { back } = study.contrast;
  const lacking = namesOf(paired.filter((patient) => patient.samplesPerStage[back] === 0));
  if (lacking.length === 0) return null;
  const text = both((w) =>
    w.pick(
      `No ${samplesOf(back, w)} for ${w.list(lacking)}: reversal is not testable there.`,
      `Pas d’${samplesOf(back, w)} pour ${w.list(lacking)} : la réversibilité n’y est pas testable.`,
    ),
  );
  return { id: 'without-way-back', level: lacking.length === paired.length ? 'warning' : 'note', text };
}
