import { answer, type Answer, nothingToCompare } from './design-answer.js';
import type { PatientDesign } from './design-tables.js';
import { isComparable, namesOf, type StudyDesign } from './study-design.js';
import type { Stage } from './types.js';
import { samplesOf } from './wording.js';

/** Fewest patients, besides the one whose cells are called, that a persister caller is learned from. */
const fewestToLearnFrom = 2;

/**
 * Cells are called in a patient with single cells of both stages, by what the other patients show: a caller learned from the
 * patient itself would find the difference between its two libraries.
 */
export function persisters(design: StudyDesign): Answer {
  const { study, comparable, paired } = design;
  if (comparable.length === 0) return nothingToCompare(design);
  const { from, to } = study.contrast;
  const called = comparable.filter((patient) => hasCellsOf(patient, [from, to]));
  if (called.length === 0) {
    return answer('no', (w) =>
      w.pick(
        `No comparable patient has single cells of both ${samplesOf(from, w)} and ${samplesOf(to, w)}.`,
        `Aucun patient comparable n’a de cellules uniques à la fois des ${samplesOf(from, w)} et des ${samplesOf(to, w)}.`,
      ),
    );
  }
  if (comparable.length - 1 < fewestToLearnFrom) return tooFewToLearnFrom(comparable.length - 1);
  const others = paired.filter((patient) => !called.includes(patient));
  return answer(others.length === 0 ? 'yes' : 'partly', (w) => {
    const names = w.list(namesOf(called));
    const inThese = w.pick(
      `In ${names}, each by a caller learned from the others.`,
      `Chez ${names}, chacun par un classifieur appris sur les autres.`,
    );
    const rest = w.pick(
      `No comparable single cells of both stages in ${w.list(namesOf(others))}.`,
      `Pas de cellules uniques comparables aux deux stades chez ${w.list(namesOf(others))}.`,
    );
    return others.length === 0 ? inThese : `${inThese} ${rest}`;
  });
}

function hasCellsOf(patient: PatientDesign, pair: readonly [Stage, Stage]): boolean {
  const samples = patient.samples.filter(({ input }) => input === 'cells');
  const hasBoth = pair.every((stage) => samples.some((sample) => sample.stage === stage));
  return hasBoth && isComparable({ ...patient, samples }, pair);
}

function tooFewToLearnFrom(others: number): Answer {
  return answer('no', (w) =>
    w.pick(
      `What a persister looks like is learned from other patients, at least ${String(fewestToLearnFrom)}; there ${others === 1 ? 'is 1' : 'are none'}. Within one patient a persister state cannot be told from a difference between its libraries, whatever the number of cells.`,
      `L’état persistant s’apprend sur d’autres patients, au moins ${String(fewestToLearnFrom)} ; il n’y en a ${others === 1 ? 'qu’un' : 'aucun'}. Chez un seul patient, il ne se distingue pas d’une différence entre ses préparations, quel que soit le nombre de cellules.`,
    ),
  );
}
