import { symmetricEigen } from '../../stats/symmetric-eigen.js';
import type { GenomeRegion } from './genome-regions.js';
import type { HalfScores } from './region-scores.js';

/** A weighted sum of regions along which cells may fall into two groups. */
export type SplitDirection = Float64Array;

/** Eigenvectors and single arms tried at each split. */
const nEigenvectors = 2;
const nSingleArms = 4;

/**
 * Directions in which cells differ reproducibly. The covariance between scores of the even and of the odd bins holds what both
 * halves of the genes share, without the noise of counting; its leading eigenvectors (regions in units of their noise) are
 * tried, and the single arms with the largest covariance against its standard error, one over root n.
 */
export function splitDirections(scores: HalfScores, regions: readonly GenomeRegion[]): readonly SplitDirection[] {
  const { nCells, nRegions } = scores;
  const { covariance, noise } = sharedCovariance(scores);
  const { values, vectors } = symmetricEigen(covariance, nRegions);
  const directions: SplitDirection[] = [];
  for (let k = 0; k < Math.min(nEigenvectors, nRegions); k++) {
    if ((values[k] as number) <= 0) break;
    directions.push(vectors.slice(k * nRegions, (k + 1) * nRegions).map((v, r) => v / (noise[r] as number)));
  }
  return [...directions, ...singleArms(covariance, noise, regions, nCells)];
}

function singleArms(
  covariance: Float64Array,
  noise: Float64Array,
  regions: readonly GenomeRegion[],
  nCells: number,
): readonly SplitDirection[] {
  const n = regions.length;
  const arms = [...new Set(regions.map(({ arm }) => arm))].map((arm) => {
    const members = regions.flatMap((region, r) => (region.arm === arm ? [r] : []));
    let sum = 0;
    for (const r of members) for (const s of members) sum += covariance[r * n + s] as number;
    return { members, z: (sum / members.length) * Math.sqrt(nCells) };
  });
  return arms
    .filter(({ z }) => z > 2)
    .sort((a, b) => b.z - a.z)
    .slice(0, nSingleArms)
    .map(({ members }) => Float64Array.from(noise, (sd, r) => (members.includes(r) ? 1 / sd : 0)));
}

/** Symmetrised covariance between the halves, in units of the noise of each region. */
function sharedCovariance({ nCells, nRegions, even, odd }: HalfScores): {
  readonly covariance: Float64Array;
  readonly noise: Float64Array;
} {
  const evenMean = columnMeans(even, nCells, nRegions);
  const oddMean = columnMeans(odd, nCells, nRegions);
  const shared = new Float64Array(nRegions * nRegions);
  const squares = new Float64Array(nRegions);
  for (let i = 0; i < nCells; i++) {
    for (let r = 0; r < nRegions; r++) {
      const x = (even[i * nRegions + r] as number) - (evenMean[r] as number);
      const own = (odd[i * nRegions + r] as number) - (oddMean[r] as number);
      squares[r] = (squares[r] as number) + (x * x + own * own) / 2;
      for (let s = 0; s < nRegions; s++) {
        const y = (odd[i * nRegions + s] as number) - (oddMean[s] as number);
        shared[r * nRegions + s] = (shared[r * nRegions + s] as number) + x * y;
      }
    }
  }
  const noise = squares.map((square, r) => {
    const total = square / nCells;
    return Math.sqrt(Math.max(total - (shared[r * nRegions + r] as number) / nCells, 0.05 * total, 1e-12));
  });
  const covariance = shared.map((_, at) => {
    const [r, s] = [Math.floor(at / nRegions), at % nRegions];
    const both = ((shared[r * nRegions + s] as number) + (shared[s * nRegions + r] as number)) / 2;
    return both / nCells / ((noise[r] as number) * (noise[s] as number));
  });
  return { covariance, noise };
}

function columnMeans(values: Float32Array, nRows: number, nColumns: number): Float64Array {
  const means = new Float64Array(nColumns);
  for (let i = 0; i < nRows; i++) {
    for (let j = 0; j < nColumns; j++) means[j] = (means[j] as number) + (values[i * nColumns + j] as number) / nRows;
  }
  return means;
}
