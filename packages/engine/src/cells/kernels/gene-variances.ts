import type { RunContext } from '../../core/context.js';
import { mapCellParts } from './cell-parts.js';
import type { GeneMoments, GeneMomentsPayload } from './gene-moments.js';
import type { NormalizedCells } from './kernels.js';
import { varianceTrend } from './variance-trend.js';

/** Blocks of this size and above weigh the same, smaller ones in proportion to their cells. */
const fullWeightCells = 1000;

/** Variability of each gene, averaged over blocks. */
export interface GeneVariances {
  /** Mean log2 expression. */
  readonly means: Float64Array;
  /** Its variance within blocks. */
  readonly variances: Float64Array;
  /** Variance beyond what the trend expects at that mean; zero everywhere where no trend can be fitted. */
  readonly residuals: Float64Array;
  /** Blocks of at least two cells that a trend could be fitted in. */
  readonly nBlocks: number;
}

/** Options of gene variances. */
export interface GeneVariancesOptions {
  /** Block of each cell, numbered from 0: means and trends are those within blocks. */
  readonly block: Uint32Array;
  readonly nBlocks: number;
}

/**
 * Models the variance of log2(count / size factor + 1) of each gene against its mean, within blocks: residual = variance − trend.
 * Means, variances and residuals are averaged over blocks with weight min(1, cells / 1000).
 *
 * Streams over the stored values once, in blocks of 1,024 cells on the context's executor; nothing normalised is stored.
 *
 * @throws AbortedError once the context's signal is aborted
 * @see scran's `modelGeneVar`, scran.js `modelGeneVariances` with `blockWeightPolicy: "variable"`: means and variances are equal to
 * rounding; for the trend see {@link varianceTrend}
 */
export async function geneVariances(
  { counts, sizeFactors }: NormalizedCells,
  { block, nBlocks }: GeneVariancesOptions,
  context: RunContext,
): Promise<GeneVariances> {
  const nGenes = counts.shape[1];
  const totals = Array.from({ length: nBlocks }, () => emptyMoments(nGenes));
  const run = { task: 'cells/gene-moments', stage: 'variable genes', shared: { sizeFactors, groupOf: block } };
  await mapCellParts<Omit<GeneMomentsPayload, 'part'>, readonly GeneMoments[]>(counts, run, context, (moments) => {
    for (const one of moments) addTo(totals[one.group] as Totals, one);
  });
  return averaged(totals, nGenes);
}

interface Totals {
  nCells: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function emptyMoments(nGenes: number): Totals {
  return { nCells: 0, sums: new Float64Array(nGenes), squares: new Float64Array(nGenes) };
}

function addTo(total: Totals, { nCells, sums, squares }: GeneMoments): void {
  total.nCells += nCells;
  for (let g = 0; g < sums.length; g++) {
    total.sums[g] = (total.sums[g] as number) + (sums[g] as number);
    total.squares[g] = (total.squares[g] as number) + (squares[g] as number);
  }
}

function averaged(totals: readonly Totals[], nGenes: number): GeneVariances {
  const means = new Float64Array(nGenes);
  const variances = new Float64Array(nGenes);
  const residuals = new Float64Array(nGenes);
  let all = 0;
  let nBlocks = 0;
  for (const total of totals) {
    if (total.nCells < 2) continue;
    const mean = total.sums.map((sum) => sum / total.nCells);
    const variance = total.squares.map((square, g) => varianceOf(square, mean[g] as number, total.nCells));
    const trend = varianceTrend(mean, variance);
    if (trend === null) continue;
    const weight = Math.min(1, total.nCells / fullWeightCells);
    all += weight;
    nBlocks++;
    for (let g = 0; g < nGenes; g++) {
      means[g] = (means[g] as number) + weight * (mean[g] as number);
      variances[g] = (variances[g] as number) + weight * (variance[g] as number);
      residuals[g] = (residuals[g] as number) + weight * ((variance[g] as number) - (trend[g] as number));
    }
  }
  const scaled = (sums: Float64Array): Float64Array => (all > 0 ? sums.map((sum) => sum / all) : sums);
  return { means: scaled(means), variances: scaled(variances), residuals: scaled(residuals), nBlocks };
}

/** Rounding can leave a hair below zero where a gene does not vary. */
function varianceOf(squares: number, mean: number, n: number): number {
  return Math.max(0, (squares - n * mean * mean) / (n - 1));
}
