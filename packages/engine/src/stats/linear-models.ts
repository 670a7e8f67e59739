import { OptionError, ShapeError } from '../core/errors.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { type DesignMatrix, requireFullRank } from './design-matrix.js';
import {
  createLeastSquares,
  factorise,
  type LeastSquares,
  solveFactorised,
  tailSumOfSquares,
  unscaledCovariance,
} from './least-squares.js';

/** Options of `fitLinearModels`. */
export interface LinearModelOptions {
  /** Observation weights, genes × samples, zero or more; equal weights when left out. */
  readonly weights?: Float64Array;
}

/** One linear model per gene. Tables are row-major: genes × columns. */
export interface LinearFit {
  readonly genes: readonly string[];
  /** Names of the coefficients, or of the contrasts after `fitContrasts`. */
  readonly columns: readonly string[];
  readonly coefficients: Float64Array;
  /** Standard error of a coefficient divided by sigma. */
  readonly stdevUnscaled: Float64Array;
  /** Residual standard deviation per gene; NaN without residual degrees of freedom. */
  readonly sigma: Float64Array;
  readonly dfResidual: Float64Array;
  /** Mean expression per gene over all samples. */
  readonly averageExpression: Float64Array;
  /** (XᵀX)⁻¹ of the unweighted design, columns × columns; after `fitContrasts`, CᵀVC. */
  readonly covariance: Float64Array;
}

/** Samples that share one row of the design. */
interface RowGroups {
  readonly groupOf: Int32Array;
  readonly nGroups: number;
  /** Distinct design rows, row-major. */
  readonly rows: Float64Array;
}

/**
 * Fits y_g = X b_g + e, var(e_s) = σ_g² / w_gs, gene by gene: b = (XᵀWX)⁻¹XᵀWy, σ² = RSS / df.
 * Samples with the same design row are pooled exactly first (weighted mean, summed weight, within-group sum of squares), so
 * that each gene costs one Householder QR over the distinct rows only. A missing value takes its sample out of its gene,
 * and a coefficient that gene can then no longer estimate is NaN.
 *
 * @param expression - log expression, genes × samples; NaN where missing
 * @param design - samples × coefficients, full column rank
 * @returns coefficients and their unscaled standard deviations, genes × coefficients
 * @throws ShapeError when shapes do not agree or a weight is negative or missing; OptionError for an aliased design column
 * @see limma 3.54 `lmFit`, doi:10.1093/nar/gkv007
 */
export function fitLinearModels(
  expression: ExpressionMatrix,
  design: DesignMatrix,
  options: LinearModelOptions = {},
): LinearFit {
  requireFullRank(design);
  return fitAllowingAliases(expression, design, options);
}

/** `fitLinearModels` for a design that may hold aliased columns: their coefficients are NaN, as in R. */
export function fitAllowingAliases(
  expression: ExpressionMatrix,
  design: DesignMatrix,
  options: LinearModelOptions = {},
): LinearFit {
  checkShapes(expression, design, options);
  const nGenes = expression.genes.length;
  const nColumns = design.columns.length;
  const groups = groupRows(design);
  const fit: LinearFit = {
    genes: expression.genes,
    columns: design.columns,
    coefficients: new Float64Array(nGenes * nColumns),
    stdevUnscaled: new Float64Array(nGenes * nColumns),
    sigma: new Float64Array(nGenes),
    dfResidual: new Float64Array(nGenes),
    averageExpression: new Float64Array(nGenes),
    covariance: designCovariance(design),
  };
  const pooled = createPooled(expression, groups, nColumns);
  for (let g = 0; g < nGenes; g++) fitGene(fit, pooled, g, options.weights);
  return fit;
}

/** Numbers the distinct rows of a design in order of first appearance. */
export function groupRows(design: DesignMatrix): RowGroups {
  const p = design.columns.length;
  const numbers = new Map<string, number>();
  const rows: number[] = [];
  const groupOf = new Int32Array(design.nRows);
  for (let i = 0; i < design.nRows; i++) {
    const row = design.values.subarray(i * p, (i + 1) * p);
    const key = row.join(' ');
    let group = numbers.get(key);
    if (group === undefined) {
      group = numbers.size;
      numbers.set(key, group);
      rows.push(...row);
    }
    groupOf[i] = group;
  }
  return { groupOf, nGroups: numbers.size, rows: Float64Array.from(rows) };
}

function checkShapes(expression: ExpressionMatrix, design: DesignMatrix, options: LinearModelOptions): void {
  const n = expression.samples.length;
  if (design.nRows !== n) {
    throw new ShapeError('The design does not have one row per sample.', {
      expected: `${String(n)} rows`,
      found: String(design.nRows),
    });
  }
  if (design.columns.length === 0) throw new OptionError('A design needs at least one column.');
  const { weights } = options;
  if (weights === undefined) return;
  if (weights.length !== expression.values.length) {
    throw new ShapeError('Weights must be genes × samples, like the expression.', {
      expected: String(expression.values.length),
      found: String(weights.length),
    });
  }
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number;
    if (weight >= 0 && weight < Infinity) continue;
    throw new ShapeError(`Gene "${expression.genes[Math.floor(k / n)] as string}" has a weight that cannot be used.`, {
      column: expression.samples[k % n] as string,
      expected: 'zero or a positive number',
      found: String(weight),
    });
  }
}

