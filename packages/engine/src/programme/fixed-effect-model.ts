import { OptionError } from '../core/errors.js';
import type { MethodInfo, Warning } from '../core/method.js';
import { contrastDesign } from '../stats/contrast-design.js';
import { fitContrasts } from '../stats/contrasts.js';
import { contrastVector, groupDesign } from '../stats/design-matrix.js';
import { moderate, type ModeratedFit, topTable, type TopTable } from '../stats/empirical-bayes.js';
import { fitLinearModels } from '../stats/linear-models.js';
import { type TmmFactors, tmmFactors } from '../stats/tmm.js';
import { voom } from '../stats/voom.js';
import { type ExpressionMatrix, selectSamples } from '../data/expression.js';
import type { StageContrast } from '../study/types.js';
import { connectedSamples } from './connected-samples.js';
import { checkInput, type ProgrammeInput } from './input.js';

/** What {@link fixedEffectModel} is. */
export const fixedEffectModelInfo: MethodInfo = {
  id: 'fixed-effect-model',
  title: 'Differential expression with patient as fixed effect',
  version: '1.0.0',
  doi: ['10.1186/gb-2010-11-3-r25', '10.1186/gb-2014-15-2-r29', '10.2202/1544-6115.1027'],
  input: 'counts or intensities on the linear scale, genes × samples',
  output: 'log2 fold change, moderated t, P value, adjusted P value, log odds and call of every gene',
  random: false,
};

/** Options of {@link fixedEffectModel}. */
export interface FixedEffectOptions {
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
  /** A gene is called below this adjusted P value … */
  readonly pAdjustedMax: number;
  /** … and above this absolute log2 fold change. */
  readonly logFoldChangeMin: number;
  /** Robust empirical Bayes. Default false, as in the published analysis. */
  readonly robust?: boolean;
}

/** The published-style estimate of the shared programme. */
export interface FixedEffectModel {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
  /** One row per gene, in input order; NaN throughout when not identifiable. */
  readonly table: TopTable;
  /** +1 raised, −1 lowered, 0 not called. */
  readonly direction: Int8Array;
  readonly nUp: number;
  readonly nDown: number;
  /**
   * Calls at the same thresholds with exact standard errors. The table carries limma's `contrasts.fit` approximation, as
   * published: it takes the correlation of coefficients from the unweighted design, which observation weights change.
   */
  readonly exact: { readonly nUp: number; readonly nDown: number };
  /** Samples in the fit, with their TMM factors and library sizes. */
  readonly samples: readonly string[];
  readonly librarySizes: Float64Array;
  readonly tmmFactors: Float64Array;
  readonly dfResidual: number;
  readonly dfPrior: number;
  readonly s2Prior: number;
  readonly warnings: readonly Warning[];
}

/**
 * Differential expression `to − from` from one linear model of all samples: TMM, voom, `~ 0 + stage + patient`, moderated t.
 * All stages are in the fit, as in the published analysis, so relapse samples help to estimate the variance.
 *
 * The unit is the sample: a patient with thirty samples weighs about thirty times a patient with one. Read it next to the
 * patient-level estimate.
 *
 * @throws ShapeError when the annotations do not fit the counts
 * @throws OptionError when an option is out of range
 * @see limma 3.54 `voom`, `lmFit`, `contrasts.fit`, `eBayes`; edgeR 3.40 `calcNormFactors`. No known difference beyond
 * rounding; samples that no chain of patients ties to the contrast are left out where R would report `NA` coefficients.
 * @example
 * ```ts
 * const contrast = { from: 'untreated', to: 'residual' } as const;
 * fixedEffectModel(input, { contrast, pAdjustedMax: 1e-4, logFoldChangeMin: 0.5 }).nUp;
 * ```
 */
export function fixedEffectModel(input: ProgrammeInput, options: FixedEffectOptions): FixedEffectModel {
  checkInput(input);
  checkOptions(options);
  const { contrast } = options;
  const kept = connectedSamples(input, contrast);
  if (kept === null) return notIdentifiable(input, contrast, confounded(input, contrast));
  const columns = kept.flatMap((keep, s) => (keep ? [s] : []));
  const stage = columns.map((s) => input.stage[s] as string);
  const patient = columns.map((s) => input.patient[s] as string);
  if (new Set(stage).size + new Set(patient).size - 1 >= columns.length) {
    return notIdentifiable(input, contrast, noResidual);
  }
  const fitted = fitSamples(selectSamples(input.counts, columns), { stage, patient }, options);
  const table = topTable(fitted.moderated);
  const direction = callGenes(table, options);
  const exact = callGenes(topTable(fitted.exact), options);
  return {
    status: 'ok',
    reasons: [],
    contrast,
    table,
    direction,
    nUp: direction.filter((d) => d > 0).length,
    nDown: direction.filter((d) => d < 0).length,
    exact: { nUp: exact.filter((d) => d > 0).length, nDown: exact.filter((d) => d < 0).length },
    samples: columns.map((s) => input.counts.samples[s] as string),
    librarySizes: fitted.tmm.librarySizes,
    tmmFactors: fitted.tmm.factors,
    dfResidual: fitted.dfResidual,
    dfPrior: fitted.moderated.dfPrior,
    s2Prior: fitted.moderated.s2Prior,
    warnings: [...fitted.moderated.warnings, ...droppedWarning(input, columns.length)],
  };
}

