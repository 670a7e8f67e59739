/** Relative size under which what is left of a column counts as zero, as in R's `lm.fit`. */
const rankTolerance = 1e-7;

/** Working space of repeated least-squares problems: made once, overwritten by each solve, so the hot loop allocates nothing. */
export interface LeastSquares {
  readonly nColumns: number;
  /** Rows a column has room for: entry (i, j) of the model matrix is `x[j * stride + i]`. */
  readonly stride: number;
  /** Model matrix in; R above the diagonal and the reflections below it out. */
  readonly x: Float64Array;
  /** Response in; Qᵀy out. */
  readonly y: Float64Array;
  /** Out: estimates; NaN where the column is a combination of earlier ones. */
  readonly coefficients: Float64Array;
  /** Out: diagonal of (XᵀX)⁻¹; NaN where aliased. */
  readonly unscaledVariances: Float64Array;
  /** Out: R⁻¹ over the columns used, row-major with `nColumns` per row. */
  readonly inverse: Float64Array;
  /** Out: the columns used, in order. */
  readonly used: Int32Array;
  /** Out: diagonal of R. */
  readonly diagonal: Float64Array;
  /** Out: scale of each reflection I − scale · v vᵀ, whose v stands in X from the diagonal down. */
  readonly scales: Float64Array;
}

/** Working space for at most `maxRows` rows and exactly `nColumns` columns. */
export function createLeastSquares(maxRows: number, nColumns: number): LeastSquares {
  return {
    nColumns,
    stride: maxRows,
    x: new Float64Array(maxRows * nColumns),
    y: new Float64Array(maxRows),
    coefficients: new Float64Array(nColumns),
    unscaledVariances: new Float64Array(nColumns),
    inverse: new Float64Array(nColumns * nColumns),
    used: new Int32Array(nColumns),
    diagonal: new Float64Array(nColumns),
    scales: new Float64Array(nColumns),
  };
}

/**
 * Minimises |y − Xb|² over the first `nRows` rows by Householder reflections. A column whose remainder falls under 1e-7 of
 * its length is left out, like R's limited column pivoting does.
 *
 * @returns the rank; the residual sum of squares is then `tailSumOfSquares(work.y, rank, nRows)`
 */
export function solveLeastSquares(work: LeastSquares, nRows: number): number {
  const rank = factorise(work, nRows);
  solveFactorised(work, nRows, rank);
  return rank;
}

/** The part of `solveLeastSquares` that depends on X alone: reflections, triangle and its inverse. */
export function factorise(work: LeastSquares, nRows: number): number {
  const rank = triangularise(work, nRows);
  invertTriangle(work, rank);
  work.unscaledVariances.fill(NaN);
  const { inverse, nColumns, used } = work;
  for (let i = 0; i < rank; i++) {
    work.unscaledVariances[used[i] as number] = tailSumOfSquares(inverse, i * nColumns + i, i * nColumns + rank);
  }
  return rank;
}

/** The rest, for the response in `work.y`: may be repeated with other responses after one `factorise`. */
export function solveFactorised(work: LeastSquares, nRows: number, rank: number): void {
  const { inverse, nColumns, used, x, y, stride } = work;
  for (let k = 0; k < rank; k++) {
    reflect(x, (used[k] as number) * stride, y, 0, k, nRows, work.scales[k] as number);
  }
  work.coefficients.fill(NaN);
  for (let i = 0; i < rank; i++) {
    let estimate = 0;
    for (let k = i; k < rank; k++) estimate += (inverse[i * nColumns + k] as number) * (y[k] as number);
    work.coefficients[used[i] as number] = estimate;
  }
}

/** Sum of squares of `values[from]` … `values[to − 1]`. */
export function tailSumOfSquares(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (values[i] as number) * (values[i] as number);
  return sum;
}

/** (XᵀX)⁻¹ of the last solve, columns × columns, NaN in the rows and columns of aliased coefficients. */
export function unscaledCovariance(work: LeastSquares, rank: number): Float64Array {
  const { inverse, nColumns, used } = work;
  const covariance = new Float64Array(nColumns * nColumns).fill(NaN);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      let sum = 0;
      for (let k = Math.max(i, j); k < rank; k++) {
        sum += (inverse[i * nColumns + k] as number) * (inverse[j * nColumns + k] as number);
      }
      covariance[(used[i] as number) * nColumns + (used[j] as number)] = sum;
    }
  }
  return covariance;
}

function triangularise(work: LeastSquares, nRows: number): number {
  const { x, stride, nColumns, used, diagonal } = work;
  let rank = 0;
  for (let j = 0; j < nColumns; j++) {
    const column = j * stride;
    const above = tailSumOfSquares(x, column, column + rank);
    const below = tailSumOfSquares(x, column + rank, column + nRows);
    if (!(below > rankTolerance * rankTolerance * (above + below))) continue;
    const norm = Math.sqrt(below);
    const head = x[column + rank] as number;
    const pivot = head > 0 ? -norm : norm;
    x[column + rank] = head - pivot;
    // The reflection I − v vᵀ / (−pivot v₀) sends this column to (pivot, 0, …).
    const scale = 1 / (-pivot * (head - pivot));
    for (let k = j + 1; k < nColumns; k++) reflect(x, column, x, k * stride, rank, nRows, scale);
    work.scales[rank] = scale;
    used[rank] = j;
    diagonal[rank] = pivot;
    rank++;
  }
  return rank;
}

function reflect(
  v: Float64Array,
  vStart: number,
  target: Float64Array,
  start: number,
  from: number,
  to: number,
  scale: number,
): void {
  let dot = 0;
  for (let i = from; i < to; i++) dot += (v[vStart + i] as number) * (target[start + i] as number);
  dot *= scale;
  for (let i = from; i < to; i++) {
    target[start + i] = (target[start + i] as number) - dot * (v[vStart + i] as number);
  }
}

function invertTriangle(work: LeastSquares, rank: number): void {
  const { x, stride, nColumns, used, diagonal, inverse } = work;
  for (let k = 0; k < rank; k++) {
    inverse[k * nColumns + k] = 1 / (diagonal[k] as number);
    const column = (used[k] as number) * stride;
    for (let i = k - 1; i >= 0; i--) {
      let sum = 0;
      for (let m = i; m < k; m++) sum += (inverse[i * nColumns + m] as number) * (x[column + m] as number);
      inverse[i * nColumns + k] = -sum / (diagonal[k] as number);
    }
  }
}
