/**
 * First Wasserstein distance between two samples on a line, ∫₀¹ |F⁻¹(q) − G⁻¹(q)| dq, exact for any two sizes: both quantile
 * functions are steps, walked through together.
 *
 * @param a - values in increasing order, at least one
 * @param b - the same
 * @returns zero or above, in the unit of the values
 * @see scipy 1.17 `stats.wasserstein_distance`, the same number
 */
export function wassersteinOfSorted(a: Float64Array, b: Float64Array): number {
  let distance = 0;
  let done = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const nextA = (i + 1) * b.length;
    const nextB = (j + 1) * a.length;
    const next = Math.min(nextA, nextB);
    distance += (next - done) * Math.abs((a[i] as number) - (b[j] as number));
    done = next;
    if (nextA === next) i++;
    if (nextB === next) j++;
  }
  return distance / (a.length * b.length);
}

/** Points, one row per cell. */
export interface Points {
  readonly nDimensions: number;
  readonly values: Float64Array;
}

/**
 * Projections of some cells on several directions, each sorted: what a sliced distance compares.
 *
 * @param directions - unit directions, one row of `nDimensions` numbers each
 */
export function sortedProjections(
  { nDimensions, values }: Points,
  cells: ArrayLike<number>,
  directions: Float64Array,
): readonly Float64Array[] {
  return Array.from({ length: directions.length / nDimensions }, (_, d) => {
    const projected = new Float64Array(cells.length);
    for (let i = 0; i < cells.length; i++) {
      const start = (cells[i] as number) * nDimensions;
      let sum = 0;
      for (let k = 0; k < nDimensions; k++) {
        sum += (values[start + k] as number) * (directions[d * nDimensions + k] as number);
      }
      projected[i] = sum;
    }
    return projected.sort();
  });
}

/**
 * Sliced Wasserstein distance: the mean over directions of the distance of the projections. With one dimension and the
 * direction 1 it is the Wasserstein distance itself.
 *
 * @see Bonneel 2015, doi:10.1007/s10851-014-0506-3
 */
export function slicedWasserstein(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  return a.reduce((sum, own, d) => sum + wassersteinOfSorted(own, b[d] as Float64Array), 0) / a.length;
}
