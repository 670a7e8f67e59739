import { OptionError } from '../core/errors.js';
import type { Warning } from '../core/method.js';
import { log } from '../core/pinned-math.js';
import { contrastPriorVariance, type ContrastStatistics } from './contrast-prior.js';
import { studentTwoSided } from './distributions.js';
import type { LinearFit } from './linear-models.js';
import { benjaminiHochberg } from './multiple-testing.js';
import { squeezeVariances, type SqueezeOptions } from './squeeze-variances.js';

/** Options of `moderate`. */
export interface ModerateOptions extends SqueezeOptions {
  /** Assumed share of changed genes, for the log odds only. Default 0.01. */
  readonly proportion?: number;
  /** Allowed standard deviation of the log fold changes of changed genes, for the log odds only. Default 0.1 and 4. */
  readonly stdevCoefLimits?: readonly [number, number];
}

/** Moderated statistics of a fit. Tables are row-major: genes × columns. */
export interface ModeratedFit {
  readonly genes: readonly string[];
  readonly columns: readonly string[];
  /** Log fold changes, as in the fit. */
  readonly coefficients: Float64Array;
  readonly averageExpression: Float64Array;
  readonly t: Float64Array;
  /** Two-sided. */
  readonly pValue: Float64Array;
  /** Benjamini–Hochberg, column by column. */
  readonly pAdjusted: Float64Array;
  /** Natural log odds that the gene changes. */
  readonly logOdds: Float64Array;
  /** Posterior residual variance of each gene. */
  readonly s2Posterior: Float64Array;
  readonly s2Prior: number;
  /** Prior degrees of freedom common to the genes. */
  readonly dfPrior: number;
  /** Prior degrees of freedom of each gene; below `dfPrior` for outliers when robust. */
  readonly dfPriorEach: Float64Array;
  /** Residual plus prior degrees of freedom, at most those of all genes pooled. */
  readonly dfTotal: Float64Array;
  readonly warnings: readonly Warning[];
}

/** One contrast as a table in gene order. */
export interface TopTable {
  readonly gene: readonly string[];
  /** log2. */
  readonly logFoldChange: Float64Array;
  readonly averageExpression: Float64Array;
  readonly t: Float64Array;
  readonly pValue: Float64Array;
  readonly pAdjusted: Float64Array;
  readonly logOdds: Float64Array;
}

/**
 * Moderated t statistics: t = b / (u s̃) with the posterior standard deviation s̃ of `squeezeVariances` and
 * d_g + d₀ degrees of freedom; log odds ln(p/(1 − p)) − ln(r)/2 + (1 + d)/2 · ln((t² + d)/(t²/r + d)), r = 1 + v₀/u².
 *
 * @param fit - from `fitLinearModels` or `fitContrasts`
 * @returns statistics for every column of the fit
 * @throws ShapeError when no gene has residual degrees of freedom; OptionError for options out of range
 * @see doi:10.2202/1544-6115.1027, doi:10.1214/16-AOAS920; limma 3.54 `eBayes`
 */
export function moderate(fit: LinearFit, options: ModerateOptions = {}): ModeratedFit {
  const { proportion = 0.01, stdevCoefLimits = [0.1, 4] } = options;
  if (!(proportion > 0 && proportion < 1)) {
    throw new OptionError('The share of changed genes must be between 0 and 1.', { found: String(proportion) });
  }
  const variances = fit.sigma.map((sigma) => sigma * sigma);
  const squeezed = squeezeVariances(variances, fit.dfResidual, options);
  const { posterior: s2Posterior, prior: s2Prior, dfPrior, dfPriorEach, warnings } = squeezed;
  const dfTotal = totalDf(fit, dfPriorEach);
  const { t, pValue } = studentStatistics(fit, s2Posterior, dfTotal);
  const nColumns = fit.columns.length;
  const pAdjusted = new Float64Array(t.length);
  const logOdds = new Float64Array(t.length);
  const limits = stdevCoefLimits.map((limit) => (limit * limit) / s2Prior) as [number, number];
  for (let c = 0; c < nColumns; c++) {
    const read = (table: Float64Array): Float64Array => readColumn(table, nColumns, c);
    writeColumn(pAdjusted, nColumns, c, benjaminiHochberg(read(pValue)));
    const statistics = { t: read(t), stdevUnscaled: read(fit.stdevUnscaled), dfTotal };
    const v0 = contrastPriorVariance(statistics, { proportion, limits }) ?? 1 / s2Prior;
    writeColumn(logOdds, nColumns, c, columnLogOdds(statistics, dfPriorEach, v0, proportion));
  }
  const { genes, columns, coefficients, averageExpression } = fit;
  const described = { genes, columns, coefficients, averageExpression };
  const prior = { s2Posterior, s2Prior, dfPrior, dfPriorEach, dfTotal, warnings };
  return { ...described, t, pValue, pAdjusted, logOdds, ...prior };
}

