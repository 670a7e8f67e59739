import { confoundingFindings } from './confounding-findings.js';
import { dataFindings, type DesignFacts } from './data-findings.js';
import type { DesignFinding } from './design-finding.js';
import type { DesignQuestion } from './design-question.js';
import { designQuestions } from './design-questions.js';
import { patientFindings } from './patient-findings.js';
import { studyDesign } from './study-design.js';
import { treatmentFindings } from './treatment-findings.js';
import type { Study } from './types.js';

/** What a design can and cannot answer. */
export interface DesignReport {
  readonly findings: readonly DesignFinding[];
  readonly questions: readonly DesignQuestion[];
  /** Patients with both compared stages, none of them from the same technology and batch: left out of the evidence. */
  readonly confounded: readonly string[];
}

/**
 * Says, before anything runs, what a study can answer and what it cannot, and why.
 *
 * The patient is the unit of evidence. A patient counts when it has samples of both compared stages and at least one
 * technology and one batch hold both; otherwise its difference between stages cannot be told from the difference between
 * technologies or batches. `blocking` findings leave no patient to compare, or no way to judge the difference.
 *
 * @param study - as read from its files
 * @param facts - what is known once the data files have been opened; without them only the sample sheet is judged
 *
 * @example
 * const { findings, questions } = examineDesign(study);
 * findings.filter(({ level }) => level === 'blocking').map(({ text }) => text.en);
 */
export function examineDesign(study: Study, facts: DesignFacts = {}): DesignReport {
  const design = studyDesign(study, facts.packs ?? study.resources);
  return {
    findings: [
      ...patientFindings(design),
      ...confoundingFindings(design),
      ...treatmentFindings(design),
      ...dataFindings(design, facts),
    ],
    questions: designQuestions(design),
    confounded: design.paired.filter((patient) => !design.comparable.includes(patient)).map(({ patient }) => patient),
  };
}
