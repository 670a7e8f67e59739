import { evenlySpread } from './find-clones.js';
import type { GenomeLayout } from './genome-layout.js';
import type { MeasuredPatient } from './patient-copy-number.js';
import type { CellCopyNumber, CellHeatmap } from './types.js';

/**
 * Smoothed profiles of at most `heatmapCells` cells, by clone and within it in the order of the samples: a running mean over
 * `windowGenes` genes that does not leave the arm.
 */
export function cellHeatmap(
  { layout, bins }: MeasuredPatient,
  cells: CellCopyNumber,
  { heatmapCells, windowGenes }: { readonly heatmapCells: number; readonly windowGenes: number },
): CellHeatmap {
  const last = (i: number): number => cells.clone[i] || 256;
  const order = Uint32Array.from(cells.row.keys())
    .filter((i) => cells.abstained[i] !== 'low-depth')
    .sort((a, b) => last(a) - last(b) || a - b);
  const chosen = evenlySpread(order, heatmapCells);
  const nBins = layout.bins.length;
  const values = new Float32Array(chosen.length * nBins);
  const windows = smoothingWindows(layout, windowGenes);
  chosen.forEach((cell, place) => {
    windows.forEach(([from, end], bin) => {
      let [sum, total] = [0, 0];
      for (let b = from; b < end; b++) {
        const { firstGene, endGene } = layout.bins[b] as GenomeLayout['bins'][number];
        sum += (endGene - firstGene) * (bins[cell * nBins + b] as number);
        total += endGene - firstGene;
      }
      values[place * nBins + bin] = sum / total;
    });
  });
  return { cells: chosen, values };
}

/** Bins of about `windowGenes` genes around each bin, on its arm. */
function smoothingWindows(layout: GenomeLayout, windowGenes: number): readonly (readonly [number, number])[] {
  return layout.bins.map(({ arm, firstGene, endGene }, bin) => {
    const { firstBin, endBin } = layout.arms[arm] as GenomeLayout['arms'][number];
    const reach = Math.max(0, Math.round((windowGenes / (endGene - firstGene) - 1) / 2));
    return [Math.max(firstBin, bin - reach), Math.min(endBin, bin + reach + 1)] as const;
  });
}
