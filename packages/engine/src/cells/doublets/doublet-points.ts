import { type RunContext, throwIfAborted } from '../../core/context.js';
import type { Rng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { geneVariances } from '../kernels/gene-variances.js';
import { variableGenes } from '../kernels/variable-genes.js';
import { rowTotals, selectColumns } from '../quality/sample-cell-counts.js';
import { logNormaliser } from '../scores/log-normalisation.js';
import { median } from '../../stats/quantile.js';
import { type LeadingComponents, leadingComponents, originOf, projectRows } from './leading-components.js';

/** The cells of a sample and doublets simulated from them, as points in one space. */
export interface DoubletPoints {
  /** Points × components, row-major: cells first, then simulated doublets. */
  readonly points: Float32Array;
  readonly nComponents: number;
  readonly nVariableGenes: number;
  readonly nSimulated: number;
}

/** Options of `doubletPoints`. */
export interface DoubletPointsOptions {
  readonly variableGenes: number;
  readonly components: number;
  readonly nSimulated: number;
  readonly rng: Rng;
}

/** Fewer variable genes do not tell kinds of cell apart; the sample is then not testable. */
export const fewestVariableGenes = 50;

/**
 * Places the cells of one sample, and doublets simulated from them, on the principal components of the cells.
 * Counts are divided by the cell's total over the median total and put on the scale ln(1 + x); the genes are those that vary
 * most beyond the trend of variance with mean. A simulated doublet is the sum of the counts of two different random cells.
 *
 * @param counts - cells × genes of one sample, every cell with counts
 * @returns null where fewer than 50 genes vary beyond the trend
 */
export async function doubletPoints(
  counts: CsrMatrix,
  options: DoubletPointsOptions,
  context: RunContext,
): Promise<DoubletPoints | null> {
  const totals = rowTotals(counts);
  const target = median(totals);
  const sizeFactors = totals.map((total) => total / target);
  const block = new Uint32Array(totals.length);
  const { residuals } = await geneVariances({ counts, sizeFactors }, { block, nBlocks: 1 }, context);
  const genes = variableGenes(residuals, options.variableGenes);
  if (genes.length < fewestVariableGenes) return null;
  const selected = selectColumns(counts, genes);
  const normalised = normaliseRows(selected, sizeFactors);
  const { components, rng } = options;
  const pca = await leadingComponents(normalised, { components, rng: rng.split('directions') }, context);
  const cells = projectRows(normalised, pca);
  throwIfAborted(context);
  const simulated = simulateDoublets(selected, { sizeFactors, pca, n: options.nSimulated, rng: rng.split('pairs') });
  const points = new Float32Array(cells.length + simulated.length);
  points.set(cells);
  points.set(simulated, cells.length);
  return {
    points,
    nComponents: pca.nComponents,
    nVariableGenes: genes.length,
    nSimulated: options.nSimulated,
  };
}

function normaliseRows(counts: CsrMatrix, sizeFactors: Float64Array): CsrMatrix {
  const data = new Float32Array(counts.data.length);
  const logOf = logNormaliser();
  for (let row = 0; row < counts.shape[0]; row++) {
    const end = counts.indptr[row + 1] as number;
    for (let k = counts.indptr[row] as number; k < end; k++) {
      data[k] = logOf(counts.data[k] as number, sizeFactors[row] as number);
    }
  }
  return { ...counts, data };
}

interface Simulation {
  readonly sizeFactors: Float64Array;
  readonly pca: LeadingComponents;
  readonly n: number;
  readonly rng: Rng;
}

/** Positions of sums of two different cells. A doublet has the size factor of both together. */
function simulateDoublets(counts: CsrMatrix, { sizeFactors, pca, n, rng }: Simulation): Float32Array {
  const { loadings, nComponents } = pca;
  const nCells = counts.shape[0];
  const points = new Float32Array(n * nComponents);
  const origin = originOf(pca);
  const position = new Float64Array(nComponents);
  const sum = new Float64Array(counts.shape[1]);
  const logOf = logNormaliser();
  for (let i = 0; i < n; i++) {
    const first = rng.integer(nCells);
    const second = (first + 1 + rng.integer(nCells - 1)) % nCells;
    const sizeFactor = (sizeFactors[first] as number) + (sizeFactors[second] as number);
    position.set(origin);
    addRow(sum, counts, first);
    addRow(sum, counts, second);
    for (let g = 0; g < sum.length; g++) {
      if (sum[g] === 0) continue;
      const value = logOf(sum[g] as number, sizeFactor);
      const at = g * nComponents;
      for (let d = 0; d < nComponents; d++) {
        position[d] = (position[d] as number) + value * (loadings[at + d] as number);
      }
      sum[g] = 0;
    }
    points.set(position, i * nComponents);
  }
  return points;
}

function addRow(sum: Float64Array, { indptr, indices, data }: CsrMatrix, row: number): void {
  const end = indptr[row + 1] as number;
  for (let k = indptr[row] as number; k < end; k++) {
    const gene = indices[k] as number;
    sum[gene] = (sum[gene] as number) + (data[k] as number);
  }
}
