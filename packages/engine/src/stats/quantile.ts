import { OptionError } from '../core/errors.js';
import { selectInPlace } from './select.js';

/**
 * Sample quantile by linear interpolation of the order statistics: with h = (n − 1) p, the value is
 * x(⌊h⌋) + (h − ⌊h⌋)(x(⌊h⌋ + 1) − x(⌊h⌋)), counting order statistics from zero.
 *
 * @param values - any order; missing numbers (NaN) are left out
 * @param p - probability, 0 to 1
 * @returns the quantile; NaN when no number is left
 * @throws OptionError when `p` is outside 0 to 1
 * @see R's `quantile(type = 7)`; doi:10.1080/00031305.1996.10473566
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new OptionError('A quantile needs a probability from 0 to 1.', { found: String(p) });
  }
  const present = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  return quantileInPlace(present, p, present.length);
}

/** The median; NaN when no number is left. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** `quantile` of the first `length` values of a scratch array without NaN, which is left in another order. */
export function quantileInPlace(values: Float64Array, p: number, length: number): number {
  if (length === 0) return NaN;
  const h = (length - 1) * p;
  const k = Math.floor(h);
  const low = selectInPlace(values, k, length);
  if (k === h) return low;
  let high = Infinity;
  for (let i = k + 1; i < length; i++) if ((values[i] as number) < high) high = values[i] as number;
  return low + (h - k) * (high - low);
}
