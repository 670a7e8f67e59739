import { type RunContext, throwIfAborted } from '../../core/context.js';
import type { Rng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { rowTotals, selectColumns } from '../quality/sample-cell-counts.js';
import { median } from '../../stats/quantile.js';
import { type LeadingComponents, leadingComponents, originOf, projectRows } from './leading-components.js';
import { stride } from './simulated-neighbours.js';
import { variableColumns } from './variable-columns.js';

/** The cells of a sample and doublets simulated from them, as points in one space. */
export interface DoubletPoints {
  /** Points × dimensions, row-major: cells first, then simulated doublets. */
  readonly points: Float32Array;
  /** Components, filled up with zeros to a multiple of four. */
  readonly nDimensions: number;
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
 * Counts are divided by the cell's total over the median total, and each gene by its standard deviation; the genes are those that
 * vary most for their mean. A simulated doublet is the sum of the counts of two different random cells. Counts are not put
 * on a log scale: there, cells with many counts lie apart from others of their kind, and with them every sum of two.
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
  const { columns, deviations } = variableColumns(counts, { sizeFactors, number: options.variableGenes });
  if (columns.length < fewestVariableGenes) return null;
  const selected = selectColumns(counts, columns);
  const normalised = normaliseRows(selected, sizeFactors, deviations);
  const { components, rng } = options;
  const pca = await leadingComponents(normalised, { components, rng: rng.split('directions') }, context);
  const cells = projectRows(normalised, pca);
  throwIfAborted(context);
  const simulation = { sizeFactors, deviations, pca, n: options.nSimulated, rng: rng.split('pairs') };
  const simulated = simulateDoublets(selected, simulation);
  return {
    ...padded([cells, simulated], pca.nComponents),
    nComponents: pca.nComponents,
    nVariableGenes: columns.length,
    nSimulated: options.nSimulated,
  };
}

function padded(tables: readonly Float32Array[], nComponents: number): Pick<DoubletPoints, 'points' | 'nDimensions'> {
  const nDimensions = Math.ceil(nComponents / stride) * stride;
  const nPoints = tables.reduce((sum, table) => sum + table.length / nComponents, 0);
  const points = new Float32Array(nPoints * nDimensions);
  let at = 0;
  for (const table of tables) {
    for (let row = 0; row < table.length; row += nComponents, at += nDimensions) {
      points.set(table.subarray(row, row + nComponents), at);
    }
  }
  return { points, nDimensions };
}

function normaliseRows(counts: CsrMatrix, sizeFactors: Float64Array, deviations: Float64Array): CsrMatrix {
  const data = new Float32Array(counts.data.length);
  for (let row = 0; row < counts.shape[0]; row++) {
    const end = counts.indptr[row + 1] as number;
    for (let k = counts.indptr[row] as number; k < end; k++) {
      const scale = (sizeFactors[row] as number) * (deviations[counts.indices[k] as number] as number);
      data[k] = (counts.data[k] as number) / scale;
    }
  }
  return { ...counts, data };
}

interface Simulation {
  readonly sizeFactors: Float64Array;
  readonly deviations: Float64Array;
  readonly pca: LeadingComponents;
  readonly n: number;
  readonly rng: Rng;
}

/** Positions of sums of two different cells. A doublet has the size factor of both together; positions are linear in counts. */
function simulateDoublets(counts: CsrMatrix, simulation: Simulation): Float32Array {
  const { sizeFactors, pca, n, rng } = simulation;
  const { nComponents } = pca;
  const nCells = counts.shape[0];
  const points = new Float32Array(n * nComponents);
  const origin = originOf(pca);
  const position = new Float64Array(nComponents);
  for (let i = 0; i < n; i++) {
    const first = rng.integer(nCells);
    const second = (first + 1 + rng.integer(nCells - 1)) % nCells;
    const sizeFactor = (sizeFactors[first] as number) + (sizeFactors[second] as number);
    position.set(origin);
    for (const row of [first, second]) addCell(position, counts, { row, sizeFactor, simulation });
    points.set(position, i * nComponents);
  }
  return points;
}

function addCell(
  position: Float64Array,
  { indptr, indices, data }: CsrMatrix,
  {
    row,
    sizeFactor,
    simulation,
  }: { readonly row: number; readonly sizeFactor: number; readonly simulation: Simulation },
): void {
  const { loadings, nComponents } = simulation.pca;
  const end = indptr[row + 1] as number;
  for (let k = indptr[row] as number; k < end; k++) {
    const gene = indices[k] as number;
    const value = (data[k] as number) / (sizeFactor * (simulation.deviations[gene] as number));
    for (let d = 0; d < nComponents; d++) {
      position[d] = (position[d] as number) + value * (loadings[gene * nComponents + d] as number);
    }
  }
}
