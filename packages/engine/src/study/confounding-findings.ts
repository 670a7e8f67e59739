import type { DesignFinding } from './design-finding.js';
import { cramersV, type PatientDesign, separation } from './design-tables.js';
import { type Factor, factorOf, isComparable, namesOf, type StudyDesign } from './study-design.js';
import type { Stage } from './types.js';
import { aPatient, both, samplesOf, type Wording } from './wording.js';

/** What else differs between the compared stages: technology, batch, or the table the samples come from. */
export function confoundingFindings(design: StudyDesign): DesignFinding[] {
  const hasBatches = design.study.samples.some(({ batch }) => (batch ?? null) !== null);
  const factors: readonly Factor[] = hasBatches ? ['technology', 'batch'] : ['technology'];
  return [
    ...factors.flatMap((factor) => factorFindings(design, factor)),
    ...backFinding(design),
    ...tableFinding(design),
  ];
}

function factorFindings(design: StudyDesign, factor: Factor): DesignFinding[] {
  const { study, paired } = design;
  const labelOf = factorOf(factor);
  const labels = [...new Set(study.samples.map(labelOf))].filter((label) => label !== '').sort();
  if (paired.length === 0) return [];
  const pair: readonly [Stage, Stage] = [study.contrast.from, study.contrast.to];
  const having = (wanted: 'partial' | 'confounded'): PatientDesign[] => {
    return paired.filter(({ samples }) => separation(samples, pair, labelOf) === wanted);
  };
  const confounded = having('confounded');
  if (confounded.length > 0) return [confoundedFinding(factor, confounded, design)];
  const partial = having('partial');
  if (partial.length > 0) return [partialFinding(factor, partial)];
  return [separateFinding(factor, labels, cramersV(study.samples, study.contrast, labelOf))];
}

function factorName(factor: Factor, w: Wording): string {
  return factor === 'technology' ? w.pick('technology', 'technologie') : w.pick('batch', 'lot');
}

/** `la technologie`, `le lot`. */
function theFactor(factor: Factor, w: Wording): string {
  return factor === 'technology' ? w.pick('technology', 'la technologie') : w.pick('batch', 'le lot');
}

function confoundedFinding(factor: Factor, patients: readonly PatientDesign[], design: StudyDesign): DesignFinding {
  const isEvery = patients.length === design.paired.length;
  const text = both((w) => {
    const names = w.list(namesOf(patients));
    const where = isEvery
      ? w.pick('in every patient', 'chez tous les patients')
      : w.pick(`in ${names}`, `chez ${names}`);
    return w.pick(
      `Stage is confounded with ${theFactor(factor, w)} ${where}: no ${factorName(factor, w)} holds both ${samplesOf(design.study.contrast.from, w)} and ${samplesOf(design.study.contrast.to, w)}, so the two differences cannot be told apart.`,
      `Le stade est confondu avec ${theFactor(factor, w)} ${where} : les ${samplesOf(design.study.contrast.from, w)} et ${samplesOf(design.study.contrast.to, w)} n’ont ${factor === 'technology' ? 'aucune technologie commune' : 'aucun lot commun'}, et les deux différences ne se distinguent pas.`,
    );
  });
  return {
    id: `stage-confounded-with-${factor}`,
    level: design.comparable.length === 0 ? 'blocking' : 'warning',
    text,
  };
}

function partialFinding(factor: Factor, patients: readonly PatientDesign[]): DesignFinding {
  const text = both((w) =>
    w.pick(
      `Stage and ${theFactor(factor, w)} overlap only in part in ${w.list(namesOf(patients))}: some samples have no partner of the other stage in the same ${factorName(factor, w)}.`,
      `Le stade et ${theFactor(factor, w)} ne se recoupent qu’en partie chez ${w.list(namesOf(patients))} : certains échantillons n’ont pas de pendant de l’autre stade ${factor === 'technology' ? 'dans la même technologie' : 'dans le même lot'}.`,
    ),
  );
  return { id: `stage-partly-confounded-with-${factor}`, level: 'warning', text };
}

function separateFinding(factor: Factor, labels: readonly string[], v: number | null): DesignFinding {
  const id = `stage-separate-from-${factor}`;
  if (labels.length < 2 || v === null) {
    const text = both((w) => {
      const one = labels[0] === undefined ? '' : ` (${labels[0]})`;
      return w.pick(
        `The compared stages share one ${factorName(factor, w)}${one}.`,
        `Les stades comparés partagent ${factor === 'technology' ? 'une seule technologie' : 'un seul lot'}${one}.`,
      );
    });
    return { id, level: 'ok', text };
  }
  const text = both((w) =>
    w.pick(
      `The study mixes ${String(labels.length)} ${factor === 'technology' ? 'technologies' : 'batches'} (${w.list(labels)}; Cramér’s V with stage ${w.number(v, 2)}). Within each patient the compared stages share their ${theFactor(factor, w)}, so comparing each patient with itself is sound; samples of different patients are not comparable without correction.`,
      `L’étude mélange ${String(labels.length)} ${factor === 'technology' ? 'technologies' : 'lots'} (${w.list(labels)} ; V de Cramér avec le stade ${w.number(v, 2)}). Chez chaque patient, les stades comparés ont ${factor === 'technology' ? 'la même technologie' : 'le même lot'} : comparer chaque patient à lui-même est valable ; des échantillons de patients différents ne sont pas comparables sans correction.`,
    ),
  );
  return { id, level: 'note', text };
}

/** The way back is measured apart from the stages it is compared with. */
function backFinding({ study, comparable }: StudyDesign): DesignFinding[] {
  const { from, to, back } = study.contrast;
  const apart = comparable.filter((patient) => {
    if (patient.samplesPerStage[back] === 0) return false;
    return !isComparable(patient, [from, back]) || !isComparable(patient, [to, back]);
  });
  if (apart.length === 0) return [];
  const text = both((w) =>
    w.pick(
      `In ${w.list(namesOf(apart))} the ${samplesOf(back, w)} were measured in another technology or batch than the others: reversal is not testable there.`,
      `Chez ${w.list(namesOf(apart))}, les ${samplesOf(back, w)} ont été mesurés dans une autre technologie ou un autre lot que les autres : la réversibilité n’y est pas testable.`,
    ),
  );
  return [{ id: 'way-back-confounded', level: 'warning', text }];
}

/** Tables made apart may have been normalised apart, which no column of the sheet tells. */
function tableFinding({ study, comparable }: StudyDesign): DesignFinding[] {
  const pair: readonly [Stage, Stage] = [study.contrast.from, study.contrast.to];
  const apart = comparable.filter(({ samples }) => {
    const tables = samples.filter(({ input }) => input === 'table');
    const isCompared = pair.every((stage) => tables.some((sample) => sample.stage === stage));
    return isCompared && separation(tables, pair, ({ path }) => path) === 'confounded';
  });
  if (apart.length === 0) return [];
  const text = both((w) =>
    w.pick(
      `The compared stages of ${w.count(apart.length, ...aPatient)} (${w.list(namesOf(apart))}) come from different tables. If the tables were processed apart, that difference is confounded with stage.`,
      `Les stades comparés de ${w.count(apart.length, ...aPatient)} (${w.list(namesOf(apart))}) viennent de tableaux différents. Si ces tableaux ont été traités séparément, cette différence est confondue avec le stade.`,
    ),
  );
  return [{ id: 'stages-in-different-tables', level: 'note', text }];
}
