import type { Bilingual } from '../core/text.js';
import { answer, type Answer, nothingToCompare } from './design-answer.js';
import type { DesignQuestion, DesignQuestionId } from './design-question.js';
import type { PatientDesign } from './design-tables.js';
import { persisters } from './persisters-question.js';
import { isComparable, namesOf, type StudyDesign } from './study-design.js';
import { patientsPerRegimen } from './treatment-findings.js';
import { aPatient, type Wording } from './wording.js';

/** Fewest comparable patients for a claim about patients in general; two leave one degree of freedom between patients. */
const fewestPatients = 3;

/** Answers each question of the report from the design alone. */
export function designQuestions(design: StudyDesign): DesignQuestion[] {
  return answers.map(({ id, question, answer }) => ({ id, question, ...answer(design) }));
}

const answers: readonly {
  readonly id: DesignQuestionId;
  readonly question: Bilingual;
  readonly answer: (design: StudyDesign) => Answer;
}[] = [
  {
    id: 'shared-programme',
    question: {
      en: 'Is there a programme common to the patients?',
      fr: 'Existe-t-il un programme commun aux patients ?',
    },
    answer: sharedProgramme,
  },
  {
    id: 'patient-by-patient',
    question: { en: 'Does it hold patient by patient?', fr: 'Tient-il patient par patient ?' },
    answer: patientByPatient,
  },
  {
    id: 'treatments-within-patients',
    question: {
      en: 'Is it the same for several treatments of one patient?',
      fr: 'Est-il le même pour plusieurs traitements d’un patient ?',
    },
    answer: treatmentsWithinPatients,
  },
  {
    id: 'treatments-between-patients',
    question: {
      en: 'Is it the same for treatments given to different patients?',
      fr: 'Est-il le même pour des traitements donnés à des patients différents ?',
    },
    answer: treatmentsBetweenPatients,
  },
  {
    id: 'regulators',
    question: { en: 'Which regulators drive it?', fr: 'Quels régulateurs le commandent ?' },
    answer: regulators,
  },
  {
    id: 'reversal',
    question: { en: 'Does it reverse after treatment?', fr: 'S’efface-t-il après le traitement ?' },
    answer: reversal,
  },
  {
    id: 'persisters',
    question: { en: 'Which cells are persisters?', fr: 'Quelles cellules sont persistantes ?' },
    answer: persisters,
  },
  {
    id: 'origin',
    question: { en: 'Selected clone or adaptation?', fr: 'Clone sélectionné ou adaptation ?' },
    answer: origin,
  },
  {
    id: 'markers',
    question: {
      en: 'Which surface markers would show these cells?',
      fr: 'Quels marqueurs de surface les montreraient ?',
    },
    answer: markers,
  },
  {
    id: 'response',
    question: { en: 'Did the drug do it?', fr: 'Est-ce l’effet du médicament ?' },
    answer: response,
  },
  {
    id: 'relapse-forecast',
    question: { en: 'When does it come back?', fr: 'Quand la rechute survient-elle ?' },
    answer: relapseForecast,
  },
];

function sharedProgramme(design: StudyDesign): Answer {
  const n = design.comparable.length;
  if (n === 0) return nothingToCompare(design);
  if (n === 1) {
    return answer('no', (w) =>
      w.pick(
        'Only one patient can be compared; shared needs several.',
        'Un seul patient est comparable ; il en faut plusieurs.',
      ),
    );
  }
  const others = design.patients.length - n;
  return answer(n < fewestPatients ? 'partly' : 'yes', (w) => {
    const size = w.pick(
      `${String(n)} patients can be compared with themselves`,
      `${String(n)} patients sont comparables à eux-mêmes`,
    );
    const rest = w.pick(`, ${String(others)} cannot`, `, ${String(others)} ne le ${others === 1 ? 'est' : 'sont'} pas`);
    const limit = w.pick(
      '; two patients leave an interval too wide to settle it',
      ' ; à deux, l’intervalle reste trop large pour trancher',
    );
    return `${size}${others > 0 ? rest : ''}${n < fewestPatients ? limit : ''}.`;
  });
}

