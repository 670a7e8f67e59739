import type { Estimate } from '../core/method.js';

/** Whether a patient's residual cells are in the state the other patients share. */
export type PersisterVerdict = 'present' | 'none' | 'inconclusive' | 'not testable';

/** What the verdict of one patient rests on. */
export interface VerdictEvidence {
  /** Fraction of the `to` samples together, as measured and after adjusting for confounders. */
  readonly fractionTo: Estimate;
  readonly adjustedTo: Estimate;
  readonly nCalledTo: number;
  readonly nCellsTo: number;
  /** Smallest P value of "no persister at all" over the `to` samples. */
  readonly pNone: number;
  /** Called share of the `to` cells times strength, by the caller and by callers on random genes. */
  readonly excess: number;
  readonly randomExcess: readonly number[];
  /** Confounder whose shift and slope predict the largest part of the score of the `to` cells. */
  readonly largestConfounder: string | null;
  /** Distance of the two states in standard deviations of the score. */
  readonly separation: number;
}

/** A verdict and why. */
export interface PatientVerdict {
  readonly verdict: PersisterVerdict;
  readonly reasons: readonly string[];
  /** The confounder that explains the state; null when none does. */
  readonly explainedBy: string | null;
}

/** Level at which a patient's `to` samples must show any persister; fewest cells called. */
const presenceLevel = 0.001;
const fewestCalled = 3;
/** Random genes must call fewer cells in at least this share of the draws, the real caller counted among them. */
const controlLevel = 0.05;
/** "None" means at most this share called and at most this share possible. */
const traceFraction = 0.01;
const absentFraction = 0.05;
/** A confounder explains the state when adjusting for it leaves less than this share of it. */
const leftAfterAdjustment = 0.5;
/** Below this distance cells of the two states cannot be told apart one by one. */
const leastSeparation = 2;

/**
 * Decides for one patient. **Inconclusive** when adjusting for confounders takes away more than half of the fraction, or when callers on
 * random genes of like expression call as many cells. Else **present** when at least three cells are called and "no
 * persister" is rejected at 0.1 %; **none** when at most 1 % are called and the interval ends below 5 %; else inconclusive.
 */
export function patientVerdict(evidence: VerdictEvidence): PatientVerdict {
  const { fractionTo, adjustedTo, nCalledTo, nCellsTo, pNone, separation } = evidence;
  const seen = nCalledTo >= fewestCalled && pNone <= presenceLevel;
  const calledShare = nCalledTo / nCellsTo;
  const reason = (verdict: PersisterVerdict, text: string): PatientVerdict => ({
    verdict,
    reasons: [text],
    explainedBy: null,
  });
  if (seen) {
    if ((adjustedTo.value ?? 0) < leftAfterAdjustment * (fractionTo.value ?? 0)) {
      const name = evidence.largestConfounder ?? 'confounders';
      return {
        ...reason(
          'inconclusive',
          `most of the state goes away when scores are adjusted for confounders, ${name} above all`,
        ),
        explainedBy: name,
      };
    }
    const { randomExcess } = evidence;
    const asMuch = randomExcess.filter((excess) => excess >= evidence.excess).length;
    if (asMuch > 0 && (1 + asMuch) / (1 + randomExcess.length) > controlLevel) {
      return reason(
        'inconclusive',
        `callers on random genes of like expression find as much in ${String(asMuch)} of ${String(randomExcess.length)} draws`,
      );
    }
    return reason(
      'present',
      'cells carry the programme of the other patients, more than random genes of like expression show',
    );
  }
  if (separation < leastSeparation)
    return reason('inconclusive', 'the cells hold too few counts of the programme to tell the two states apart');
  if (calledShare <= traceFraction && (fractionTo.high ?? 1) <= absentFraction) {
    return reason('none', 'cells under treatment are not told from untreated ones');
  }
  return reason('inconclusive', 'neither presence nor absence could be shown');
}