/**
 * One contrast of a moderated fit as plain columns, in the order of the genes.
 *
 * @param moderated - from `moderate`
 * @param column - name of the contrast; may be left out when there is only one
 * @throws OptionError when the fit has no such contrast
 * @see limma's `topTable(sort.by = "none", number = Inf)`
 */
export function topTable(moderated: ModeratedFit, column?: string): TopTable {
  const { columns } = moderated;
  const index = column === undefined && columns.length === 1 ? 0 : columns.indexOf(column ?? '');
  if (index < 0) {
    throw new OptionError(`There is no contrast "${column ?? ''}" in this fit.`, { expected: columns.join(', ') });
  }
  const read = (values: Float64Array): Float64Array => readColumn(values, columns.length, index);
  return {
    gene: moderated.genes,
    logFoldChange: read(moderated.coefficients),
    averageExpression: moderated.averageExpression,
    t: read(moderated.t),
    pValue: read(moderated.pValue),
    pAdjusted: read(moderated.pAdjusted),
    logOdds: read(moderated.logOdds),
  };
}

function studentStatistics(
  fit: LinearFit,
  s2Posterior: Float64Array,
  dfTotal: Float64Array,
): Pick<ModeratedFit, 't' | 'pValue'> {
  const nColumns = fit.columns.length;
  const t = new Float64Array(fit.coefficients.length);
  const pValue = new Float64Array(fit.coefficients.length);
  for (let k = 0; k < t.length; k++) {
    const gene = Math.floor(k / nColumns);
    const error = (fit.stdevUnscaled[k] as number) * Math.sqrt(s2Posterior[gene] as number);
    t[k] = (fit.coefficients[k] as number) / error;
    pValue[k] = studentTwoSided(t[k] as number, dfTotal[gene] as number);
  }
  return { t, pValue };
}

function totalDf(fit: LinearFit, dfPriorEach: Float64Array): Float64Array {
  const pooled = fit.dfResidual.reduce((sum, df) => sum + df, 0);
  return fit.dfResidual.map((df, g) => Math.min(df + (dfPriorEach[g] as number), pooled));
}

function columnLogOdds(
  statistics: ContrastStatistics,
  dfPriorEach: Float64Array,
  v0: number,
  proportion: number,
): Float64Array {
  const prior = log(proportion / (1 - proportion));
  return statistics.t.map((t, g) => {
    const u = statistics.stdevUnscaled[g] as number;
    const df = statistics.dfTotal[g] as number;
    const r = (u * u + v0) / (u * u);
    // Beyond a million prior degrees of freedom limma uses the normal limit.
    const kernel =
      (dfPriorEach[g] as number) > 1e6
        ? (t * t * (1 - 1 / r)) / 2
        : ((1 + df) / 2) * log((t * t + df) / ((t * t) / r + df));
    return prior - log(r) / 2 + kernel;
  });
}

function readColumn(table: Float64Array, nColumns: number, column: number): Float64Array {
  const values = new Float64Array(table.length / nColumns);
  for (let g = 0; g < values.length; g++) values[g] = table[g * nColumns + column] as number;
  return values;
}

function writeColumn(table: Float64Array, nColumns: number, column: number, values: Float64Array): void {
  for (let g = 0; g < values.length; g++) table[g * nColumns + column] = values[g] as number;
}
