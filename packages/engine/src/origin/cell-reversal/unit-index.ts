import type { Estimate } from '../../core/method.js';
import type { Rng } from '../../core/rng.js';
import { mean } from '../../core/sum.js';
import { percentileInterval } from '../../stats/bootstrap.js';
import { normalQuantile, studentQuantile } from '../../stats/distributions.js';
import { quantile } from '../../stats/quantile.js';
import { contrastParts } from './deal-units.js';
import type { ContrastPart } from './types.js';

/** Mean position of every unit of the three stages; NaN for units without a cell that counts. */
export type UnitMeans = Readonly<Record<ContrastPart, readonly number[]>>;

/** One number per stage. */
type PerPart = Readonly<Record<ContrastPart, number>>;

const level = 0.9;
const upper = (1 + level) / 2;
const method = '90 % bootstrap over samples where a stage has two or more, over blocks of cells otherwise';

/**
 * Reversal index of mean positions on an axis that none of the cells had a part in, `1 − (r − u)/(p − u)`: 1 back at untreated,
 * 0 as residual. Every unit weighs the same. Because the axis is learned elsewhere both differences are unbiased, and
 * nothing is to be corrected.
 *
 * Interval: percentiles of draws of `n − 1` of the `n` units of each stage, which makes the variance of a mean unbiased however
 * small n is (Rao and Wu), moved away from the estimate by t/z with Satterthwaite's degrees of freedom, because that variance
 * is itself estimated from few units (Hesterberg's expansion, in length instead of in level).
 *
 * @returns `not-identifiable` where the shift from untreated to residual is not above zero at 5 %
 * @see Rao and Wu, doi:10.1080/01621459.1988.10478591; Hesterberg, doi:10.1080/00031305.2015.1089789
 */
export function unitIndex(units: UnitMeans, options: { readonly bootstraps: number }, rng: Rng): Estimate {
  const used = byPart((part) => units[part].filter(Number.isFinite));
  if (contrastParts.some((part) => used[part].length < 2)) {
    return unknown('fewer than two samples or blocks of cells in a stage');
  }
  const means = byPart((part) => mean(used[part]));
  const draws = Array.from({ length: options.bootstraps }, () => byPart((part) => drawnMean(used[part], rng)));
  const shift = means.to - means.from;
  const drawnLow = quantile(
    draws.map(({ from, to }) => to - from),
    1 - upper,
  );
  if (!(shift - expansion(used, { from: 1, to: 1, back: 0 }) * (shift - drawnLow) > 0)) {
    return unknown('residual cells differ from untreated ones by hardly more than the units of one stage do');
  }
  const value = indexOf(means);
  const { low, high } = percentileInterval(draws.map(indexOf), { level });
  const factor = expansion(used, { from: value, to: 1 - value, back: 1 });
  const away = (end: number | null): number | null => (end === null ? null : value + factor * (end - value));
  return { value, low: away(low), high: away(high), level, method, status: 'ok', reasons: [] };
}

function indexOf({ from, to, back }: PerPart): number {
  return 1 - (back - from) / (to - from);
}

function drawnMean(values: readonly number[], rng: Rng): number {
  const n = values.length - 1;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[rng.integer(values.length)] as number;
  return sum / n;
}

/** t/z for a sum of stage means with the given coefficients: Satterthwaite's degrees of freedom. */
function expansion(units: UnitMeans, coefficients: PerPart): number {
  let total = 0;
  let squared = 0;
  for (const part of contrastParts) {
    const values = units[part];
    const centre = mean(values);
    const squares = values.reduce((sum, x) => sum + (x - centre) * (x - centre), 0);
    const df = values.length - 1;
    const variance = (coefficients[part] * coefficients[part] * squares) / (df * values.length);
    total += variance;
    squared += (variance * variance) / df;
  }
  return squared > 0 ? studentQuantile(upper, (total * total) / squared) / normalQuantile(upper) : 1;
}

function unknown(reason: string): Estimate {
  return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons: [reason] };
}

function byPart<T>(of: (part: ContrastPart) => T): Readonly<Record<ContrastPart, T>> {
  return { from: of('from'), to: of('to'), back: of('back') };
}
