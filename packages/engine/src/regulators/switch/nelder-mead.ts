/** Options of {@link minimise}. */
export interface MinimiseOptions {
  /** First step along every parameter. */
  readonly step: number;
  /** Most evaluations of the function. */
  readonly mostEvaluations: number;
  /** Stops when the values at the corners differ by less. */
  readonly tolerance: number;
}

/** Where the search ended. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

interface Corner {
  readonly at: Float64Array;
  readonly value: number;
}

/**
 * Nelder and Mead's simplex search: reflection 1, expansion 2, contraction ½, shrinkage ½. Deterministic; needs no derivative.
 *
 * @param f - function to make small; a value that is not finite counts as very large
 * @see doi:10.1093/comjnl/7.4.308
 */
export function minimise(f: (at: Float64Array) => number, start: readonly number[], options: MinimiseOptions): Minimum {
  let evaluations = 0;
  const corner = (at: Float64Array): Corner => {
    evaluations++;
    const value = f(at);
    return { at, value: Number.isFinite(value) ? value : Number.MAX_VALUE };
  };
  let simplex = startingCorners(start, options.step).map(corner);
  while (evaluations < options.mostEvaluations) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0] as Corner;
    const worst = simplex[simplex.length - 1] as Corner;
    if (worst.value - best.value < options.tolerance) break;
    const centre = centreOf(simplex.slice(0, -1));
    const next = replacement(simplex, centre, corner);
    simplex =
      next === null
        ? [best, ...simplex.slice(1).map(({ at }) => corner(between(best.at, at, 0.5)))]
        : [...simplex.slice(0, -1), next];
  }
  return simplex.reduce((a, b) => (b.value < a.value ? b : a));
}

/** What takes the place of the worst corner; null when the simplex has to shrink. */
function replacement(
  sorted: readonly Corner[],
  centre: Float64Array,
  corner: (at: Float64Array) => Corner,
): Corner | null {
  const best = sorted[0] as Corner;
  const second = sorted[sorted.length - 2] as Corner;
  const worst = sorted[sorted.length - 1] as Corner;
  const reflected = corner(between(centre, worst.at, -1));
  if (reflected.value < best.value) {
    const expanded = corner(between(centre, worst.at, -2));
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const outside = reflected.value < worst.value;
  const contracted = corner(between(centre, outside ? reflected.at : worst.at, 0.5));
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
}

function startingCorners(start: readonly number[], step: number): Float64Array[] {
  const origin = Float64Array.from(start);
  return [origin, ...start.map((_, i) => origin.map((value, j) => (i === j ? value + step : value)))];
}

function centreOf(corners: readonly Corner[]): Float64Array {
  const size = (corners[0] as Corner).at.length;
  return Float64Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (const { at } of corners) sum += at[i] as number;
    return sum / corners.length;
  });
}

/** `from + t (to − from)`. */
function between(from: Float64Array, to: Float64Array, t: number): Float64Array {
  return from.map((value, i) => value + t * ((to[i] as number) - value));
}
