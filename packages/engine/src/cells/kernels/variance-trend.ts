import { lowess } from '../../stats/lowess.js';

/** Genes below this mean log2 expression take no part in the fit: they are many and would fill every window. */
const smallestMean = 0.1;
const span = 0.3;

/**
 * The variance expected of a gene at its mean log expression: a LOWESS curve (span 0.3) through variance^¼ over the genes with a mean
 * of at least 0.1, raised back, and below that a straight line from its left end to the origin.
 *
 * @param means - mean log2 expression of each gene
 * @param variances - its variance
 * @returns fitted variance of each gene; null where fewer than two genes reach the smallest mean
 * @see scran's `fitTrendVar(parametric = FALSE)` and libscran's `fit_variance_trend`, whose steps these are. Our LOWESS interpolates
 * between points closer than 1 % of the range, theirs between 200 anchors; the fits differ by about 1 %.
 */
export function varianceTrend(means: Float64Array, variances: Float64Array): Float64Array | null {
  const fitted = new Float64Array(means.length);
  const taking = Uint32Array.from(means.keys()).filter((g) => (means[g] as number) >= smallestMean);
  if (taking.length < 2) return null;
  const order = taking.sort((a, b) => (means[a] as number) - (means[b] as number) || a - b);
  const curve = lowess(
    Float64Array.from(order, (g) => means[g] as number),
    Float64Array.from(order, (g) => Math.sqrt(Math.sqrt(variances[g] as number))),
    { span },
  );
  order.forEach((g, i) => {
    fitted[g] = (curve.y[i] as number) ** 4;
  });
  const slope = (fitted[order[0] as number] as number) / (curve.x[0] as number);
  for (let g = 0; g < means.length; g++) {
    if ((means[g] as number) < smallestMean) fitted[g] = (means[g] as number) * slope;
  }
  return fitted;
}
