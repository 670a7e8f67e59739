import type { Estimate } from '../core/method.js';
import { studentQuantile } from '../stats/distributions.js';
import { median } from '../stats/quantile.js';

/** Whether a patient shows the programme learned from the others. */
export type ProgrammeCall = 'present' | 'none' | 'inconclusive';

/**
 * Where the sampling error of a patient's score comes from: its own replicates, those of the other patients, or genes
 * alone where nothing in the study is replicated.
 */
export type ScoreErrorBasis = 'own-replicates' | 'borrowed-replicates' | 'genes-only';

/** What is known about the score of one patient left out. */
export interface PatientScore {
  readonly patient: string;
  /** Score difference `to − from` beyond that of random genes of like expression. */
  readonly excess: number;
  /** Standard error from replicates and its degrees of freedom; null when nothing is replicated. */
  readonly replicateError: { readonly standardError: number; readonly df: number } | null;
  /** Standard error from genes: spread of random signatures, inflated for correlated genes. */
  readonly geneError: number;
  readonly basis: ScoreErrorBasis;
}

/** The call for one patient and what it rests on. */
export interface PatientCall {
  readonly patient: string;
  readonly call: ProgrammeCall;
  readonly excess: Estimate;
  /** A patient whose interval ends below this does not show the programme; null when the others give no scale. */
  readonly absenceBound: number | null;
  readonly basis: ScoreErrorBasis;
  readonly reasons: readonly string[];
}

/** Absent means shown to be less than this share of the median of the other patients. */
export const absenceFraction: number = 1 / 3;
/** Two one-sided tests at 5 % each. */
const level = 0.9;
/** Correlation between genes of one set that limma's `camera` presumes where it cannot be estimated. */
const interGeneCorrelation = 0.01;

/**
 * Calls the programme present, absent or neither in every patient left out in turn, from its excess score e with a 90 %
 * interval: **none** when the interval ends below a third of the median excess of the other patients (equivalence: the
 * patient is shown to have little or nothing of it); else **present** when the interval lies above zero; else
 * **inconclusive**. No patient is called unless at least half of the others lie above zero themselves. The interval is the wider of two: sampling error of the score (own replicates, else those of the
 * other patients) and spread over genes.
 */
export function callProgramme(scores: readonly PatientScore[]): readonly PatientCall[] {
  const intervals = scores.map(intervalOf);
  return scores.map(({ patient, basis }, k) => {
    const excess = intervals[k] as Estimate;
    const absenceBound = boundFrom(intervals.filter((_, other) => other !== k));
    return { patient, ...decide(excess, absenceBound), excess, absenceBound, basis };
  });
}

/** A third of the median of the others, provided that at least half of them lie above zero with their whole interval. */
function boundFrom(others: readonly Estimate[]): number | null {
  const known = others.filter((other) => other.low !== null);
  if (known.length < 2 || !(median(known.map((other) => other.low ?? NaN)) > 0)) return null;
  return absenceFraction * median(known.map((other) => other.value ?? NaN));
}

/**
 * Variance of a difference of two gene-set means over its variance for uncorrelated genes,
 * with `1 + (m − 1) ρ` for a set of m genes and ρ = 0.01.
 *
 * @see doi:10.1093/nar/gks461
 */
export function varianceInflation(nUp: number, nDown: number): number {
  const share = (n: number): number => (n === 0 ? 0 : 1 / n);
  const inflated = (n: number): number => share(n) * (1 + (n - 1) * interGeneCorrelation);
  return (inflated(nUp) + inflated(nDown)) / (share(nUp) + share(nDown));
}

function decide(
  { low, high }: Estimate,
  bound: number | null,
): { readonly call: ProgrammeCall; readonly reasons: readonly string[] } {
  if (low === null || high === null) return { call: 'inconclusive', reasons: ['the score has no interval'] };
  if (bound === null)
    return { call: 'inconclusive', reasons: ['the other patients show no programme to compare with'] };
  if (high < 0) return { call: 'none', reasons: ['the programme moves the other way'] };
  if (high < bound) return { call: 'none', reasons: ['shown to be below a third of the median of the other patients'] };
  if (low > 0) return { call: 'present', reasons: ['above random genes and above sampling error'] };
  return { call: 'inconclusive', reasons: ['neither presence nor absence could be shown'] };
}

function intervalOf({ excess, replicateError, geneError, basis }: PatientScore): Estimate {
  const tail = (1 + level) / 2;
  const fromGenes = studentQuantile(tail, Infinity) * geneError;
  const fromReplicates =
    replicateError === null ? 0 : studentQuantile(tail, replicateError.df) * replicateError.standardError;
  const halfWidth = Math.max(fromGenes, fromReplicates);
  const known = Number.isFinite(excess) && Number.isFinite(halfWidth);
  const source = fromGenes > fromReplicates ? 'spread over random genes' : basisWords[basis];
  return {
    value: Number.isFinite(excess) ? excess : null,
    low: known ? excess - halfWidth : null,
    high: known ? excess + halfWidth : null,
    level,
    method: `90 % interval from ${source}`,
    status: known ? 'ok' : 'not-identifiable',
    reasons: known ? [] : ['the score of this patient could not be computed'],
  };
}

const basisWords: Readonly<Record<ScoreErrorBasis, string>> = {
  'own-replicates': 'replicates of this patient',
  'borrowed-replicates': 'replicates of the other patients (this patient has one sample per arm)',
  'genes-only': 'spread over random genes',
};
