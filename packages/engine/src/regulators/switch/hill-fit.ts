import { exp, log } from '../../core/pinned-math.js';
import { minimise } from './nelder-mead.js';

/** Points of a response, each with how much it weighs. */
export interface ResponsePoints {
  /** Regulator level, above zero. */
  readonly level: Float64Array;
  readonly response: Float64Array;
  readonly weight: Float64Array;
}

/** `y = low + (high − low) x^h / (x^h + K^h)`. */
export interface HillFit {
  readonly low: number;
  readonly high: number;
  readonly halfLevel: number;
  readonly hill: number;
  /** Weighted sum of squared residuals. */
  readonly residual: number;
}

/** Largest Hill coefficient that is looked for: beyond it a curve is a step. */
export const largestHill: number = 32;
/** Smallest Hill coefficient that is looked for. */
export const leastHill: number = 1 / 8;

/**
 * Least squares of the Hill curve. For given K and h the curve is linear in its ends, so only ln K and ln h are searched; K is
 * held within the levels, without which one end of the curve has no data.
 */
export function hillFit(points: ResponsePoints): HillFit {
  const range = rangeOf(points.level);
  const at = (p: Float64Array): { halfLevel: number; hill: number } => ({
    halfLevel: exp(Math.min(log(range.most), Math.max(log(range.least), p[0] as number))),
    hill: exp(Math.min(log(largestHill), Math.max(log(leastHill), p[1] as number))),
  });
  const lack = (p: Float64Array): number => endsOf(points, at(p)).residual;
  const middle = (log(range.least) + log(range.most)) / 2;
  const tries = [0, log(3), log(8)].map((hill) =>
    minimise(lack, [middle, hill], { step: 0.3, mostEvaluations: 120, tolerance: 1e-10 }),
  );
  const best = tries.reduce((a, b) => (b.value < a.value ? b : a));
  const curve = at(best.at);
  return { ...curve, ...endsOf(points, curve) };
}

/** The straight line of least squares. */
export function lineFit({ level, response, weight }: ResponsePoints): {
  readonly intercept: number;
  readonly slope: number;
  readonly residual: number;
} {
  const { intercept, slope, residual } = weightedLine(level, response, weight);
  return { intercept, slope, residual };
}

/** Weighted sum of squares about the weighted mean: the residual of no response at all. */
export function flatResidual({ response, weight }: ResponsePoints): number {
  const total = weight.reduce((a, b) => a + b, 0);
  const mean = response.reduce((sum, y, i) => sum + (weight[i] as number) * y, 0) / total;
  return response.reduce((sum, y, i) => sum + (weight[i] as number) * (y - mean) ** 2, 0);
}

/** Height of a Hill curve. */
export function hillAt({ low, high, halfLevel, hill }: Omit<HillFit, 'residual'>, level: number): number {
  return low + (high - low) * occupied(level, halfLevel, hill);
}

function occupied(level: number, halfLevel: number, hill: number): number {
  return 1 / (1 + exp(-hill * log(level / halfLevel)));
}

function endsOf(
  { level, response, weight }: ResponsePoints,
  { halfLevel, hill }: { readonly halfLevel: number; readonly hill: number },
): { low: number; high: number; residual: number } {
  const x = level.map((value) => occupied(value, halfLevel, hill));
  const { intercept, slope, residual } = weightedLine(x, response, weight);
  return { low: intercept, high: intercept + slope, residual };
}

function weightedLine(
  x: Float64Array,
  y: Float64Array,
  w: Float64Array,
): { intercept: number; slope: number; residual: number } {
  const total = w.reduce((a, b) => a + b, 0);
  const average = (values: Float64Array): number =>
    values.reduce((sum, value, i) => sum + (w[i] as number) * value, 0) / total;
  const [mx, my] = [average(x), average(y)];
  let [xx, xy, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    const [dx, dy] = [value - mx, (y[i] as number) - my];
    xx += (w[i] as number) * dx * dx;
    xy += (w[i] as number) * dx * dy;
    yy += (w[i] as number) * dy * dy;
  });
  const slope = xx > 0 ? xy / xx : 0;
  return { intercept: my - slope * mx, slope, residual: Math.max(0, yy - slope * xy) };
}

function rangeOf(values: Float64Array): { readonly least: number; readonly most: number } {
  return {
    least: values.reduce((a, b) => Math.min(a, b), Infinity),
    most: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}
