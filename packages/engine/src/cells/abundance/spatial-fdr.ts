/**
 * False-discovery rate over a space that neighbourhoods cover unevenly: a weighted Benjamini–Hochberg adjustment,
 * `min over j ≥ i of p(j) Σ w / Σ_{l ≤ j} w(l)`, with weights one over the distance to the k-th neighbour, so that a dense
 * place sampled many times counts about as much as a sparse one.
 *
 * @param pValues - NaN stays NaN and takes no part
 * @param kthDistances - zero or more; a distance of zero counts as the smallest above zero
 * @returns adjusted P values, at most one
 * @see doi:10.1038/s41587-021-01033-z, doi:10.1038/nmeth.4295; miloR 2 `graphSpatialFDR(weighting = "k-distance")`
 */
export function spatialFdr(pValues: ArrayLike<number>, kthDistances: ArrayLike<number>): Float64Array {
  const smallest = Array.from(kthDistances).reduce((least, d) => (d > 0 ? Math.min(least, d) : least), Infinity);
  const weightOf = (i: number): number =>
    smallest === Infinity ? 1 : smallest / Math.max(kthDistances[i] as number, smallest);
  const order: number[] = [];
  for (let i = 0; i < pValues.length; i++) if (!Number.isNaN(pValues[i])) order.push(i);
  order.sort((a, b) => (pValues[a] as number) - (pValues[b] as number) || a - b);
  const total = order.reduce((sum, i) => sum + weightOf(i), 0);
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  let weightBelow = total;
  let lowest = 1;
  for (let position = order.length - 1; position >= 0; position--) {
    const i = order[position] as number;
    lowest = Math.min(lowest, ((pValues[i] as number) * total) / weightBelow);
    adjusted[i] = lowest;
    weightBelow -= weightOf(i);
  }
  return adjusted;
}
