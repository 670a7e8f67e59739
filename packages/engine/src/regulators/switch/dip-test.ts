import { OptionError } from '../../core/errors.js';
import type { MethodInfo } from '../../core/method.js';
import { log } from '../../core/pinned-math.js';
import { dipLevels, dipQuantiles } from './dip-quantiles.js';

/** What {@link dipTest} is. */
export const dipTestInfo: MethodInfo = {
  id: 'dip-test',
  title: 'Dip test of one mode',
  version: '1.0.0',
  doi: ['10.1214/aos/1176346577'],
  input: 'numbers, at least four',
  output: 'dip and P value of one mode',
  random: false,
};

/** How far values are from having one mode. */
export interface DipTest {
  /** Largest distance between the empirical distribution and the nearest with one mode, 1 / (2n) to 1/4. */
  readonly dip: number;
  /** Upper tail under the uniform distribution, the least favourable with one mode; at least 0.001. */
  readonly pValue: number;
}

/** Smallest P value the table of quantiles can tell. */
export const leastDipPValue: number = 0.001;

/**
 * Hartigan's dip: the largest distance between the empirical distribution function and the distribution function with one mode
 * that is nearest to it. Within a shrinking modal interval the greatest convex minorant and the least concave majorant are
 * compared; the interval closes where they are furthest apart, and the dip is half the largest deviation met on the way.
 *
 * P values come from the quantiles of √n · dip in uniform samples (`reference/dip-test`), straight lines between them; between
 * sample sizes on the scale of ln n. Cost: one sort and a few passes.
 *
 * @param values - without missing values
 * @throws OptionError with fewer than four values
 * @see doi:10.1214/aos/1176346577; R `diptest`, Python `diptest` 0.12: the dip is equal, P values within the error of the tables
 */
export function dipTest(values: ArrayLike<number>): DipTest {
  if (values.length < 4) {
    throw new OptionError('A dip test needs at least four values.', { found: String(values.length) });
  }
  const x = Float64Array.from(values).sort();
  const dip = dipOf(x);
  return { dip, pValue: pValueOf(Math.sqrt(x.length) * dip, x.length) };
}

/** Positions in the sorted values where a bound touches the distribution function, rising. */
type Touches = readonly number[];

/** Deviations are counted in cells: F rises from i to i + 1 at value i. */
function dipOf(x: Float64Array): number {
  const n = x.length;
  let [low, high] = [0, n - 1];
  let most = 1;
  while (high > low && (x[high] as number) > (x[low] as number)) {
    const minorant = hull(x, low, high, 1);
    const majorant = hull(x, low, high, -1);
    const widest = widestGap(x, minorant, majorant);
    if (widest.gap <= most) break;
    const below = deviation(x, minorant, { from: low, to: widest.low, side: 1 });
    const above = deviation(x, majorant, { from: widest.high, to: high, side: -1 });
    most = Math.max(most, below, above);
    if (widest.low === low && widest.high === high) break;
    [low, high] = [widest.low, widest.high];
  }
  return most / (2 * n);
}

/** Corners of the convex minorant (side 1) or concave majorant (side −1) of the points (x_i, i), low … high. */
function hull(x: Float64Array, low: number, high: number, side: 1 | -1): Touches {
  const corners: number[] = [];
  for (let i = low; i <= high; i++) {
    while (corners.length > 1) {
      const b = corners[corners.length - 1] as number;
      const a = corners[corners.length - 2] as number;
      const turn = (b - a) * ((x[i] as number) - (x[b] as number)) - (i - b) * ((x[b] as number) - (x[a] as number));
      if (side * turn < 0) break;
      corners.pop();
    }
    corners.push(i);
  }
  return corners;
}

/** Where the majorant (over the upper ends of the jumps) is furthest above the minorant (under the lower ends). */
function widestGap(
  x: Float64Array,
  minorant: Touches,
  majorant: Touches,
): { readonly gap: number; readonly low: number; readonly high: number } {
  let found = { gap: 0, low: minorant[0] as number, high: majorant[majorant.length - 1] as number };
  let next = 0;
  for (const g of minorant) {
    while ((majorant[next] as number) < g) next++;
    const gap = heightAt(x, majorant, next, g) + 1 - g;
    if (gap > found.gap) found = { gap, low: g, high: majorant[next] as number };
  }
  next = 0;
  for (const l of majorant) {
    while ((minorant[next] as number) < l) next++;
    const gap = l + 1 - heightAt(x, minorant, next, l);
    if (gap > found.gap) {
      found = { gap, low: (minorant[next] === l ? l : minorant[next - 1]) as number, high: l };
    }
  }
  return found;
}

/** Height of a bound at value i, which lies on the piece that ends at corner `next`. */
function heightAt(x: Float64Array, corners: Touches, next: number, i: number): number {
  const to = corners[next] as number;
  if (to === i || next === 0) return to;
  const from = corners[next - 1] as number;
  const width = (x[to] as number) - (x[from] as number);
  return width > 0 ? from + ((to - from) * ((x[i] as number) - (x[from] as number))) / width : to;
}

/** Largest deviation of the distribution function from a bound within some positions. */
function deviation(
  x: Float64Array,
  corners: Touches,
  part: { readonly from: number; readonly to: number; readonly side: 1 | -1 },
): number {
  let most = 1;
  let next = 0;
  for (let i = part.from; i <= part.to; i++) {
    while ((corners[next] as number) < i) next++;
    const height = heightAt(x, corners, next, i);
    most = Math.max(most, part.side > 0 ? i + 1 - height : height + 1 - i);
  }
  return most;
}

function pValueOf(scaled: number, n: number): number {
  const row = quantilesFor(n);
  if (scaled <= (row[0] as number)) return 1 - (dipLevels[0] as number);
  for (let k = 1; k < row.length; k++) {
    const [a, b] = [row[k - 1] as number, row[k] as number];
    if (scaled > b) continue;
    const share = (scaled - a) / (b - a);
    const level = (dipLevels[k - 1] as number) + share * ((dipLevels[k] as number) - (dipLevels[k - 1] as number));
    return 1 - level;
  }
  return leastDipPValue;
}

/** The row of quantiles for a sample size: between two sizes on the scale of ln n, the nearest beyond them. */
function quantilesFor(n: number): readonly number[] {
  const above = dipQuantiles.findIndex((row) => row.n >= n);
  if (above < 0) return dipQuantiles[dipQuantiles.length - 1]?.quantiles ?? [];
  const to = dipQuantiles[above] as (typeof dipQuantiles)[number];
  const from = dipQuantiles[above - 1] ?? to;
  const share = from.n === to.n ? 1 : log(n / from.n) / log(to.n / from.n);
  return to.quantiles.map((q, k) => (1 - share) * (from.quantiles[k] as number) + share * q);
}
