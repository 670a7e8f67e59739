import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import type { Stage } from '../study/types.js';
import { columnsOf, columnsWhere, type NormalizedInput, patientsOf } from './input.js';
import type { Signature } from './signature.js';

/** What {@link scoreSignature} is. */
export const scoreSignatureInfo: MethodInfo = {
  id: 'score-signature',
  title: 'Signature score of every sample',
  version: '1.0.0',
  doi: [],
  input: 'normalised log2 expression, genes × samples, and a signature',
  output: 'log2 units above the reference stage of the same patient',
  random: false,
};

/** Options of {@link scoreSignature}. */
export interface ScoreSignatureOptions {
  /** The stage whose mean is zero in every patient. */
  readonly reference: Stage;
}

/** One score per sample, in column order. */
export interface SignatureScores {
  /** NaN for patients without a sample of the reference stage. */
  readonly score: Float64Array;
  /** Signature genes found in the study. */
  readonly nUp: number;
  readonly nDown: number;
}

/**
 * Scores samples: mean log2 expression of the raised genes minus mean of the lowered genes, minus the mean of that
 * difference over the patient's reference samples. Centring within patient takes out what belongs to the patient and to its
 * technology; differences between two stages of one patient do not depend on it.
 *
 * Every gene has the same weight. Unlike Seurat's `AddModuleScore` no control genes are subtracted: matched random gene sets
 * are used as a null instead, where their spread can be seen as well as their mean.
 *
 * @throws OptionError when no gene of the signature is in the study
 */
export function scoreSignature(
  input: NormalizedInput,
  genes: Signature,
  options: ScoreSignatureOptions,
): SignatureScores {
  const position = new Map(input.logExpression.genes.map((gene, g) => [gene, g]));
  const up = genes.up.flatMap((gene) => position.get(gene) ?? []);
  const down = genes.down.flatMap((gene) => position.get(gene) ?? []);
  if (up.length + down.length === 0) {
    throw new OptionError('None of the signature genes is in this study.', {
      hint: 'Check that both use gene symbols.',
    });
  }
  const raisedMean = meanOfGenes(input, up);
  const loweredMean = meanOfGenes(input, down);
  const raw = raisedMean.map((value, s) => value - (loweredMean[s] as number));
  return { score: centreWithinPatient(input, raw, options.reference), nUp: up.length, nDown: down.length };
}

/** Mean over genes of every sample; zero when there are no genes. */
function meanOfGenes({ logExpression }: NormalizedInput, genes: readonly number[]): Float64Array {
  const n = logExpression.samples.length;
  const means = new Float64Array(n);
  for (const g of genes) {
    for (let s = 0; s < n; s++) {
      means[s] = (means[s] as number) + (logExpression.values[g * n + s] as number) / genes.length;
    }
  }
  return means;
}

function centreWithinPatient(input: NormalizedInput, raw: Float64Array, reference: Stage): Float64Array {
  const centred = new Float64Array(raw.length).fill(NaN);
  for (const patient of patientsOf(input)) {
    const zero = meanAt(raw, columnsOf(input, patient, reference));
    for (const s of columnsWhere(input, (column) => input.patient[column] === patient)) {
      centred[s] = (raw[s] as number) - zero;
    }
  }
  return centred;
}

/** Mean of the values at some positions; NaN when there are none. */
export function meanAt(values: Float64Array, positions: readonly number[]): number {
  let sum = 0;
  for (const position of positions) sum += values[position] as number;
  return sum / positions.length;
}
