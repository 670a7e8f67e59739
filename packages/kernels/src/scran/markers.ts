import type { MarkerOptions, MarkerScores, NormalizedCells } from '@remnant/engine';
import { int32, loadNormalized } from './load-cells.js';
import type { Session } from './session.js';

/** Effect sizes of every gene for every cluster by scran.js. */
export function scoreMarkers(
  cells: NormalizedCells,
  { clusters, block }: MarkerOptions,
  session: Session,
): MarkerScores {
  const { scran, numberOfThreads, keep } = session;
  const found = keep(
    scran.scoreMarkers(loadNormalized(cells, session), int32(clusters), {
      block: block === null ? null : int32(block),
      numberOfThreads,
    }),
  );
  const nGenes = cells.counts.shape[1];
  const nClusters = clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const table = (of: (cluster: number) => Float64Array): Float64Array => {
    const values = new Float64Array(nClusters * nGenes);
    for (let cluster = 0; cluster < nClusters; cluster++) values.set(of(cluster), cluster * nGenes);
    return values;
  };
  const mean = { summary: 'mean' } as const;
  return {
    nClusters,
    nGenes,
    mean: table((cluster) => found.mean(cluster)),
    detected: table((cluster) => found.detected(cluster)),
    logFoldChange: table((cluster) => found.deltaMean(cluster, mean)),
    cohensD: table((cluster) => found.cohensD(cluster, mean)),
    minCohensD: table((cluster) => found.cohensD(cluster, { summary: 'minimum' })),
    auc: table((cluster) => found.auc(cluster, mean)),
  };
}
