import type { Bilingual } from '../core/text.js';

/** The questions a study may answer, in the order of the report. */
export type DesignQuestionId =
  | 'shared-programme'
  | 'patient-by-patient'
  | 'treatments-within-patients'
  | 'treatments-between-patients'
  | 'regulators'
  | 'reversal'
  | 'persisters'
  | 'origin'
  | 'markers'
  | 'response'
  | 'relapse-forecast';

/** Whether a design can answer a question, and why. */
export interface DesignQuestion {
  readonly id: DesignQuestionId;
  readonly question: Bilingual;
  /** `partly`: some patients, or some lines of evidence only. */
  readonly testable: 'yes' | 'partly' | 'no';
  readonly why: Bilingual;
}
