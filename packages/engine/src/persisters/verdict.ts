import type { Estimate } from '../core/method.js';

/** Whether a patient's residual cells are in the state the other patients share. */
export type PersisterVerdict = 'present' | 'none' | 'inconclusive' | 'not testable';

/** What the verdict of one patient rests on. */
export interface VerdictEvidence {
  /** Fraction of the `to` samples together, as measured and after adjusting for confounders. */
  readonly fractionTo: Estimate;
  readonly adjustedTo: Estimate;
  /** Fraction of the untreated samples together. */
  readonly fractionFrom: Estimate;
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
  /** Largest shift of the untreated-like cells of a `to` sample from those of the untreated samples, as activity. */
  readonly nullShift: number;
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
/** Beyond this shift of all cells, half of what counts as presence, absence is not claimed either. */
const largestNullShift = 1 / 6;
/** A confounder explains the state when adjusting for it leaves less than this share of it. */
const leftAfterAdjustment = 0.5;
/** Below this distance cells of the two states cannot be told apart one by one. */
export const leastSeparation: number = 2;

/**
 * Decides for one patient. **Present** when at least three cells are called, "no persister" is rejected at 0.1 %, and nothing else
 * explains it; **none** when at most 1 % are called and the interval ends below 5 %; else **inconclusive**. What else can
 * explain it: states closer than two standard deviations, confounders (adjusting takes away more than half), untreated cells that
 * are in the state as often, and random genes of like expression that find as much.
 */
export function patientVerdict(evidence: VerdictEvidence): PatientVerdict {
  const { fractionTo, nCalledTo, nCellsTo, pNone, separation } = evidence;
  if (separation < leastSeparation) {
    return {
      verdict: 'inconclusive',
      reasons: ['the two states are too close to tell cells apart'],
      explainedBy: null,
    };
  }
  if (nCalledTo >= fewestCalled && pNone <= presenceLevel) {
    return otherExplanation(evidence) ?? { verdict: 'present', reasons: [presentReason], explainedBy: null };
  }
  if (evidence.nullShift > largestNullShift) {
    const reasons = ['all cells under treatment are shifted by less than a third of what the other patients show'];
    return { verdict: 'inconclusive', reasons, explainedBy: null };
  }
  if (nCalledTo <= traceFraction * nCellsTo && (fractionTo.high ?? 1) <= absentFraction) {
    return { verdict: 'none', reasons: ['cells under treatment are not told from untreated ones'], explainedBy: null };
  }
  return { verdict: 'inconclusive', reasons: ['neither presence nor absence could be shown'], explainedBy: null };
}

const presentReason = 'cells carry the programme of the other patients, more than random genes of like expression show';

function otherExplanation(evidence: VerdictEvidence): PatientVerdict | null {
  const { fractionTo, adjustedTo, fractionFrom, excess, randomExcess, largestConfounder } = evidence;
  const inconclusive = (reason: string, explainedBy: string | null = null): PatientVerdict => ({
    verdict: 'inconclusive',
    reasons: [reason],
    explainedBy,
  });
  if ((adjustedTo.value ?? 0) < leftAfterAdjustment * (fractionTo.value ?? 0)) {
    const name = largestConfounder ?? 'confounders';
    return inconclusive(
      `most of the state goes away when scores are adjusted for confounders, ${name} above all`,
      name,
    );
  }
  if (!((fractionTo.low ?? 0) > (fractionFrom.value ?? 0))) {
    return inconclusive('untreated cells are not shown to be in the state less often');
  }
  const asMuch = randomExcess.filter((random) => random >= excess).length;
  if (asMuch > 0 && (1 + asMuch) / (1 + randomExcess.length) > controlLevel) {
    const draws = `${String(asMuch)} of ${String(randomExcess.length)}`;
    return inconclusive(`callers on random genes of like expression find as much in ${draws} draws`);
  }
  return null;
}
