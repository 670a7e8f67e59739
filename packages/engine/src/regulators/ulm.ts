import type { MethodInfo } from '../core/method.js';
import { mean } from '../core/sum.js';
import { studentTwoSided } from '../stats/distributions.js';
import { type ActivityInput, type ActivityScores, columnOf, emptyScores, requireSameGenes } from './activity-input.js';
import type { RegulonNetwork } from './regulon-network.js';

/** ULM activities: the t values, with the slope they belong to and its standard error (row-major like the scores). */
export interface UlmScores extends ActivityScores {
  readonly method: 'ulm';
  /** Change of the statistic per unit of signed weight. */
  readonly slopes: Float64Array;
  readonly standardErrors: Float64Array;
}

/** What the univariate linear model is. */
export const ulmInfo: MethodInfo = {
  id: 'ulm',
  title: 'Univariate linear model of regulator activity',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016'],
  input: 'a gene statistic (moderated t, log fold change) or log expression, genes × columns',
  output: 't value of the slope per regulator and column; positive = targets move as the regulator would move them',
  random: false,
};

/**
 * Univariate linear model: per regulator the gene statistic `y` is regressed on the signed target weights `w`
 * (non-targets 0), `y_g = a + b w_g + e_g`; the activity is the t value of `b` with n − 2 degrees of freedom.
 *
 * @param input - genes × columns; NaN marks a gene without a statistic in that column, which is then left out of it
 * @param network - regulons prepared on the same genes
 * @returns t, two-sided P, slope and standard error; NaN where fewer than `minimumSize` targets have a statistic or
 *   where the statistic or the weights do not vary
 * @throws ShapeError when the network was prepared on other genes
 * @see doi:10.1093/bioadv/vbac016; decoupleR 2.4 `run_ulm`, equal to it within rounding. Difference: decoupleR refuses
 *   missing statistics, here they are left out per column.
 */
export function ulm(input: ActivityInput, network: RegulonNetwork): UlmScores {
  requireSameGenes(input.genes, network);
  const result = {
    scores: emptyScores(network, input.names),
    pValues: emptyScores(network, input.names),
    slopes: emptyScores(network, input.names),
    standardErrors: emptyScores(network, input.names),
  };
  input.names.forEach((_, column) => {
    fitColumn(columnOf(input, column), network, (regulator, fit) => {
      const at = regulator * input.names.length + column;
      result.scores[at] = fit.t;
      result.pValues[at] = studentTwoSided(fit.t, fit.df);
      result.slopes[at] = fit.slope;
      result.standardErrors[at] = fit.standardError;
    });
  });
  return { method: 'ulm', regulators: network.regulators, names: input.names, ...result };
}

interface SlopeFit {
  readonly t: number;
  readonly df: number;
  readonly slope: number;
  readonly standardError: number;
}

function fitColumn(
  values: Float64Array,
  network: RegulonNetwork,
  store: (regulator: number, fit: SlopeFit) => void,
): void {
  const present = values.filter((value) => !Number.isNaN(value));
  const n = present.length;
  const centre = mean(present);
  const totalSquares = sumOfSquares(present, centre);
  network.regulators.forEach((_, regulator) => {
    const sums = targetSums(values, centre, network, regulator);
    if (sums.nTargets < network.minimumSize) return;
    const weightSquares = sums.squares - (sums.weight * sums.weight) / n;
    const fit = slopeFit(sums.product, weightSquares, totalSquares, n - 2);
    if (fit !== null) store(regulator, fit);
  });
}

/** Σw, Σw² and Σw(y − ȳ) over the targets that have a statistic. */
function targetSums(
  values: Float64Array,
  centre: number,
  network: RegulonNetwork,
  regulator: number,
): { nTargets: number; weight: number; squares: number; product: number } {
  let nTargets = 0;
  let weight = 0;
  let squares = 0;
  let product = 0;
  for (let k = network.indptr[regulator] as number; k < (network.indptr[regulator + 1] as number); k++) {
    const value = values[network.indices[k] as number] as number;
    if (Number.isNaN(value)) continue;
    const w = network.weights[k] as number;
    nTargets++;
    weight += w;
    squares += w * w;
    product += w * (value - centre);
  }
  return { nTargets, weight, squares, product };
}

function slopeFit(product: number, weightSquares: number, totalSquares: number, df: number): SlopeFit | null {
  if (!(weightSquares > 0) || !(totalSquares > 0) || df < 1) return null;
  const slope = product / weightSquares;
  const residualSquares = Math.max(0, totalSquares - slope * product);
  const standardError = Math.sqrt(residualSquares / df / weightSquares);
  return { t: slope / standardError, df, slope, standardError };
}

function sumOfSquares(values: Float64Array, centre: number): number {
  return mean(values.map((value) => (value - centre) * (value - centre))) * values.length;
}
