import type { LineageScores } from './lineage-scores.js';
import { type NormalCellLineage, normalCellLineages } from './marker-panel.js';

/** What the markers say of each cell: the normal lineage they clearly show, or nothing. */
export type MarkerEvidence = readonly (NormalCellLineage | null)[];

/** A cluster is one lineage where at least this share of its cells show it on their own. */
const clusterMajority = 0.5;
/** Below this share of its cluster a cell's markers are taken for ambient RNA … */
const isolatedShare = 0.05;
/** … in clusters of at least this many cells. */
const fewestInCluster = 50;

/**
 * Clear evidence of a normal lineage in single cells: enough markers detected, a score above the threshold, and further above
 * it than on any other lineage, those of tumours included.
 *
 * @param ignored - lineages that the tumour itself may have
 */
export function markerEvidence(
  lineages: readonly LineageScores[],
  ignored: ReadonlySet<NormalCellLineage>,
): MarkerEvidence {
  const rivals = lineages.filter(
    ({ lineage, status }) => status === 'ok' && !ignored.has(lineage as NormalCellLineage),
  );
  const nCells = lineages[0]?.scores.length ?? 0;
  return Array.from({ length: nCells }, (_, cell) => {
    let best: LineageScores | null = null;
    let most = 0;
    for (const rival of rivals) {
      const excess = (rival.scores[cell] as number) - (rival.threshold as number);
      if (!(excess > most) || (rival.detected[cell] as number) < rival.detectedMin) continue;
      best = rival;
      most = excess;
    }
    return best !== null && isNormal(best.lineage) ? best.lineage : null;
  });
}

/**
 * Lets the cells of a cluster speak together: a lineage that half of its cells show is taken for all of them, one that fewer
 * than one in twenty show, in a cluster of fifty or more, for none.
 *
 * @param clusters - cluster of each cell
 */
export function smoothOverClusters(evidence: MarkerEvidence, clusters: ArrayLike<number>): MarkerEvidence {
  const sizes = new Map<number, number>();
  const shown = new Map<number, Map<NormalCellLineage, number>>();
  evidence.forEach((lineage, cell) => {
    const cluster = clusters[cell] as number;
    sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
    if (lineage === null) return;
    const counts = shown.get(cluster) ?? new Map<NormalCellLineage, number>();
    counts.set(lineage, (counts.get(lineage) ?? 0) + 1);
    shown.set(cluster, counts);
  });
  return evidence.map((own, cell) => {
    const cluster = clusters[cell] as number;
    const counts = shown.get(cluster);
    const size = sizes.get(cluster) as number;
    const major = normalCellLineages.find((lineage) => (counts?.get(lineage) ?? 0) >= clusterMajority * size);
    if (major !== undefined) return major;
    if (own === null || size < fewestInCluster) return own;
    return (counts?.get(own) ?? 0) < isolatedShare * size ? null : own;
  });
}

function isNormal(lineage: string): lineage is NormalCellLineage {
  return (normalCellLineages as readonly string[]).includes(lineage);
}
