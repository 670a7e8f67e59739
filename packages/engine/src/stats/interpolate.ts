/**
 * Straight-line interpolation through (x, y), constant beyond the ends. Equal x count once, with the mean of their y.
 * A table of equal-width cells finds the interval in constant time, so that millions of look-ups are cheap.
 *
 * @param x - increasing, finite, at least one value
 * @param y - one value per x
 * @returns a function of one number
 * @see R's `approxfun(rule = 2, ties = list("ordered", mean))`
 */
export function createInterpolator(x: Float64Array, y: Float64Array): (value: number) => number {
  const [knots, heights] = mergeTies(x, y);
  const last = knots.length - 1;
  const low = knots[0] as number;
  const high = knots[last] as number;
  const nCells = 4 * knots.length;
  const perUnit = high > low ? nCells / (high - low) : 0;
  const firstKnot = startOfCells(knots, low, perUnit, nCells);
  return (value) => {
    if (value <= low) return heights[0] as number;
    if (value >= high) return heights[last] as number;
    let i = firstKnot[Math.floor((value - low) * perUnit)] as number;
    while ((knots[i + 1] as number) <= value) i++;
    while ((knots[i] as number) > value) i--;
    const from = heights[i] as number;
    const share = (value - (knots[i] as number)) / ((knots[i + 1] as number) - (knots[i] as number));
    return from + ((heights[i + 1] as number) - from) * share;
  };
}

/** For each cell, the last knot at or before its left edge. */
function startOfCells(knots: Float64Array, low: number, perUnit: number, nCells: number): Int32Array {
  const start = new Int32Array(nCells + 1);
  let i = 0;
  for (let cell = 0; cell <= nCells; cell++) {
    const edge = perUnit === 0 ? low : low + cell / perUnit;
    while (i + 1 < knots.length && (knots[i + 1] as number) <= edge) i++;
    start[cell] = Math.min(i, Math.max(0, knots.length - 2));
  }
  return start;
}

function mergeTies(x: Float64Array, y: Float64Array): readonly [Float64Array, Float64Array] {
  const knots: number[] = [];
  const heights: number[] = [];
  for (let i = 0; i < x.length; ) {
    let sum = 0;
    let end = i;
    for (; end < x.length && x[end] === x[i]; end++) sum += y[end] as number;
    knots.push(x[i] as number);
    heights.push(sum / (end - i));
    i = end;
  }
  return [Float64Array.from(knots), Float64Array.from(heights)];
}
