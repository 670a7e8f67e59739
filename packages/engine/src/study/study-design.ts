import {
  countStages,
  patientDesigns,
  type PatientDesign,
  residualDegreesOfFreedom,
  separation,
} from './design-tables.js';
import type { Sample, Stage, Study } from './types.js';

/** What the design check works from. */
export interface StudyDesign {
  readonly study: Study;
  readonly patients: readonly PatientDesign[];
  /** Patients with samples of both compared stages. */
  readonly paired: readonly PatientDesign[];
  /** Paired patients whose compared stages share technology and batch: the ones that count as evidence. */
  readonly comparable: readonly PatientDesign[];
  /** Comparable patients with at least two samples of each compared stage. */
  readonly replicated: readonly PatientDesign[];
  /** No sample is left over to measure variation by: at most one patient compared, with one sample per stage. */
  readonly isUnreplicated: boolean;
  readonly samplesPerStage: Readonly<Record<Stage, number>>;
  /** Resource packs to work with. */
  readonly packs: readonly string[];
}

/** A property of samples that may be confounded with stage. */
export type Factor = 'technology' | 'batch';

/** The value of a factor; samples without a batch form one batch. */
export function factorOf(factor: Factor): (sample: Sample) => string {
  return factor === 'technology' ? (sample) => sample.technology : (sample) => sample.batch ?? '';
}

/** Whether two stages of a patient can be told apart from technology and from batch. */
export function isComparable(patient: PatientDesign, pair: readonly [Stage, Stage]): boolean {
  const factors: readonly Factor[] = ['technology', 'batch'];
  return factors.every((factor) => separation(patient.samples, pair, factorOf(factor)) !== 'confounded');
}

/** Sorts the patients of a study by what they can contribute. */
export function studyDesign(study: Study, packs: readonly string[]): StudyDesign {
  const { from, to } = study.contrast;
  const patients = patientDesigns(study);
  const paired = patients.filter(({ isPaired }) => isPaired);
  const comparable = paired.filter((patient) => isComparable(patient, [from, to]));
  const replicated = comparable.filter((p) => p.samplesPerStage[from] > 1 && p.samplesPerStage[to] > 1);
  const isUnreplicated = residualDegreesOfFreedom(study.samples) === 0;
  const samplesPerStage = countStages(study.samples);
  return { study, patients, paired, comparable, replicated, isUnreplicated, samplesPerStage, packs };
}

/** Names of patients. */
export function namesOf(patients: readonly PatientDesign[]): string[] {
  return patients.map(({ patient }) => patient);
}
