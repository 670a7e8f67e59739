import { median } from '../../stats/quantile.js';
import { fitDepthVariance, varianceAt } from './depth-variance.js';
import { leastArmGenes } from './genome-regions.js';
import type { MeasuredPatient } from './patient-copy-number.js';
import { armMeans } from './region-scores.js';

/** Fewest reference cells that the noise of arms is measured on. */
const leastNoiseCells = 20;

/**
 * Mean residual of each of the patient's own cells in each arm, in units of its standard deviation between reference cells of
 * the same depth. Without enough reference cells (a profile) centre and spread are the median and 1.4826 times the median
 * deviation of all cells.
 *
 * @returns cells × arms; NaN for arms of fewer than 20 genes
 */
export function standardisedArms(measured: MeasuredPatient): Float32Array {
  const { layout, bins, depths, isReference, rows, found } = measured;
  const nArms = layout.arms.length;
  const means = armMeans(bins, layout, rows.length);
  const reference = Uint32Array.from(rows.keys()).filter((i) => isReference[i] === 1 && (depths[i] as number) > 0);
  const scores = new Float32Array(found.nOwn * nArms).fill(NaN);
  layout.arms.forEach(({ firstGene, endGene }, arm) => {
    if (endGene - firstGene < leastArmGenes) return;
    const values = Float64Array.from(rows, (_, i) => means[i * nArms + arm] as number);
    const scale = noiseOf(values, depths, reference);
    for (let i = 0; i < found.nOwn; i++) {
      const depth = depths[i] as number;
      if (depth > 0) scores[i * nArms + arm] = ((values[i] as number) - scale.centre) / scale.deviation(depth);
    }
  });
  return scores;
}

function noiseOf(
  values: Float64Array,
  depths: Float64Array,
  reference: Uint32Array,
): { readonly centre: number; readonly deviation: (depth: number) => number } {
  if (reference.length < leastNoiseCells) {
    const centre = median(values);
    const spread = Math.max(1e-6, 1.4826 * median(values.map((value) => Math.abs(value - centre))));
    return { centre, deviation: () => spread };
  }
  const centre = reference.reduce((sum, i) => sum + (values[i] as number), 0) / reference.length;
  const variance = fitDepthVariance(values, depths, { cells: reference, centre });
  return { centre, deviation: (depth) => Math.sqrt(varianceAt(variance, depth)) };
}
