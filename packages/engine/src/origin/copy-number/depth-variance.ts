/** Variance a + b / depth of a score between cells. */
export interface DepthVariance {
  readonly constant: number;
  readonly perDepth: number;
}

/**
 * Least squares of squared deviations on 1 / depth, with neither part negative: a cell with few counts has noisier scores.
 *
 * @param cells - the cells fitted
 */
export function fitDepthVariance(
  values: ArrayLike<number>,
  depths: ArrayLike<number>,
  { cells, centre }: { readonly cells: ArrayLike<number>; readonly centre: number },
): DepthVariance {
  let [n, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0];
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number;
    const x = 1 / (depths[cell] as number);
    const y = ((values[cell] as number) - centre) ** 2;
    n++;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  const spread = sumXX - (sumX * sumX) / n;
  const slope = spread > 0 ? (sumXY - (sumX * sumY) / n) / spread : 0;
  const constant = (sumY - slope * sumX) / n;
  if (slope <= 0) return { constant: sumY / n, perDepth: 0 };
  if (constant <= 0) return { constant: 0, perDepth: sumXY / sumXX };
  return { constant, perDepth: slope };
}

/** The variance at a depth. */
export function varianceAt({ constant, perDepth }: DepthVariance, depth: number): number {
  return Math.max(constant + perDepth / depth, 1e-12);
}
