import type { MethodInfo, Warning } from '../core/method.js';
import { groupDesign } from '../stats/design-matrix.js';
import { squeezeVariances } from '../stats/squeeze-variances.js';
import { voom } from '../stats/voom.js';
import type { StageContrast } from '../study/types.js';
import { connectedSamples } from './connected-samples.js';
import { columnsOf, effectiveLibrarySizes, type NormalizedInput, type NotTestable, testablePatients } from './input.js';

/** What {@link patientEffects} is. */
export const patientEffectsInfo: MethodInfo = {
  id: 'patient-effects',
  title: 'One effect per patient',
  version: '1.0.0',
  doi: ['10.1186/gb-2014-15-2-r29', '10.2202/1544-6115.1027'],
  input: 'counts or intensities, genes × samples, with patient and stage of every sample',
  output: 'log2 fold change of every gene in every patient, with a sampling standard error',
  random: false,
};

/** Options of {@link patientEffects}. */
export interface PatientEffectsOptions {
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
}

/**
 * Where the sampling variance comes from: replicates of one patient, stage and treatment (`replicates`); the additive model
 * where nothing is replicated, which also counts differences between patients as noise (`additive-model`); or nowhere.
 */
export type SamplingVarianceBasis = 'replicates' | 'additive-model' | 'none';

/** One effect per gene and patient. Tables are genes × patients, row-major. */
export interface PatientEffects {
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
  readonly genes: readonly string[];
  /** Patients with both stages, sorted. */
  readonly patients: readonly string[];
  readonly nFrom: Int32Array;
  readonly nTo: Int32Array;
  /** Mean log2 expression at `to` minus mean at `from`. */
  readonly effects: Float64Array;
  /** Sampling standard error of the effects; NaN when `basis` is `none`. */
  readonly standardErrors: Float64Array;
  readonly basis: SamplingVarianceBasis;
  /** Residual degrees of freedom behind the sampling variance, before moderation. */
  readonly dfResidual: number;
  /** Mean log2 expression per gene, each patient and each of the two stages weighing the same. */
  readonly averageExpression: Float64Array;
  readonly notTestable: readonly NotTestable[];
  readonly warnings: readonly Warning[];
}

/**
 * The effect of each patient: per gene, mean log2 expression at `to` minus mean at `from`.
 *
 * The sampling standard error of an effect is `√(s² (Σ_to 1/w / n_to² + Σ_from 1/w / n_from²))`, with voom weights w and the
 * moderated variance s² of the gene around the means of every patient × stage × treatment. Patients without replicates so
 * borrow the variance of the others, adjusted for depth by the weights alone. Where no patient has replicates s² comes from
 * the additive model `~ 0 + stage + patient` instead and is too large by the differences between patients.
 *
 * @throws FormatError for counts that cannot be used
 * @example
 * ```ts
 * const effects = patientEffects(normalizeInput(input), { contrast: { from: 'untreated', to: 'residual' } });
 * effects.effects[gene * effects.patients.length + patient]; // log2
 * ```
 */
export function patientEffects(input: NormalizedInput, options: PatientEffectsOptions): PatientEffects {
  const { contrast } = options;
  const { testable, notTestable } = testablePatients(input, contrast);
  const arms = testable.map((patient) => ({
    to: columnsOf(input, patient, contrast.to),
    from: columnsOf(input, patient, contrast.from),
  }));
  const variance = samplingVariance(input, contrast);
  const nGenes = input.counts.genes.length;
  const nPatients = testable.length;
  const effects = new Float64Array(nGenes * nPatients);
  const standardErrors = new Float64Array(nGenes * nPatients).fill(NaN);
  const averageExpression = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; g++) {
    let total = 0;
    arms.forEach(({ to, from }, k) => {
      const [after, before] = [meanOver(input, g, to), meanOver(input, g, from)];
      effects[g * nPatients + k] = after - before;
      standardErrors[g * nPatients + k] = standardError(variance, g, to, from);
      total += (after + before) / 2;
    });
    averageExpression[g] = total / nPatients;
  }
  return {
    contrast,
    genes: input.counts.genes,
    patients: testable,
    nFrom: Int32Array.from(arms, (arm) => arm.from.length),
    nTo: Int32Array.from(arms, (arm) => arm.to.length),
    effects,
    standardErrors,
    basis: variance.basis,
    dfResidual: variance.dfResidual,
    averageExpression,
    notTestable,
    warnings: basisWarnings(variance.basis),
  };
}

interface SamplingVariance {
  readonly basis: SamplingVarianceBasis;
  readonly dfResidual: number;
  /** Moderated variance per gene, and voom weights, genes × samples; empty for `none`. */
  readonly posterior: Float64Array;
  readonly weights: Float64Array;
  readonly nSamples: number;
}

function samplingVariance(input: NormalizedInput, contrast: PatientEffectsOptions['contrast']): SamplingVariance {
  const nSamples = input.counts.samples.length;
  const cells = input.patient.map((patient, s) => JSON.stringify([patient, input.stage[s], input.treatment[s]]));
  if (new Set(cells).size < nSamples) return moderated(input, 'replicates', [{ name: 'cell', levels: cells }]);
  const additive = [
    { name: 'stage', levels: input.stage },
    { name: 'patient', levels: input.patient },
  ];
  const nCoefficients = new Set(input.stage).size + new Set(input.patient).size - 1;
  const connected = connectedSamples(input, contrast)?.every((tied) => tied) ?? false;
  if (connected && nCoefficients < nSamples) return moderated(input, 'additive-model', additive);
  return { basis: 'none', dfResidual: 0, posterior: new Float64Array(0), weights: new Float64Array(0), nSamples };
}

function moderated(
  input: NormalizedInput,
  basis: SamplingVarianceBasis,
  factors: Parameters<typeof groupDesign>[0],
): SamplingVariance {
  const librarySizes = effectiveLibrarySizes(input.counts);
  const { fit, weights } = voom(input.counts, groupDesign(factors), { librarySizes });
  const variances = fit.sigma.map((sigma) => sigma * sigma);
  const { posterior } = squeezeVariances(variances, fit.dfResidual);
  return { basis, dfResidual: fit.dfResidual[0] ?? 0, posterior, weights, nSamples: input.counts.samples.length };
}

function standardError(v: SamplingVariance, gene: number, to: readonly number[], from: readonly number[]): number {
  if (v.basis === 'none') return NaN;
  const share = (columns: readonly number[]): number => {
    let sum = 0;
    for (const s of columns) sum += 1 / (v.weights[gene * v.nSamples + s] as number);
    return sum / (columns.length * columns.length);
  };
  return Math.sqrt((v.posterior[gene] as number) * (share(to) + share(from)));
}

function meanOver(input: NormalizedInput, gene: number, columns: readonly number[]): number {
  const { values, samples } = input.logExpression;
  let sum = 0;
  for (const s of columns) sum += values[gene * samples.length + s] as number;
  return sum / columns.length;
}

function basisWarnings(basis: SamplingVarianceBasis): readonly Warning[] {
  if (basis === 'replicates') return [];
  const message =
    basis === 'additive-model'
      ? 'No patient has replicate samples: sampling errors come from the additive model and include differences between patients.'
      : 'No replicates and no residual degrees of freedom: sampling errors could not be computed.';
  return [{ code: 'patient-effects-unreplicated', message }];
}
