import type { GenomeLayout } from './genome-layout.js';
import type { GenomeRegion } from './genome-regions.js';

/** Mean residuals of cells in stretches of the genome, from two halves of its genes that share none. */
export interface HalfScores {
  readonly nCells: number;
  readonly nRegions: number;
  /** Cells × regions: mean over the even bins of the region, and over its odd bins. */
  readonly even: Float32Array;
  readonly odd: Float32Array;
}

/** Means over the even and over the odd bins of each region for some cells. */
export function halfScores(
  bins: Float32Array,
  { layout, regions }: { readonly layout: GenomeLayout; readonly regions: readonly GenomeRegion[] },
  cells: Uint32Array,
): HalfScores {
  const nBins = layout.bins.length;
  const nRegions = regions.length;
  const even = new Float32Array(cells.length * nRegions);
  const odd = new Float32Array(cells.length * nRegions);
  const sizes = layout.bins.map(({ firstGene, endGene }) => endGene - firstGene);
  for (let i = 0; i < cells.length; i++) {
    const row = (cells[i] as number) * nBins;
    for (let r = 0; r < nRegions; r++) {
      const { firstBin, endBin } = regions[r] as GenomeRegion;
      even[i * nRegions + r] = meanOfEverySecond(bins, row, sizes, firstBin + (firstBin & 1), endBin);
      odd[i * nRegions + r] = meanOfEverySecond(bins, row, sizes, firstBin + 1 - (firstBin & 1), endBin);
    }
  }
  return { nCells: cells.length, nRegions, even, odd };
}

function meanOfEverySecond(
  bins: Float32Array,
  row: number,
  sizes: readonly number[],
  from: number,
  end: number,
): number {
  let sum = 0;
  let total = 0;
  for (let bin = from; bin < end; bin += 2) {
    const size = sizes[bin] as number;
    sum += size * (bins[row + bin] as number);
    total += size;
  }
  return total > 0 ? sum / total : 0;
}

/** Mean residual of every cell in every arm, cells × arms. */
export function armMeans(bins: Float32Array, layout: GenomeLayout, nCells: number): Float32Array {
  const nBins = layout.bins.length;
  const nArms = layout.arms.length;
  const sizes = layout.bins.map(({ firstGene, endGene }) => endGene - firstGene);
  const means = new Float32Array(nCells * nArms);
  for (let cell = 0; cell < nCells; cell++) {
    layout.arms.forEach(({ firstBin, endBin, firstGene, endGene }, arm) => {
      let sum = 0;
      for (let bin = firstBin; bin < endBin; bin++)
        sum += (sizes[bin] as number) * (bins[cell * nBins + bin] as number);
      means[cell * nArms + arm] = sum / (endGene - firstGene);
    });
  }
  return means;
}