function designCovariance(design: DesignMatrix): Float64Array {
  const p = design.columns.length;
  const work = createLeastSquares(design.nRows, p);
  for (let i = 0; i < design.nRows; i++) {
    for (let j = 0; j < p; j++) work.x[j * work.stride + i] = design.values[i * p + j] as number;
  }
  return unscaledCovariance(work, factorise(work, design.nRows));
}

/** Everything one gene's fit needs, allocated once. */
interface Pooled extends RowGroups {
  readonly expression: ExpressionMatrix;
  readonly work: LeastSquares;
  /** The factorised problem without weights, shared by all genes without missing values. */
  readonly complete: LeastSquares;
  readonly completeRank: number;
  readonly weight: Float64Array;
  readonly mean: Float64Array;
}

function createPooled(expression: ExpressionMatrix, groups: RowGroups, nColumns: number): Pooled {
  const { groupOf, nGroups } = groups;
  const complete = createLeastSquares(nGroups, nColumns);
  const weight = new Float64Array(nGroups);
  const mean = new Float64Array(nGroups);
  for (const group of groupOf) weight[group] = (weight[group] as number) + 1;
  fillProblem(complete, groups, weight, mean);
  const completeRank = factorise(complete, nGroups);
  const work = createLeastSquares(nGroups, nColumns);
  return { ...groups, expression, work, complete, completeRank, weight, mean };
}

function fitGene(fit: LinearFit, pooled: Pooled, gene: number, weights: Float64Array | undefined): void {
  const nObserved = poolGene(fit, pooled, gene, weights);
  const within = withinGroups(pooled, gene, weights);
  const shared = weights === undefined && nObserved === pooled.groupOf.length;
  const work = shared ? pooled.complete : pooled.work;
  const nRows = shared ? fillResponse(pooled) : fillProblem(work, pooled, pooled.weight, pooled.mean);
  const rank = shared ? pooled.completeRank : factorise(work, nRows);
  solveFactorised(work, nRows, rank);
  const df = nObserved - rank;
  const rss = within + tailSumOfSquares(work.y, rank, nRows);
  fit.dfResidual[gene] = df;
  fit.sigma[gene] = df > 0 ? Math.sqrt(rss / df) : NaN;
  const start = gene * work.nColumns;
  for (let j = 0; j < work.nColumns; j++) {
    fit.coefficients[start + j] = work.coefficients[j] as number;
    fit.stdevUnscaled[start + j] = Math.sqrt(work.unscaledVariances[j] as number);
  }
}

/** Weighted mean and summed weight of each group of samples, and the plain mean of all; returns how many have weight. */
function poolGene(fit: LinearFit, pooled: Pooled, gene: number, weights: Float64Array | undefined): number {
  const { groupOf, weight, mean, expression } = pooled;
  const start = gene * groupOf.length;
  weight.fill(0);
  mean.fill(0);
  let total = 0;
  let nPresent = 0;
  let nObserved = 0;
  for (let s = 0; s < groupOf.length; s++) {
    const y = expression.values[start + s] as number;
    if (y !== y) continue;
    total += y;
    nPresent++;
    const w = weights === undefined ? 1 : (weights[start + s] as number);
    if (w === 0) continue;
    const group = groupOf[s] as number;
    weight[group] = (weight[group] as number) + w;
    mean[group] = (mean[group] as number) + w * y;
    nObserved++;
  }
  for (let k = 0; k < weight.length; k++) mean[k] = (mean[k] as number) / (weight[k] as number);
  fit.averageExpression[gene] = total / nPresent;
  return nObserved;
}

function withinGroups(pooled: Pooled, gene: number, weights: Float64Array | undefined): number {
  const { groupOf, mean, expression } = pooled;
  const start = gene * groupOf.length;
  let sum = 0;
  for (let s = 0; s < groupOf.length; s++) {
    const y = expression.values[start + s] as number;
    const w = weights === undefined ? 1 : (weights[start + s] as number);
    if (y !== y || w === 0) continue;
    const deviation = y - (mean[groupOf[s] as number] as number);
    sum += w * deviation * deviation;
  }
  return sum;
}

/** Writes the response of a complete gene; returns the number of rows. */
function fillResponse(pooled: Pooled): number {
  const { complete, weight, mean } = pooled;
  for (let k = 0; k < weight.length; k++) complete.y[k] = Math.sqrt(weight[k] as number) * (mean[k] as number);
  return weight.length;
}

/** Writes the groups that have weight as rows of the least-squares problem; returns how many there are. */
function fillProblem(work: LeastSquares, { rows }: RowGroups, weight: Float64Array, mean: Float64Array): number {
  const p = work.nColumns;
  let row = 0;
  for (let k = 0; k < weight.length; k++) {
    if (!((weight[k] as number) > 0)) continue;
    const root = Math.sqrt(weight[k] as number);
    for (let j = 0; j < p; j++) work.x[j * work.stride + row] = root * (rows[k * p + j] as number);
    work.y[row] = root * (mean[k] as number);
    row++;
  }
  return row;
}
