import { exp } from '@remnant/engine';

/** A state fitted to the cells of one sample. */
export interface FittedState {
  /** Share of the cells of the figure: that of the state in its sample times that of the sample. */
  readonly share: number;
  readonly mean: number;
  /** Spread between the cells of the state and counting noise together. */
  readonly deviation: number;
}

/** Places along the axis a density is drawn at. */
export const densitySteps = 160;

const rootTwoPi = 2.5066282746310002;

/** The middles of equal steps over a range. */
export function stepsOver([low, high]: readonly [number, number], steps: number = densitySteps): readonly number[] {
  return Array.from({ length: steps }, (_, i) => low + ((i + 0.5) / steps) * (high - low));
}

/** Density of a sum of normal curves at `x`. */
export function fittedDensity(states: readonly FittedState[], x: number): number {
  return states.reduce((sum, { share, mean, deviation }) => {
    const z = (x - mean) / deviation;
    return sum + (share * exp(-0.5 * z * z)) / (deviation * rootTwoPi);
  }, 0);
}

/** Share of the values per unit, in equal steps over a range, averaged over neighbours; values outside are not drawn. */
export function histogram(
  values: readonly number[],
  range: readonly [number, number],
  steps: number,
): readonly number[] {
  const [low, high] = range;
  const shares = new Array<number>(steps).fill(0);
  const each = steps / ((high - low) * values.length);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * steps);
    if (bin >= 0 && bin < steps) shares[bin] = (shares[bin] as number) + each;
  }
  return smoothed(shares);
}

function smoothed(values: readonly number[]): readonly number[] {
  return values.map((value, i) => ((values[i - 1] ?? 0) + 2 * value + (values[i + 1] ?? 0)) / 4);
}

/** The range that holds all but the most extreme half per cent of every group at either end, and at least `least`. */
export function shownRange(
  groups: readonly (readonly number[])[],
  least: readonly [number, number],
): readonly [number, number] {
  const ends = groups
    .filter(({ length }) => length > 0)
    .map((values) => {
      const sorted = Float64Array.from(values).sort();
      const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
      return [at(0.005), at(0.995)] as const;
    });
  return [Math.min(least[0], ...ends.map(([low]) => low)), Math.max(least[1], ...ends.map(([, high]) => high))];
}
