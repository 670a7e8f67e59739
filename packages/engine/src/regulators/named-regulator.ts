import type { RunContext } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { chromatinLine, type ChromatinTable } from './chromatin-line.js';
import { ap1Family, immediateEarlyGenes } from './curated-immediate-early.js';
import { dissociationLine } from './dissociation-line.js';
import {
  type EvidenceLine,
  type EvidenceReason,
  type EvidenceVerdict,
  reasonOf,
  type RegulatorHypothesis,
} from './evidence.js';
import { expressionLine } from './expression-line.js';
import { patientsLine } from './patients-line.js';
import type { PerturbationTable } from './perturbation-correlation.js';
import { perturbationLine } from './perturbation-line.js';
import type { RegulatorRanking, RegulatorRow } from './rank-regulators.js';
import { regulonLine } from './regulon-line.js';

/** What a named regulator is judged on. */
export interface NamedRegulatorInput {
  readonly ranking: RegulatorRanking;
  readonly chromatin: ChromatinTable | null;
  readonly perturbation: PerturbationTable | null;
}

/** Options of `namedRegulator`. */
export interface NamedRegulatorOptions {
  readonly regulator: string;
  /** Default `activated`. */
  readonly hypothesis?: RegulatorHypothesis;
  /** False-discovery rate of the expression and chromatin lines; default 0.05. */
  readonly fdr?: number;
  /** Largest P of the regulon (family-wise), perturbation and dissociation lines; default 0.05. */
  readonly alpha?: number;
  /** Called genes of the persister programme, for the perturbation line: default adjusted P below 1e-4 … */
  readonly pAdjustedMax?: number;
  /** … and absolute log2 fold change above 0.5. */
  readonly logFoldChangeMin?: number;
  /** Default: those of the ranking. */
  readonly permutations?: number;
  /** Least correlation with the perturbation beyond shuffles; default 0.2. */
  readonly minimumCorrelation?: number;
}

/** One regulator end to end. */
export interface NamedRegulator {
  readonly regulator: string;
  readonly hypothesis: RegulatorHypothesis;
  readonly verdict: EvidenceVerdict;
  readonly reasons: readonly EvidenceReason[];
  /** Expression, regulon, patients, chromatin, perturbation, dissociation. */
  readonly lines: readonly EvidenceLine[];
  /** Its row of the ranking; null without a measured regulon. */
  readonly row: RegulatorRow | null;
  /** Whether it belongs to the family that dissociation itself switches on. */
  readonly isAp1: boolean;
}

/** What the named-regulator test is. */
export const namedRegulatorInfo: MethodInfo = {
  id: 'named-regulator',
  title: 'One regulator end to end, each line of evidence graded apart',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016', '10.1038/nmeth.4437', '10.1186/s13059-019-1830-0'],
  input: 'the ranking of regulators; optionally a chromatin table and a perturbation table',
  output: 'verdict, and verdict and numbers of each line',
  random: true,
};

/**
 * Tests one regulator end to end. Every line is graded on its own; the verdict then follows one rule:
 *
 * - not testable: neither the regulon nor the perturbation line could be tested;
 * - supported: at least two lines among expression, regulon, patients, chromatin and perturbation are supported, the regulon
 *   or the perturbation among them, and no line, the dissociation control included, is contradicted;
 * - contradicted: the regulon or the perturbation line is contradicted and neither is supported;
 * - not supported: everything else.
 *
 * Flat RNA alone never decides: a factor can be switched without its transcript. The RNA of a regulator that is itself an
 * immediate-early gene (JUN, FOS, ATF3 …) does not count as support, because dissociation raises it.
 *
 * @throws OptionError without a regulator name
 */
