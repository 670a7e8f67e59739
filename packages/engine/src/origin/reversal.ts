import { type RunContext, report, rngFor, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { columnsOf, type NormalizedInput, patientsOf } from '../programme/input.js';
import type { ProgrammeCall } from '../programme/programme-call.js';
import type { Signature } from '../programme/signature.js';
import type { StageContrast } from '../study/types.js';
import { type ReturningGenes, returningGenes } from './returning-genes.js';
import { type IndexEstimate, type IndexOptions, estimateIndex } from './reversal-estimate.js';
import type { ReversalArms } from './reversal-index.js';
import { type ReversalVerdict, reversalVerdict } from './reversal-verdict.js';

/** What {@link reversal} is. */
export const reversalInfo: MethodInfo = {
  id: 'reversal',
  title: 'Return of relapse samples to the untreated state',
  version: '1.0.0',
  doi: ['10.1080/01621459.1988.10478591', '10.1007/BF01068419'],
  input: 'normalised log2 expression with untreated, residual and relapse samples of the same patient',
  output: 'reversal index (1: back to untreated, 0: as under treatment) with interval and verdict, per patient',
  random: true,
};

/** Options of {@link reversal}. */
export interface ReversalOptions extends IndexOptions {
  readonly contrast: StageContrast;
  /** How near to one the whole interval must lie to count as returned. */
  readonly margin: number;
  /** False-discovery rate of the gene-by-gene calls. */
  readonly fdr: number;
  /** Largest log2 difference from untreated that still counts as returned, for one gene. */
  readonly equivalenceLogFoldChange: number;
}

/** The shared programme as it bears on one patient. */
export interface PatientProgramme {
  /** Preferably learned without the patient: genes it chose itself would look returned by chance. */
  readonly signature: Signature;
  /** Whether the patient shows the programme; `none` leaves nothing to come back from. */
  readonly call: ProgrammeCall;
}

/** Reversal in one patient. */
export interface PatientReversal {
  readonly patient: string;
  readonly verdict: ReversalVerdict;
  readonly reasons: readonly string[];
  readonly nFrom: number;
  readonly nTo: number;
  readonly nBack: number;
  /** Over all measured genes, and over the programme genes; null when not testable. */
  readonly index: IndexEstimate | null;
  readonly programmeIndex: IndexEstimate | null;
  /** Gene by gene; null when not testable. */
  readonly genes: ReturningGenes | null;
}

/** Reversal in every patient. */
export interface Reversal {
  readonly contrast: StageContrast;
  readonly margin: number;
  readonly patients: readonly PatientReversal[];
  readonly nTestable: number;
}

/**
 * For every patient with all three stages, how far its relapse R went back from the residual state P to the untreated
 * state U: `1 − ⟨R − U, P − U⟩ / |P − U|²` over genes of the mean log2 expression of each stage. One means back at U along the
 * direction of the shift, zero as far as P, more than one beyond U. What the relapse gained at right angles to the shift is not
 * in it: see the genes.
 *
 * The verdict is read from the 90 % interval of the noise-corrected index. A patient without one of the stages is not
 * testable; nor is one shown to lack the programme under treatment, whose index is a ratio of noise. One without replicates or
 * cell blocks has no interval and stays inconclusive.
 *
 * @param programmes - by patient; patients not listed have no programme index
 * @throws OptionError when an option is out of range
 * @see doi:10.1080/01621459.1988.10478591 (bootstrap), doi:10.1007/BF01068419 (equivalence)
 * @example
 * ```ts
 * const options = { contrast, margin: 0.2, bootstraps: 2000, fdr: 0.05, equivalenceLogFoldChange: 0.5 };
 * reversal(input, programmes, options, context).patients.map(({ patient, verdict }) => [patient, verdict]);
 * ```
 */
export function reversal(
  input: NormalizedInput,
  programmes: ReadonlyMap<string, PatientProgramme>,
  options: ReversalOptions,
  context: RunContext,
): Reversal {
  checkOptions(options);
  const patients = patientsOf(input);
  const results = patients.map((patient, k) => {
    throwIfAborted(context);
    report(context, 'reversal', k, patients.length, 'patients');
    return reversalOf(input, { patient, ...(programmes.get(patient) ?? unknownProgramme) }, options, context);
  });
  return {
    contrast: options.contrast,
    margin: options.margin,
    patients: results,
    nTestable: results.filter((result) => result.verdict !== 'not testable').length,
  };
}

const unknownProgramme: PatientProgramme = { signature: { up: [], down: [] }, call: 'inconclusive' };

function reversalOf(
  input: NormalizedInput,
  subject: PatientProgramme & { readonly patient: string },
  options: ReversalOptions,
  context: RunContext,
): PatientReversal {
  const { patient, signature, call } = subject;
  const { contrast } = options;
  const arms: ReversalArms = {
    from: columnsOf(input, patient, contrast.from),
    to: columnsOf(input, patient, contrast.to),
    back: columnsOf(input, patient, contrast.back),
  };
  const sizes = { nFrom: arms.from.length, nTo: arms.to.length, nBack: arms.back.length };
  const missing = (['from', 'to', 'back'] as const).filter((arm) => arms[arm].length === 0);
  if (missing.length > 0) {
    const reasons = [`no ${missing.map((arm) => contrast[arm]).join(' and no ')} sample`];
    const none = { index: null, programmeIndex: null, genes: null };
    return { patient, verdict: 'not testable', reasons, ...sizes, ...none };
  }
  const estimate = (rows: readonly number[], label: string): IndexEstimate =>
    estimateIndex(input, { arms, rows }, options, rngFor(context, `origin/reversal/${label}/${patient}`));
  const inProgramme = new Set([...signature.up, ...signature.down]);
  const programmeRows = input.counts.genes.flatMap((gene, g) => (inProgramme.has(gene) ? [g] : []));
  const index = estimate(
    input.counts.genes.map((_, g) => g),
    'all-genes',
  );
  return {
    patient,
    ...(call === 'none' ? nothingToReverse : readVerdict(index, options.margin)),
    ...sizes,
    index,
    programmeIndex: programmeRows.length === 0 ? null : estimate(programmeRows, 'programme'),
    genes: returningGenes(input, { patient, programme: signature }, options),
  };
}

type VerdictWithReasons = Pick<PatientReversal, 'verdict' | 'reasons'>;

const nothingToReverse: VerdictWithReasons = {
  verdict: 'not testable',
  reasons: ['the programme is absent under treatment: there is nothing to come back from'],
};

function readVerdict(index: IndexEstimate, margin: number): VerdictWithReasons {
  return { verdict: reversalVerdict(index.corrected, margin), reasons: index.corrected.reasons };
}

function checkOptions({ contrast, margin, bootstraps }: ReversalOptions): void {
  if (new Set([contrast.from, contrast.to, contrast.back]).size < 3) {
    throw new OptionError('Reversal needs three different stages.');
  }
  if (!(margin > 0 && margin < 1))
    throw new OptionError('Option margin must lie between 0 and 1.', { found: String(margin) });
  if (!(Number.isInteger(bootstraps) && bootstraps >= 1)) {
    throw new OptionError('Option bootstraps must be a whole number of at least 1.', { found: String(bootstraps) });
  }
}