function patientByPatient(design: StudyDesign): Answer {
  const { comparable, replicated } = design;
  if (comparable.length === 0) return nothingToCompare(design);
  if (design.isUnreplicated) {
    return answer('no', (w) =>
      w.pick(
        'One sample per stage in one patient: there is no variation to judge a difference by.',
        'Un seul échantillon par stade chez un seul patient : aucune variation à laquelle mesurer une différence.',
      ),
    );
  }
  const testable = replicated.length === comparable.length ? 'yes' : 'partly';
  return answer(testable, (w) => {
    const n = replicated.length;
    const of = String(comparable.length);
    const all = w.pick(
      `Repeated samples at both stages in ${w.count(n, ...aPatient)} of ${of}`,
      `Échantillons répétés aux deux stades chez ${w.count(n, ...aPatient)} sur ${of}`,
    );
    const rest = w.pick('; the others give a direction only', ' ; les autres ne donnent qu’une direction');
    return `${all}${testable === 'yes' ? '' : rest}.`;
  });
}

function treatmentsWithinPatients(design: StudyDesign): Answer {
  const several = design.comparable.filter(({ regimens }) => regimens.length > 1);
  if (several.length === 0) {
    return answer('no', (w) =>
      w.pick(
        'No comparable patient received several treatments.',
        'Aucun patient comparable n’a reçu plusieurs traitements.',
      ),
    );
  }
  const listed = several.map(({ patient, regimens }) => `${patient} (${regimens.join(', ')})`);
  return answer(several.length > 1 ? 'yes' : 'partly', (w) => {
    const only = w.pick(', in this patient only', ', chez ce patient seulement');
    return `${w.list(listed)}${several.length > 1 ? '' : only}.`;
  });
}

function treatmentsBetweenPatients({ comparable }: StudyDesign): Answer {
  const regimens = patientsPerRegimen(comparable);
  if (regimens.size < 2) {
    return answer('no', (w) =>
      w.pick(
        'Fewer than two treatments are named among comparable patients.',
        'Moins de deux traitements sont indiqués chez les patients comparables.',
      ),
    );
  }
  const repeated = [...regimens].filter(([, patients]) => patients.length > 1).map(([name]) => name);
  const single = [...regimens].filter(([, patients]) => patients.length === 1).map(([name]) => name);
  const testable = repeated.length > 1 ? 'yes' : repeated.length === 1 ? 'partly' : 'no';
  return answer(testable, (w) => {
    const inSeveral = w.pick(
      `In several patients: ${w.list(repeated)}.`,
      `Chez plusieurs patients : ${w.list(repeated)}.`,
    );
    const inOne = w.pick(
      `In one patient only, so confounded with that patient: ${w.list(single)}.`,
      `Chez un seul patient, donc confondu avec lui : ${w.list(single)}.`,
    );
    return [...(repeated.length > 0 ? [inSeveral] : []), ...(single.length > 0 ? [inOne] : [])].join(' ');
  });
}

function regulators(design: StudyDesign): Answer {
  const shared = sharedProgramme(design);
  if (shared.testable === 'no') return shared;
  const { study } = design;
  const missing = [
    ...(design.packs.length === 0
      ? [{ en: 'regulons (no pack at hand)', fr: 'régulons (aucun paquet disponible)' }]
      : []),
    ...(study.chromatin === null ? [{ en: 'chromatin', fr: 'chromatine' }] : []),
    ...(study.perturbation === null ? [{ en: 'perturbation', fr: 'perturbation' }] : []),
  ];
  const testable = design.packs.length === 0 ? 'partly' : shared.testable;
  return answer(testable, (w) => {
    if (missing.length === 0) {
      return w.pick(
        'Expression, regulons, chromatin and perturbation are all given.',
        'Expression, régulons, chromatine et perturbation sont tous fournis.',
      );
    }
    const list = w.list(missing.map(({ en, fr }) => w.pick(en, fr)));
    return w.pick(`Lines of evidence without data: ${list}.`, `Éléments de preuve sans données : ${list}.`);
  });
}

