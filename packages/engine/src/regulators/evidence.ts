import type { Bilingual } from '../core/text.js';

/** The four answers a line of evidence can give; the same words as a claim's verdict. */
export type EvidenceVerdict = 'supported' | 'not supported' | 'contradicted' | 'not testable';

/** Whether the regulator is thought to be switched on or off in the state the contrast leads to. */
export type RegulatorHypothesis = 'activated' | 'inactivated';

/** A number behind a line of evidence; null = not computed. */
export interface EvidenceNumber {
  readonly id: string;
  readonly label: Bilingual;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
}

/** Why a line got its verdict: a code to branch on and the words to print. */
export interface EvidenceReason {
  readonly code: string;
  readonly text: Bilingual;
}

/** The lines of evidence for one regulator, in report order. */
export type EvidenceLineId = 'expression' | 'regulon' | 'patients' | 'chromatin' | 'perturbation' | 'dissociation';

/** One line of evidence, graded on its own. */
export interface EvidenceLine {
  readonly id: EvidenceLineId;
  readonly verdict: EvidenceVerdict;
  readonly numbers: readonly EvidenceNumber[];
  readonly reasons: readonly EvidenceReason[];
  /** Patients that agree with the hypothesis, of those asked; null where the line is not about patients. */
  readonly patients: { readonly agree: number; readonly asked: number } | null;
}

/** A number without an interval. */
export function numberOf(id: string, en: string, fr: string, value: number | null, unit = ''): EvidenceNumber {
  const finite = value !== null && Number.isFinite(value) ? value : null;
  return { id, label: { en, fr }, value: finite, low: null, high: null, unit };
}

/** A number with its interval. */
export function intervalOf(
  id: string,
  label: Bilingual,
  estimate: { readonly value: number; readonly low: number; readonly high: number },
  unit = '',
): EvidenceNumber {
  const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
  return { id, label, value: finite(estimate.value), low: finite(estimate.low), high: finite(estimate.high), unit };
}

/** A reason in both languages. */
export function reasonOf(code: string, en: string, fr: string): EvidenceReason {
  return { code, text: { en, fr } };
}

/** A line that could not be tested, with the reason. */
export function notTestable(id: EvidenceLineId, reason: EvidenceReason): EvidenceLine {
  return { id, verdict: 'not testable', numbers: [], reasons: [reason], patients: null };
}

/** +1 when the hypothesis is activation, −1 when it is inactivation. */
export function signOf(hypothesis: RegulatorHypothesis): 1 | -1 {
  return hypothesis === 'activated' ? 1 : -1;
}

/** Patients that have to agree for a claim across patients: three quarters, rounded up. */
export function agreementNeeded(asked: number): number {
  return Math.ceil(0.75 * asked);
}
