import { median } from '../../stats/quantile.js';

/** Median absolute deviations below the median at which a lead is an outlier. */
const deviations = 3;
/** Makes the median absolute deviation estimate the standard deviation of a normal. */
const madScale = 1.4826;

/**
 * Which labels stand out for their cell: the label's score less the cell's median score is no outlier below, among the cells of the same
 * label.
 *
 * @param best - label of each cell
 * @param scores - cells × labels, row-major
 * @returns 1 or 0 per cell
 * @see SingleR's `pruneScores`
 */
export function confidentLabels(best: Uint32Array, scores: Float64Array, nLabels: number): Uint8Array {
  const leads = Float64Array.from(best, (label, cell) => {
    const own = scores.subarray(cell * nLabels, (cell + 1) * nLabels);
    return (own[label] as number) - median(own);
  });
  const smallest = Array.from({ length: nLabels }, (_, label) => {
    const same = leads.filter((_lead, cell) => best[cell] === label);
    if (same.length === 0) return -Infinity;
    const centre = median(same);
    return centre - deviations * madScale * median(same.map((lead) => Math.abs(lead - centre)));
  });
  return Uint8Array.from(best, (label, cell) => ((leads[cell] as number) >= (smallest[label] as number) ? 1 : 0));
}
