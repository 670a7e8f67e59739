import { log2 } from '../core/pinned-math.js';
import { ShapeError } from '../core/errors.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { type DesignMatrix, requireFullRank } from './design-matrix.js';
import { createInterpolator } from './interpolate.js';
import { fitLinearModels, groupRows, type LinearFit } from './linear-models.js';
import { lowess } from './lowess.js';
import { columnSums } from './tmm.js';

/** Options of `voom`. */
export interface VoomOptions {
  /** Effective library size per sample (total × TMM factor); the column sums when left out. */
  readonly librarySizes?: ArrayLike<number>;
  /** Span of the smooth through the variance trend. Default 0.5. */
  readonly span?: number;
}

/** The mean–variance trend of a voom run, by increasing mean. */
export interface VoomTrend {
  /** Mean log2 count of each gene. */
  readonly x: Float64Array;
  /** Smoothed square root of the residual standard deviation at `x`. Empty when no gene has residual degrees of freedom. */
  readonly y: Float64Array;
}

/** Log counts per million with their precision. */
export interface Voom {
  /** log2 counts per million, genes × samples. */
  readonly expression: ExpressionMatrix;
  /** Precision weights, genes × samples. */
  readonly weights: Float64Array;
  readonly trend: VoomTrend;
  /** The WEIGHTED fit of `expression` with `weights`: ready for `fitContrasts` or `moderate`. */
  readonly fit: LinearFit;
}

const log2Million = 19.931568569324174;

/**
 * Precision weights for linear models of counts. z = log2((y + ½)/(N + 1) · 10⁶) is fitted without weights; a lowess curve f
 * through √σ_g against the gene's mean log2 count predicts the standard deviation of each single observation at its fitted
 * log2 count, and its weight is f⁻⁴. Genes without counts take no part in the trend. When fewer than two genes have
 * residual degrees of freedom all weights are one.
 *
 * @param counts - raw counts, genes × samples, at least two genes
 * @param design - samples × coefficients, full column rank
 * @returns log2 counts per million, their weights, the trend and the weighted fit
 * @throws ShapeError when shapes do not agree or there is one gene only; FormatError for a value that is no count;
 * OptionError for an aliased design column
 * @see doi:10.1186/gb-2014-15-2-r29; limma 3.54 `voom` and `lmFit`. Fitted counts are kept on the log scale instead of being
 * exponentiated and logged again: the weights differ from limma's by rounding only.
 */
export function voom(counts: ExpressionMatrix, design: DesignMatrix, options: VoomOptions = {}): Voom {
  const sums = columnSums(counts);
  const sizes = Float64Array.from(options.librarySizes ?? sums, (size) => size + 1);
  checkInput(counts, design, sizes);
  requireFullRank(design);
  const expression = toLogCpm(counts, sizes);
  const unweighted = fitLinearModels(expression, design);
  const logSizes = sizes.map((size) => log2(size) - log2Million);
  const trend = varianceTrend(counts, unweighted, logSizes, options.span ?? 0.5);
  const weights = trend.x.length < 2 ? equalWeights(counts) : precisionWeights(unweighted, design, logSizes, trend);
  return { expression, weights, trend, fit: fitLinearModels(expression, design, { weights }) };
}

function checkInput(counts: ExpressionMatrix, design: DesignMatrix, sizes: Float64Array): void {
  if (counts.genes.length < 2) throw new ShapeError('A mean–variance trend needs at least two genes.');
  for (const [what, found] of [
    ['library sizes', sizes.length],
    ['design rows', design.nRows],
  ] as const) {
    if (found === counts.samples.length) continue;
    throw new ShapeError(`The number of ${what} differs from the number of samples.`, {
      expected: String(counts.samples.length),
      found: String(found),
    });
  }
}

function toLogCpm(counts: ExpressionMatrix, sizes: Float64Array): ExpressionMatrix {
  const values = new Float64Array(counts.values.length);
  for (let k = 0, s = 0; k < values.length; k++) {
    values[k] = log2((((counts.values[k] as number) + 0.5) / (sizes[s] as number)) * 1e6);
    s = s + 1 === sizes.length ? 0 : s + 1;
  }
  return { genes: counts.genes, samples: counts.samples, values };
}

function varianceTrend(counts: ExpressionMatrix, fit: LinearFit, logSizes: Float64Array, span: number): VoomTrend {
  const meanLogSize = logSizes.reduce((sum, value) => sum + value, 0) / logSizes.length;
  const n = counts.samples.length;
  const x: number[] = [];
  const y: number[] = [];
  for (let g = 0; g < counts.genes.length; g++) {
    if (!((fit.dfResidual[g] as number) > 0)) continue;
    let counted = false;
    for (let k = g * n; k < (g + 1) * n && !counted; k++) counted = (counts.values[k] as number) > 0;
    if (!counted) continue;
    x.push((fit.averageExpression[g] as number) + meanLogSize);
    y.push(Math.sqrt(fit.sigma[g] as number));
  }
  return x.length < 2 ? { x: new Float64Array(0), y: new Float64Array(0) } : lowess(x, y, { span });
}

function equalWeights(counts: ExpressionMatrix): Float64Array {
  return new Float64Array(counts.values.length).fill(1);
}

/** f(fitted log2 count)⁻⁴. Samples of one design row share their fitted value, so it is computed once per distinct row. */
function precisionWeights(
  fit: LinearFit,
  design: DesignMatrix,
  logSizes: Float64Array,
  trend: VoomTrend,
): Float64Array {
  const { groupOf, nGroups, rows } = groupRows(design);
  const p = design.columns.length;
  const n = groupOf.length;
  const interpolate = createInterpolator(trend.x, trend.y);
  const fitted = new Float64Array(nGroups);
  const weights = new Float64Array(fit.genes.length * n);
  for (let g = 0; g < fit.genes.length; g++) {
    for (let k = 0; k < nGroups; k++) {
      let value = 0;
      for (let j = 0; j < p; j++) value += (rows[k * p + j] as number) * (fit.coefficients[g * p + j] as number);
      fitted[k] = value;
    }
    for (let s = 0; s < n; s++) {
      const f = interpolate((fitted[groupOf[s] as number] as number) + (logSizes[s] as number));
      weights[g * n + s] = 1 / (f * f * f * f);
    }
  }
  return weights;
}