function reversal(design: StudyDesign): Answer {
  const { study, comparable, paired } = design;
  if (comparable.length === 0) return nothingToCompare(design);
  const { from, to, back } = study.contrast;
  const testable = comparable.filter((p) => {
    return p.samplesPerStage[back] > 0 && isComparable(p, [from, back]) && isComparable(p, [to, back]);
  });
  const others = paired.filter((patient) => !testable.includes(patient));
  const grade = testable.length === 0 ? 'no' : others.length === 0 ? 'yes' : 'partly';
  return answer(grade, (w) => [...testableIn(testable, w), ...notTestableIn(others, w)].join(' '));
}

function testableIn(patients: readonly PatientDesign[], w: Wording): string[] {
  if (patients.length === 0) return [];
  return [w.pick(`Testable in ${w.list(namesOf(patients))}.`, `Testable chez ${w.list(namesOf(patients))}.`)];
}

function notTestableIn(patients: readonly PatientDesign[], w: Wording): string[] {
  if (patients.length === 0) return [];
  const names = w.list(namesOf(patients));
  return [
    w.pick(
      `Not testable, for want of a comparable way back, in ${names}.`,
      `Non testable, faute d’un retour comparable, chez ${names}.`,
    ),
  ];
}

function markers(design: StudyDesign): Answer {
  const shared = sharedProgramme(design);
  if (shared.testable === 'no' || design.packs.length > 0) return shared;
  return answer('partly', (w) =>
    w.pick(
      'Named markers only: no resource pack is at hand.',
      'Marqueurs nommés seulement : aucun paquet de ressources n’est disponible.',
    ),
  );
}

function origin(design: StudyDesign): Answer {
  const { study } = design;
  const given = ['lineages', 'mutations'].filter((name) => name in study.assays);
  const cells = study.samples.some(({ input }) => input === 'cells');
  if (given.length > 0) {
    return answer('yes', (w) =>
      w.pick(
        `From ${w.list(given)}${cells ? ' and copy number from the expression of single cells' : ''}.`,
        `D’après ${w.list(given)}${cells ? ' et le nombre de copies tiré de l’expression des cellules' : ''}.`,
      ),
    );
  }
  if (cells && persisters(design).testable !== 'no') {
    return answer('partly', (w) =>
      w.pick(
        'From copy number in single cells only, which a quiet genome does not show; lineage barcodes or mutations (assays) would tell more.',
        'D’après le nombre de copies dans les cellules seulement, qu’un génome calme ne montre pas ; des codes-barres de lignage ou des mutations (assays) en diraient plus.',
      ),
    );
  }
  return answer('no', (w) =>
    w.pick(
      'Needs lineage barcodes or mutations of cells (assays), or persister calls to set against copy number; bulk RNA cannot tell a selected clone from an adaptation.',
      'Il faut des codes-barres de lignage ou des mutations de cellules (assays), ou des cellules persistantes à rapprocher du nombre de copies ; l’ARN en vrac ne distingue pas clone sélectionné et adaptation.',
    ),
  );
}

function response(design: StudyDesign): Answer {
  const assays = ['doseResponse', 'combinations', 'timeKill', 'tumourVolume', 'clinicalResponse'];
  return fromAssays(design, assays, {
    en: 'Needs dose-response, time-kill, tumour volume or clinical response tables (assays).',
    fr: 'Il faut des tables de dose-réponse, de mortalité, de volume tumoral ou de réponse clinique (assays).',
  });
}

function relapseForecast(design: StudyDesign): Answer {
  return fromAssays(design, ['timeKill', 'tumourVolume', 'followUp'], {
    en: 'Needs cell numbers, tumour volumes over time or follow-up (assays); fractions of cells do not give growth rates.',
    fr: 'Il faut des nombres de cellules, des volumes tumoraux dans le temps ou un suivi (assays) ; des fractions de cellules ne donnent pas de vitesses de croissance.',
  });
}

/** Assay tables are kept with the study; this version does not analyse them yet, and says so. */
function fromAssays({ study }: StudyDesign, names: readonly string[], needed: Bilingual): Answer {
  const given = names.filter((name) => name in study.assays);
  if (given.length === 0) return answer('no', (w) => w.pick(needed.en, needed.fr));
  return answer('partly', (w) =>
    w.pick(
      `${w.list(given)}: the study gives these data; this version does not analyse them yet.`,
      `${w.list(given)} : l’étude fournit ces données ; cette version ne les analyse pas encore.`,
    ),
  );
}
