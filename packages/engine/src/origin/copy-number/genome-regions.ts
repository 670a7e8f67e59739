import type { GenomeLayout } from './genome-layout.js';

/** A run of about `windowGenes` neighbouring genes of one arm: a whole arm or a part of it. */
export interface GenomeRegion {
  readonly arm: number;
  readonly firstBin: number;
  readonly endBin: number;
}

/** Arms with fewer genes in use are never judged. */
export const leastArmGenes = 20;

/** Cuts every arm of enough genes into regions of about `windowGenes` genes, at borders of bins. */
export function cutRegions(layout: GenomeLayout, windowGenes: number): readonly GenomeRegion[] {
  return layout.arms.flatMap(({ firstGene, endGene, firstBin, endBin }, arm): GenomeRegion[] => {
    const nGenes = endGene - firstGene;
    if (nGenes < leastArmGenes) return [];
    const nBins = endBin - firstBin;
    // Two bins at least, so that each region has two halves.
    const n = Math.max(1, Math.min(Math.floor(nBins / 2), Math.round(nGenes / windowGenes)));
    return Array.from({ length: n }, (_, i) => ({
      arm,
      firstBin: firstBin + Math.floor((i * nBins) / n),
      endBin: firstBin + Math.floor(((i + 1) * nBins) / n),
    }));
  });
}

/** Region of each bin; −1 where there is none. */
export function regionsOfBins(layout: GenomeLayout, regions: readonly GenomeRegion[]): Int32Array {
  const regionOf = new Int32Array(layout.bins.length).fill(-1);
  regions.forEach(({ firstBin, endBin }, region) => regionOf.fill(region, firstBin, endBin));
  return regionOf;
}
