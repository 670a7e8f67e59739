import type { RunContext } from '../core/context.js';
import type { MethodInfo, Warning } from '../core/method.js';
import type { CellCounts } from '../cells/cell-counts.js';
import { type CellNormalisation, cellSizeFactors } from '../cells/scores/log-normalisation.js';
import { type WeightedSums, weightedSums } from '../cells/scores/weighted-sums.js';
import { requireSameGenes } from './activity-input.js';
import { type RegulonNetwork, transposeNetwork } from './regulon-network.js';

/** What {@link cellActivity} is. */
export const cellActivityInfo: MethodInfo = {
  id: 'cell-activity',
  title: 'Regulator activity of each cell by a univariate linear model',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016'],
  input: 'raw counts, cells × genes, and a signed network',
  output: 't value of the slope per regulator and cell',
  random: false,
};

/** Regulator activity per cell, row-major: regulator `r` in cell `c` is at `c * regulators.length + r`. */
export interface CellActivity {
  readonly method: 'ulm';
  readonly regulators: readonly string[];
  readonly nCells: number;
  /** t values; NaN in a cell without counts, and where expression or weights do not vary. */
  readonly scores: Float64Array;
  /** Degrees of freedom of every t: genes − 2. The two-sided P is `studentTwoSided(t, df)`. */
  readonly df: number;
  readonly warnings: readonly Warning[];
}

/**
 * Univariate linear model of every regulator in every cell: log-normalised expression `y` over all n genes is regressed on the
 * signed target weights `w` (other genes 0); the activity is the t value of the slope, with n − 2 degrees of freedom.
 *
 * Genes without counts have y = 0, so every sum runs over the stored values alone: with ȳ = Σy / n, the slope is
 * `(Σ w y − ȳ Σ w) / (Σ w² − (Σ w)² / n)` and the total sum of squares `Σ y² − n ȳ²`.
 *
 * Targets that are highly expressed in every cell give a high t in every cell: compare cells, not a cell with zero.
 *
 * Cost: one pass over the stored values, and one addition per stored value and regulator its gene is a target of. Memory:
 * eight bytes per cell and regulator.
 *
 * @param cells - raw counts with the genes the network was prepared on
 * @param network - from `prepareNetwork`
 * @param context - runs blocks of cells; a cell's activity depends on no other cell unless `targetSum` is `median`
 * @throws ShapeError when the network was prepared on other genes; OptionError for a bad normalisation
 * @see doi:10.1093/bioadv/vbac016; decoupler 2.2 `mt.ulm` on log1p-normalised counts, equal to it within rounding.
 * Difference: by default decoupler first drops genes without counts in any cell, which changes n.
 * @example
 * ```ts
 * const network = prepareNetwork(edges, cells.genes);
 * const { scores } = await cellActivity(cells, network, {}, context);
 * ```
 */
export async function cellActivity(
  cells: Pick<CellCounts, 'counts' | 'genes'>,
  network: RegulonNetwork,
  options: CellNormalisation,
  context: RunContext,
): Promise<CellActivity> {
  requireSameGenes(cells.genes, network);
  const nCells = cells.counts.shape[0];
  const nRegulators = network.regulators.length;
  const sizeFactors = cellSizeFactors(cells.counts, options);
  const { indptr, indices: columns, weights } = transposeNetwork(network);
  const shared = { sizeFactors, weights: { nColumns: nRegulators, indptr, columns, weights } };
  const sums = await weightedSums(cells.counts, shared, { stage: 'cell-activity', context });
  tValuesInPlace(sums, network, cells.genes.length);
  return {
    method: 'ulm',
    regulators: network.regulators,
    nCells,
    scores: sums.sums,
    df: cells.genes.length - 2,
    warnings: network.warnings,
  };
}

/** Turns Σ w y into t values where they stand: the table is the largest thing in memory. */
function tValuesInPlace({ sums, total, squares }: WeightedSums, network: RegulonNetwork, nGenes: number): void {
  const moments = network.regulators.map((_, r) => weightMoments(network, r, nGenes));
  for (let cell = 0; cell < total.length; cell++) {
    const mean = (total[cell] as number) / nGenes;
    const totalSquares = (squares[cell] as number) - (total[cell] as number) * mean;
    for (let r = 0; r < moments.length; r++) {
      const { sum, squares: weightSquares } = moments[r] as WeightMoments;
      const at = cell * moments.length + r;
      const product = (sums[at] as number) - mean * sum;
      sums[at] = tValue(product, weightSquares, totalSquares, nGenes - 2);
    }
  }
}

interface WeightMoments {
  readonly sum: number;
  /** About their mean over all genes. */
  readonly squares: number;
}

function weightMoments(network: RegulonNetwork, regulator: number, nGenes: number): WeightMoments {
  let sum = 0;
  let squares = 0;
  for (let k = network.indptr[regulator] as number; k < (network.indptr[regulator + 1] as number); k++) {
    const weight = network.weights[k] as number;
    sum += weight;
    squares += weight * weight;
  }
  return { sum, squares: squares - (sum * sum) / nGenes };
}

function tValue(product: number, weightSquares: number, totalSquares: number, df: number): number {
  if (!(weightSquares > 0) || !(totalSquares > 0) || df < 1) return NaN;
  const slope = product / weightSquares;
  const residualSquares = Math.max(0, totalSquares - slope * product);
  return slope / Math.sqrt(residualSquares / df / weightSquares);
}