export async function namedRegulator(
  input: NamedRegulatorInput,
  options: NamedRegulatorOptions,
  context: RunContext,
): Promise<NamedRegulator> {
  const { regulator, hypothesis = 'activated', fdr = 0.05, alpha = 0.05 } = options;
  const { pAdjustedMax = 1e-4, logFoldChangeMin = 0.5, minimumCorrelation = 0.2 } = options;
  if (regulator === '') throw new OptionError('Name the regulator to test.', { expected: 'a gene symbol' });
  const { ranking } = input;
  const permutations = options.permutations ?? ranking.permutations;
  const row = ranking.rows.find((candidate) => candidate.regulator === regulator) ?? null;
  const regulon = regulonLine(ranking, row, { hypothesis, alpha });
  const lines: EvidenceLine[] = [
    expressionLine(regulator, ranking.study, { hypothesis, fdr }),
    regulon,
    patientsLine(row, hypothesis),
    chromatinLine(regulator, input.chromatin, { hypothesis, fdr }),
    await perturbationLine(
      ranking.study,
      input.perturbation,
      { regulator, hypothesis, permutations, alpha, pAdjustedMax, logFoldChangeMin, minimumCorrelation },
      context,
    ),
    await dissociationLine(
      regulator,
      ranking,
      { hypothesis, permutations, alpha, hasSignal: regulon.verdict === 'supported' },
      context,
    ),
  ];
  const isImmediateEarly = immediateEarlyGenes.some((entry) => entry.gene === regulator);
  return {
    regulator,
    hypothesis,
    ...overallVerdict(lines, { isImmediateEarly }),
    lines,
    row,
    isAp1: ap1Family.has(regulator),
  };
}

/**
 * The rule that turns six graded lines into one verdict; see `namedRegulator`.
 *
 * @param options - `isImmediateEarly`: dissociation raises the regulator's own RNA, so its expression line does not count
 */
export function overallVerdict(
  lines: readonly EvidenceLine[],
  options: { readonly isImmediateEarly: boolean },
): { readonly verdict: EvidenceVerdict; readonly reasons: readonly EvidenceReason[] } {
  const graded = (verdict: EvidenceVerdict): EvidenceLine[] => lines.filter((line) => line.verdict === verdict);
  const isKey = (line: EvidenceLine): boolean => line.id === 'regulon' || line.id === 'perturbation';
  const counts = (line: EvidenceLine): boolean =>
    line.id !== 'dissociation' && !(line.id === 'expression' && options.isImmediateEarly);
  const supporting = graded('supported').filter(counts);
  const opposing = graded('contradicted');
  const hasKey = supporting.some(isKey);
  if (lines.filter(isKey).every((line) => line.verdict === 'not testable')) {
    return {
      verdict: 'not testable',
      reasons: [
        reasonOf(
          'no-key-line',
          'neither its regulon nor a perturbation could be tested',
          'ni son régulon ni une perturbation n’ont pu être testés',
        ),
      ],
    };
  }
  if (opposing.some(isKey) && !hasKey) {
    return { verdict: 'contradicted', reasons: opposing.flatMap((line) => line.reasons) };
  }
  if (opposing.length > 0) {
    return {
      verdict: 'not supported',
      reasons: [
        reasonOf('lines-disagree', 'the lines of evidence disagree', 'les lignes de preuve se contredisent'),
        ...opposing.flatMap((line) => line.reasons),
      ],
    };
  }
  if (hasKey && supporting.length >= 2) {
    return { verdict: 'supported', reasons: supporting.flatMap((line) => line.reasons) };
  }
  const uncounted = graded('supported').some((line) => line.id === 'expression') && options.isImmediateEarly;
  return { verdict: 'not supported', reasons: [...missing(hasKey, lines), ...(uncounted ? [ownRnaUncounted] : [])] };
}

const ownRnaUncounted = reasonOf(
  'rna-immediate-early',
  'its own RNA is immediate-early, which dissociation raises, and does not count',
  'son propre ARN est précoce, ce que la dissociation augmente, et ne compte pas',
);

function missing(hasKey: boolean, lines: readonly EvidenceLine[]): EvidenceReason[] {
  if (hasKey) {
    return [
      reasonOf(
        'one-line-only',
        'only one line of evidence supports it; two are needed',
        'une seule ligne de preuve l’appuie ; il en faut deux',
      ),
    ];
  }
  const key = lines.filter(
    (line) => (line.id === 'regulon' || line.id === 'perturbation') && line.verdict !== 'not testable',
  );
  return key.flatMap((line) => line.reasons);
}
