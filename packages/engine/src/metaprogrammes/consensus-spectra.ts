import type { Rng } from '../core/rng.js';
import { median } from '../stats/quantile.js';
import {
  clusterSpectra,
  meanSilhouette,
  neighbourDistance,
  selectFromGram,
  unitGram,
  type UnitGram,
} from './cluster-spectra.js';

/** Options of {@link consensusSpectra}. */
export interface ConsensusSpectraOptions {
  readonly rank: number;
  readonly replicates: number;
  /** A replicate spectrum whose nearest others are farther than this on average is an outlier. */
  readonly densityThreshold: number;
  /** Share of the replicates that are looked at as nearest others. */
  readonly neighbourhood: number;
}

/** The spectra that replicates agree on. */
export interface ConsensusSpectra {
  /** Median of each cluster, of sum one; fewer than the rank when outliers leave too few spectra. */
  readonly medians: readonly Float64Array[];
  /** Medians before outliers are taken out, for the error of the rank as a whole. */
  readonly unfilteredMedians: readonly Float64Array[];
  /** Mean silhouette of the clusters of all replicate spectra, outliers included; NaN when it is not defined. */
  readonly stability: number;
  readonly nOutliers: number;
  /** Replicates of each cluster of `medians`. */
  readonly sizes: Int32Array;
}

/** Starts of k-means. */
const starts = 10;

/**
 * Clusters the replicate spectra of one rank into as many programmes and takes medians. Stability and error are those of all spectra;
 * programmes are made after leaving out outliers, whose mean distance to the nearest `neighbourhood` × replicates others exceeds
 * the threshold.
 *
 * @param spectra - unit vectors, one per component of every replicate
 * @see doi:10.7554/eLife.43803; cNMF 1.7 `consensus` and `k_selection_plot`
 */
export function consensusSpectra(
  spectra: readonly Float64Array[],
  options: ConsensusSpectraOptions,
  rng: Rng,
): ConsensusSpectra {
  const alive = spectra.filter((spectrum) => spectrum.some((value) => value > 0));
  const gram = unitGram(alive);
  const all = clustersOf(gram, options.rank, rng.split('all'));
  const distances = neighbourDistance(gram, Math.max(1, Math.floor(options.neighbourhood * options.replicates)));
  const kept = Array.from(distances.keys()).filter((i) => (distances[i] as number) < options.densityThreshold);
  const nOutliers = spectra.length - kept.length;
  const labels = nOutliers === 0 ? all : clustersOf(selectFromGram(gram, kept), options.rank, rng.split('kept'));
  const members = kept.map((i) => alive[i] as Float64Array);
  const sizes = new Int32Array(labels.length === 0 ? 0 : Math.max(...labels) + 1);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  const medians = mediansOf(members, labels);
  return {
    medians,
    unfilteredMedians: nOutliers === 0 ? medians : mediansOf(alive, all),
    stability: meanSilhouette(gram, all),
    nOutliers,
    sizes,
  };
}

function clustersOf(gram: UnitGram, rank: number, rng: Rng): Int32Array {
  return clusterSpectra(gram, { clusters: Math.min(rank, gram.n), starts }, rng);
}

function mediansOf(spectra: readonly Float64Array[], labels: Int32Array): readonly Float64Array[] {
  const clusters = labels.length === 0 ? 0 : Math.max(...labels) + 1;
  return Array.from({ length: clusters }, (_, cluster) => {
    const members = spectra.filter((_, i) => labels[i] === cluster);
    const values = new Float64Array(members.length);
    const centre = Float64Array.from(members[0] as Float64Array, (_, g) => {
      members.forEach((member, i) => (values[i] = member[g] as number));
      return median(values);
    });
    let sum = 0;
    for (const value of centre) sum += value;
    return sum > 0 ? centre.map((value) => value / sum) : centre;
  });
}
