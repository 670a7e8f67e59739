import type { MethodInfo } from '../core/method.js';
import { mean } from '../core/sum.js';
import { studentTwoSided } from '../stats/distributions.js';
import {
  type ActivityInput,
  type ActivityScores,
  columnOf,
  emptyScores,
  requireComplete,
  requireSameGenes,
} from './activity-input.js';
import { factorGram, type GramFactor, inverseDiagonal, solveGram } from './gram-factor.js';
import type { RegulonNetwork } from './regulon-network.js';

/** MLM activities, with the regulators whose own effect cannot be told from that of others. */
export interface MlmScores extends ActivityScores {
  readonly method: 'mlm';
  /** Regulators that are linear combinations of each other over the measured genes; their scores are NaN. */
  readonly collinear: readonly string[];
}

/** What the multivariate linear model is. */
export const mlmInfo: MethodInfo = {
  id: 'mlm',
  title: 'Multivariate linear model of regulator activity',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016'],
  input: 'a gene statistic (moderated t, log fold change) or log expression, genes × columns, no missing values',
  output: 't value per regulator and column, with every other regulator in the model',
  random: false,
};

/**
 * Multivariate linear model: the gene statistic `y` is regressed on the signed weights of all regulators at once,
 * `y_g = a + Σ_r b_r w_gr + e_g`; the activity of a regulator is the t value of its coefficient, with
 * n − 1 − rank degrees of freedom.
 *
 * Solved from the centred normal equations (sparse assembly, Cholesky, one refinement step, residuals taken explicitly).
 *
 * @param input - genes × columns, complete
 * @param network - regulons prepared on the same genes
 * @returns t and two-sided P; NaN for collinear regulators, and for all when there are not more genes than regulators
 * @throws ShapeError for missing statistics or a network prepared on other genes
 * @see doi:10.1093/bioadv/vbac016; decoupleR 2.4 `run_mlm`, equal to it within rounding. Difference: decoupleR stops when
 *   regulators are collinear; here those regulators get NaN and are named, and the others keep the value that the model
 *   without the redundant columns gives them.
 */
export function mlm(input: ActivityInput, network: RegulonNetwork): MlmScores {
  requireSameGenes(input.genes, network);
  requireComplete(input, 'The multivariate linear model');
  const factor = factorGram(network);
  const variances = inverseDiagonal(factor);
  const scores = emptyScores(network, input.names);
  const pValues = emptyScores(network, input.names);
  const df = input.genes.length - 1 - factor.kept.reduce((sum, flag) => sum + flag, 0);
  input.names.forEach((_, column) => {
    const { coefficients, residualSquares } = fitColumn(columnOf(input, column), network, factor);
    const variance = residualSquares / df;
    network.regulators.forEach((__, r) => {
      if (df < 1 || !(variance > 0) || factor.identified[r] === 0) return;
      const t = (coefficients[r] as number) / Math.sqrt(variance * (variances[r] as number));
      scores[r * input.names.length + column] = t;
      pValues[r * input.names.length + column] = studentTwoSided(t, df);
    });
  });
  const collinear = network.regulators.filter((_, r) => factor.identified[r] === 0);
  return { method: 'mlm', regulators: network.regulators, names: input.names, scores, pValues, collinear };
}

function fitColumn(
  values: Float64Array,
  network: RegulonNetwork,
  factor: GramFactor,
): { coefficients: Float64Array; residualSquares: number } {
  const centre = mean(values);
  const centred = values.map((value) => value - centre);
  const coefficients = solveGram(factor, crossProducts(centred, network));
  const correction = solveGram(factor, crossProducts(residuals(centred, coefficients, network, factor), network));
  for (let r = 0; r < coefficients.length; r++)
    coefficients[r] = (coefficients[r] as number) + (correction[r] as number);
  const rest = residuals(centred, coefficients, network, factor);
  return { coefficients, residualSquares: mean(rest.map((e) => e * e)) * rest.length };
}

/** `Xᵀy` for a centred `y`. */
function crossProducts(centred: Float64Array, network: RegulonNetwork): Float64Array {
  return Float64Array.from(network.regulators, (_, r) => {
    let sum = 0;
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      sum += (network.weights[k] as number) * (centred[network.indices[k] as number] as number);
    }
    return sum;
  });
}

/** `y − (X − x̄) b`. */
function residuals(
  centred: Float64Array,
  coefficients: Float64Array,
  network: RegulonNetwork,
  factor: GramFactor,
): Float64Array {
  const rest = centred.slice();
  let shift = 0;
  network.regulators.forEach((_, r) => {
    const coefficient = coefficients[r] as number;
    shift += coefficient * (factor.means[r] as number);
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      const gene = network.indices[k] as number;
      rest[gene] = (rest[gene] as number) - coefficient * (network.weights[k] as number);
    }
  });
  return rest.map((value) => value + shift);
}
