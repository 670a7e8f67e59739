import { OptionError, ShapeError } from '../core/errors.js';
import { selectInPlace } from './select.js';

/** Options of `lowess`. */
export interface LowessOptions {
  /** Share of the points that takes part in each local fit. Default 2/3. */
  readonly span?: number;
  /** Robustness passes after the first fit. Default 3. */
  readonly iterations?: number;
  /** Points closer than this to the last fitted one are interpolated. Default one hundredth of the range of x. */
  readonly delta?: number;
}

/** A smooth curve: x in increasing order and the fitted value at each. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** State of one smoothing, shared by its local fits. */
interface Smoothing {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly fitted: Float64Array;
  /** Robustness weights. */
  readonly robustness: Float64Array;
  readonly weights: Float64Array;
  readonly neighbours: number;
  readonly delta: number;
}

/**
 * Robust locally weighted linear regression: at each x a line is fitted to the nearest `span · n` points with tricube weights
 * (1 − (d/h)³)³, then refitted with bisquare weights (1 − (r/6 MAD)²)² on the residuals r.
 *
 * @param x - positions, any order
 * @param y - values at those positions
 * @returns the curve at every x, sorted; equal x keep their input order
 * @throws ShapeError when lengths differ or a number is missing; OptionError when the span is not within 0 to 1
 * @see doi:10.1080/01621459.1979.10481038; R's `lowess`, whose order of operations is kept so that last digits agree
 */
export function lowess(x: ArrayLike<number>, y: ArrayLike<number>, options: LowessOptions = {}): Curve {
  const { span = 2 / 3, iterations = 3 } = options;
  checkPoints(x, y);
  if (!(span > 0 && span <= 1)) throw new OptionError('The span of a smooth must be above 0 and at most 1.');
  const n = x.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (x[a] as number) - (x[b] as number) || a - b,
  );
  const sorted = Float64Array.from(order, (i) => x[i] as number);
  const state: Smoothing = {
    x: sorted,
    y: Float64Array.from(order, (i) => y[i] as number),
    fitted: new Float64Array(n),
    robustness: new Float64Array(n).fill(1),
    weights: new Float64Array(n),
    neighbours: Math.max(2, Math.min(n, Math.floor(span * n + 1e-7))),
    delta: options.delta ?? 0.01 * ((sorted[n - 1] as number) - (sorted[0] as number)),
  };
  if (n < 2) return { x: sorted, y: state.y };
  for (let pass = 0; pass <= iterations; pass++) {
    sweep(state, pass > 0);
    if (pass < iterations && !updateRobustness(state)) break;
  }
  return { x: sorted, y: state.fitted };
}

function checkPoints(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length || x.length === 0) {
    throw new ShapeError('A smooth needs as many x as y values, and at least one.', {
      found: `${String(x.length)} and ${String(y.length)}`,
    });
  }
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i]) && Number.isFinite(y[i])) continue;
    throw new ShapeError('A smooth cannot use missing or infinite values.', { row: i + 1 });
  }
}

/** One pass over x: fits where points are more than `delta` apart and joins the fits by straight lines. */
function sweep(state: Smoothing, robust: boolean): void {
  const { x, y, fitted, neighbours } = state;
  const n = x.length;
  let left = 0;
  let last = -1;
  let i = 0;
  while (last < n - 1) {
    while (left + neighbours < n && at(x, i) - at(x, left) > at(x, left + neighbours) - at(x, i)) left++;
    const value = fitAt(state, i, left, robust);
    fitted[i] = Number.isNaN(value) ? at(y, i) : value;
    interpolate(x, fitted, last, i);
    last = i;
    const cut = at(x, last) + state.delta;
    for (i = last + 1; i < n && at(x, i) <= cut; i++) {
      if (x[i] !== x[last]) continue;
      fitted[i] = at(fitted, last);
      last = i;
    }
    i = Math.max(last + 1, i - 1);
  }
}

/** The local line at x(i) over the points from `left` on; NaN when every weight is zero. */
function fitAt(state: Smoothing, i: number, left: number, robust: boolean): number {
  const { x, y, weights } = state;
  const n = x.length;
  const centre = at(x, i);
  const h = Math.max(centre - at(x, left), at(x, left + state.neighbours - 1) - centre);
  const end = tricubeWeights(state, centre, left, h, robust);
  let total = 0;
  for (let j = left; j < end; j++) total += at(weights, j);
  if (total <= 0) return NaN;
  let mean = 0;
  for (let j = left; j < end; j++) {
    weights[j] = at(weights, j) / total;
    mean += at(weights, j) * at(x, j);
  }
  if (h > 0) tilt(state, left, end, mean, centre - mean, at(x, n - 1) - at(x, 0));
  let value = 0;
  for (let j = left; j < end; j++) value += at(weights, j) * at(y, j);
  return value;
}

/** Weights from `left` on; returns the index behind the last point within reach, which may lie behind the neighbours for ties. */
function tricubeWeights(state: Smoothing, centre: number, left: number, h: number, robust: boolean): number {
  const { x, weights, robustness } = state;
  const far = 0.999 * h;
  const near = 0.001 * h;
  let j = left;
  for (; j < x.length; j++) {
    weights[j] = 0;
    const distance = Math.abs(at(x, j) - centre);
    if (distance <= far) {
      const ratio = distance / h;
      const fall = 1 - ratio * ratio * ratio;
      const weight = distance <= near ? 1 : fall * fall * fall;
      weights[j] = robust ? at(robustness, j) * weight : weight;
    } else if (at(x, j) > centre) break;
  }
  return j;
}

/** Turns the weights of a local mean into those of a local line, unless the points hardly spread. */
function tilt(state: Smoothing, left: number, end: number, mean: number, offset: number, range: number): void {
  const { x, weights } = state;
  let spread = 0;
  for (let j = left; j < end; j++) spread += at(weights, j) * (at(x, j) - mean) * (at(x, j) - mean);
  if (!(Math.sqrt(spread) > 0.001 * range)) return;
  const slope = offset / spread;
  for (let j = left; j < end; j++) weights[j] = at(weights, j) * (slope * (at(x, j) - mean) + 1);
}

function interpolate(x: Float64Array, fitted: Float64Array, from: number, to: number): void {
  if (from < 0 || from >= to - 1) return;
  const width = at(x, to) - at(x, from);
  for (let j = from + 1; j < to; j++) {
    const share = (at(x, j) - at(x, from)) / width;
    fitted[j] = share * at(fitted, to) + (1 - share) * at(fitted, from);
  }
}

/** Bisquare weights from the residuals; false when the fit is already exact. */
function updateRobustness(state: Smoothing): boolean {
  const { y, fitted, robustness, weights } = state;
  const n = y.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    robustness[i] = Math.abs(at(y, i) - at(fitted, i));
    total += at(robustness, i);
  }
  weights.set(robustness);
  const middle = Math.floor(n / 2);
  const upper = selectInPlace(weights, middle);
  const sixMads = n % 2 === 0 ? 3 * (upper + selectInPlace(weights, n - middle - 1)) : 6 * upper;
  if (sixMads < 1e-7 * (total / n)) return false;
  for (let i = 0; i < n; i++) {
    const ratio = at(robustness, i) / sixMads;
    const fall = 1 - ratio * ratio;
    robustness[i] = at(robustness, i) <= 0.001 * sixMads ? 1 : at(robustness, i) <= 0.999 * sixMads ? fall * fall : 0;
  }
  return true;
}

function at(values: Float64Array, i: number): number {
  return values[i] as number;
}