const noResidual = 'no sample is left over to estimate the variance: replicates or more patients are needed';

interface FittedSamples {
  readonly tmm: TmmFactors;
  readonly moderated: ModeratedFit;
  /** The contrast as a coefficient of its own: exact standard errors. */
  readonly exact: ModeratedFit;
  readonly dfResidual: number;
}

function fitSamples(
  counts: ExpressionMatrix,
  { stage, patient }: { readonly stage: readonly string[]; readonly patient: readonly string[] },
  { contrast, robust = false }: FixedEffectOptions,
): FittedSamples {
  const design = groupDesign([
    { name: 'stage', levels: stage },
    { name: 'patient', levels: patient },
  ]);
  const tmm = tmmFactors(counts);
  const librarySizes = tmm.librarySizes.map((size, s) => size * (tmm.factors[s] as number));
  const { fit, expression, weights: precision } = voom(counts, design, { librarySizes });
  const weights = contrastVector(design, { [`stage${contrast.to}`]: 1, [`stage${contrast.from}`]: -1 });
  const contrasts = [{ name: `${contrast.to} − ${contrast.from}`, weights }];
  const exactDesign = contrastDesign(design, contrasts);
  const exactFit = fitLinearModels(expression, exactDesign, { weights: precision });
  const asCoefficient = contrasts.map(({ name }) => ({ name, weights: contrastVector(exactDesign, { [name]: 1 }) }));
  return {
    tmm,
    moderated: moderate(fitContrasts(fit, contrasts), { robust }),
    exact: moderate(fitContrasts(exactFit, asCoefficient), { robust }),
    dfResidual: fit.dfResidual[0] ?? 0,
  };
}

function checkOptions({ contrast, pAdjustedMax, logFoldChangeMin }: FixedEffectOptions): void {
  if (contrast.from === contrast.to) throw new OptionError('A contrast needs two different stages.');
  if (!(pAdjustedMax > 0 && pAdjustedMax <= 1)) {
    throw new OptionError('Option pAdjustedMax must lie between 0 and 1.', { found: String(pAdjustedMax) });
  }
  if (!(logFoldChangeMin >= 0)) {
    throw new OptionError('Option logFoldChangeMin must be zero or more.', { found: String(logFoldChangeMin) });
  }
}

function confounded(input: ProgrammeInput, { from, to }: FixedEffectOptions['contrast']): string {
  for (const stage of [from, to]) if (!input.stage.includes(stage)) return `no ${stage} sample`;
  return `stage and patient are confounded: no chain of patients ties ${from} to ${to} samples`;
}

function callGenes(table: TopTable, { pAdjustedMax, logFoldChangeMin }: FixedEffectOptions): Int8Array {
  return Int8Array.from(table.logFoldChange, (change, g) => {
    const called = (table.pAdjusted[g] as number) < pAdjustedMax && Math.abs(change) > logFoldChangeMin;
    return called ? Math.sign(change) : 0;
  });
}

function droppedWarning(input: ProgrammeInput, nUsed: number): Warning[] {
  const nDropped = input.patient.length - nUsed;
  if (nDropped === 0) return [];
  const message = `${String(nDropped)} samples are tied to neither stage by any patient and were left out of the model.`;
  return [{ code: 'fixed-effect-dropped-samples', message }];
}

function notIdentifiable(
  input: ProgrammeInput,
  contrast: FixedEffectOptions['contrast'],
  reason: string,
): FixedEffectModel {
  const missing = (): Float64Array => new Float64Array(input.counts.genes.length).fill(NaN);
  return {
    status: 'not-identifiable',
    reasons: [reason],
    contrast,
    table: {
      gene: input.counts.genes,
      logFoldChange: missing(),
      averageExpression: missing(),
      t: missing(),
      pValue: missing(),
      pAdjusted: missing(),
      logOdds: missing(),
    },
    direction: new Int8Array(input.counts.genes.length),
    nUp: 0,
    nDown: 0,
    exact: { nUp: 0, nDown: 0 },
    samples: [],
    librarySizes: new Float64Array(0),
    tmmFactors: new Float64Array(0),
    dfResidual: 0,
    dfPrior: NaN,
    s2Prior: NaN,
    warnings: [],
  };
}
