import { exp, log } from '@remnant/engine';

/** Points of a response with their weights. */
export interface WeightedPoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

/** The shape of a fitted Hill curve, as a table holds it. */
export interface HillShape {
  readonly hill: number;
  readonly halfLevel: number;
}

/**
 * The Hill curve of that coefficient and half level through the points: its two ends by weighted least squares, in which the
 * curve is linear.
 */
export function hillCurve(points: readonly WeightedPoint[], shape: HillShape): (x: number) => number {
  const { intercept, slope } = weightedLine(points.map((point) => ({ ...point, x: occupied(point.x, shape) })));
  return (x) => intercept + slope * occupied(x, shape);
}

/** `x^h / (x^h + K^h)`. */
function occupied(x: number, { hill, halfLevel }: HillShape): number {
  return x > 0 ? 1 / (1 + exp(-hill * log(x / halfLevel))) : 0;
}

function weightedLine(points: readonly WeightedPoint[]): { readonly intercept: number; readonly slope: number } {
  const sum = (pick: (point: WeightedPoint) => number): number =>
    points.reduce((total, point) => total + point.weight * pick(point), 0);
  const total = sum(() => 1);
  const [mx, my] = [sum(({ x }) => x) / total, sum(({ y }) => y) / total];
  const xx = sum(({ x }) => (x - mx) * (x - mx));
  const slope = xx > 0 ? sum(({ x, y }) => (x - mx) * (y - my)) / xx : 0;
  return { intercept: my - slope * mx, slope };
}
