import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import type { CellCounts } from '../cell-counts.js';
import { groupsInUse } from './cell-groups.js';
import type { Kernels, MarkerScores } from './kernels.js';
import { selectGenes } from './select-genes.js';
import { librarySizeFactors } from './size-factors.js';

/** Genes handed to the kernels at once: at 100,000 cells and 8 % about 50 MB. */
const genesPerBlock = 2048;

/** Options of cluster markers. */
export interface ClusterMarkersOptions {
  /** Cluster of each cell, numbered from 0 without a gap, at least two. */
  readonly clusters: Uint32Array;
}

/**
 * How well each gene tells each cluster from the others: differences of mean log2(count / size factor + 1), Cohen's d and the area under
 * the receiver operating characteristic of every pair of clusters, compared within patients and averaged over them. Descriptive: cells are
 * not replicates, and no P value is given.
 *
 * Works on blocks of 2,048 genes; the result does not depend on that, because no gene looks at another.
 *
 * @param cells - raw counts
 * @throws ShapeError when the clusters do not fit the cells or are fewer than two
 * @throws AbortedError once the context's signal is aborted
 * @see scran's `scoreMarkers(block =)`, doi:10.12688/f1000research.9501.2
 */
export async function clusterMarkers(
  cells: CellCounts,
  { clusters }: ClusterMarkersOptions,
  context: RunContext,
  kernels: Kernels,
): Promise<MarkerScores> {
  const { counts, sampleOf, samples } = cells;
  const [nCells, nGenes] = counts.shape;
  const nClusters = requireClusters(clusters, nCells);
  const block = groupsInUse(Array.from(sampleOf, (sample) => samples[sample]?.patient)).of;
  const sizeFactors = librarySizeFactors(counts);
  const found = emptyScores(nClusters, nGenes);
  try {
    for (let first = 0; first < nGenes; first += genesPerBlock) {
      throwIfAborted(context);
      report(context, 'marker scores', first, nGenes, 'genes');
      const length = Math.min(genesPerBlock, nGenes - first);
      const part = await selectGenes(
        counts,
        Uint32Array.from({ length }, (_, i) => first + i),
        quietly(context),
      );
      const scores = await kernels.scoreMarkers({ counts: part, sizeFactors }, { clusters, block }, context);
      for (const key of tables) insertColumns(found[key], scores[key], { first, nGenes, width: part.shape[1] });
    }
  } finally {
    kernels.close();
  }
  report(context, 'marker scores', nGenes, nGenes, 'genes');
  return found;
}

const tables = ['mean', 'detected', 'logFoldChange', 'cohensD', 'minCohensD', 'auc'] as const;

function requireClusters(clusters: Uint32Array, nCells: number): number {
  const used = new Set(clusters);
  const largest = clusters.reduce((most, cluster) => Math.max(most, cluster), 0);
  if (clusters.length !== nCells || used.size !== largest + 1 || used.size < 2) {
    throw new ShapeError('Markers need two clusters or more, numbered from 0 without a gap, one for each cell.', {
      found: `${String(clusters.length)} of ${String(nCells)} cells in ${String(used.size)} clusters, the last ${String(largest)}`,
    });
  }
  return used.size;
}

function emptyScores(nClusters: number, nGenes: number): MarkerScores {
  const table = (): Float64Array => new Float64Array(nClusters * nGenes);
  return {
    nClusters,
    nGenes,
    mean: table(),
    detected: table(),
    logFoldChange: table(),
    cohensD: table(),
    minCohensD: table(),
    auc: table(),
  };
}

/** The blocks of genes are the steps that are shown. */
function quietly({ seed, executor, signal }: RunContext): RunContext {
  return signal === undefined ? { seed, executor } : { seed, executor, signal };
}

function insertColumns(
  into: Float64Array,
  from: Float64Array,
  { first, nGenes, width }: { readonly first: number; readonly nGenes: number; readonly width: number },
): void {
  for (let row = 0; row * width < from.length; row++) {
    into.set(from.subarray(row * width, (row + 1) * width), row * nGenes + first);
  }
}
