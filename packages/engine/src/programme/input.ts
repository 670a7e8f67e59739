import { ShapeError } from '../core/errors.js';
import { createExpressionMatrix, type ExpressionMatrix, selectSamples } from '../data/expression.js';
import { logCpm } from '../stats/log-cpm.js';
import { tmmFactors } from '../stats/tmm.js';
import type { Stage, StageContrast } from '../study/types.js';
import { compareText } from './compare-text.js';

/** The samples of one study, all on one set of genes. The arrays hold one entry per sample, in column order. */
export interface ProgrammeInput {
  /** Counts or intensities on the linear scale, genes × samples. */
  readonly counts: ExpressionMatrix;
  readonly patient: readonly string[];
  readonly stage: readonly Stage[];
  /** Regimen; any text for samples without one. */
  readonly treatment: readonly string[];
  readonly technology: readonly string[];
}

/** A study with its normalised expression: what every patient-level method works on. */
export interface NormalizedInput extends ProgrammeInput {
  /** TMM-normalised log2 counts per million, prior count 2, same genes and samples as `counts`. */
  readonly logExpression: ExpressionMatrix;
}

/**
 * Checks a study once and adds its normalised expression, `logCpm` with TMM effective library sizes. The prior is scaled
 * with the library, so a gene without counts has one value in every sample; with voom's fixed prior a shallow sample would
 * look raised in every such gene.
 *
 * @throws ShapeError when lengths disagree, or a gene or a sample is listed twice
 * @throws FormatError for a value that is no count or a sample without counts
 */
export function normalizeInput(input: ProgrammeInput): NormalizedInput {
  checkInput(input);
  return { ...input, logExpression: logCpm(input.counts, { librarySizes: effectiveLibrarySizes(input.counts) }) };
}

/** Total count times TMM factor of each sample. */
export function effectiveLibrarySizes(counts: ExpressionMatrix): Float64Array {
  const { librarySizes, factors } = tmmFactors(counts);
  return librarySizes.map((size, s) => size * (factors[s] as number));
}

/**
 * Checks that the sample annotations fit the counts and that names are unique.
 *
 * @throws ShapeError naming what does not fit
 */
export function checkInput(input: ProgrammeInput): void {
  const { genes, samples, values } = createExpressionMatrix(
    input.counts.genes,
    input.counts.samples,
    input.counts.values,
  );
  if (genes.length === 0 || values.length === 0) throw new ShapeError('The study has no genes or no samples.');
  const annotations = {
    patient: input.patient,
    stage: input.stage,
    treatment: input.treatment,
    technology: input.technology,
  };
  for (const [name, column] of Object.entries(annotations)) {
    if (column.length !== samples.length) {
      throw new ShapeError(`The sample annotation "${name}" does not fit the counts.`, {
        expected: `${String(samples.length)} values, one per sample`,
        found: String(column.length),
      });
    }
  }
  requireUnique('gene', genes);
  requireUnique('sample', samples);
}

/** The patients of a study, sorted, so that no result depends on the order of the samples. */
export function patientsOf(input: Pick<ProgrammeInput, 'patient'>): readonly string[] {
  return [...new Set(input.patient)].sort(compareText);
}

/** The columns of the samples that a condition holds for, sorted by sample name. */
export function columnsWhere(input: ProgrammeInput, keep: (sample: number) => boolean): readonly number[] {
  const { samples } = input.counts;
  const columns = samples.map((_, s) => s).filter(keep);
  return columns.sort((a, b) => compareText(samples[a], samples[b]));
}

/** The columns of one patient at one stage, sorted by sample name. */
export function columnsOf(input: ProgrammeInput, patient: string, stage: Stage): readonly number[] {
  return columnsWhere(input, (s) => input.patient[s] === patient && input.stage[s] === stage);
}

/** The same study without the samples a condition fails for. */
export function selectInput(input: NormalizedInput, keep: (sample: number) => boolean): NormalizedInput {
  const columns = input.counts.samples.map((_, s) => s).filter(keep);
  const pick = <T>(values: readonly T[]): T[] => columns.map((s) => values[s] as T);
  return {
    counts: selectSamples(input.counts, columns),
    logExpression: selectSamples(input.logExpression, columns),
    patient: pick(input.patient),
    stage: pick(input.stage),
    treatment: pick(input.treatment),
    technology: pick(input.technology),
  };
}

/** Patients of a study by whether they can show the contrast, with the reason where they cannot. */
export function testablePatients(
  input: ProgrammeInput,
  contrast: Pick<StageContrast, 'from' | 'to'>,
): { readonly testable: readonly string[]; readonly notTestable: readonly NotTestable[] } {
  const missing = (patient: string): Stage[] =>
    [contrast.from, contrast.to].filter((stage) => columnsOf(input, patient, stage).length === 0);
  const patients = patientsOf(input).map((patient) => ({ patient, missing: missing(patient) }));
  return {
    testable: patients.filter((p) => p.missing.length === 0).map((p) => p.patient),
    notTestable: patients
      .filter((p) => p.missing.length > 0)
      .map((p) => ({ patient: p.patient, reason: `no ${p.missing.join(' and no ')} sample` })),
  };
}

/** A patient the question cannot be put to. */
export interface NotTestable {
  readonly patient: string;
  readonly reason: string;
}

function requireUnique(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new ShapeError(`The study lists ${what} "${name}" more than once.`);
    seen.add(name);
  }
}
