import { OptionError } from '../core/errors.js';
import { quantile } from './quantile.js';

/** An interval from bootstrap draws. */
export interface BootstrapInterval {
  /** Null when fewer than half of the draws gave a number. */
  readonly low: number | null;
  readonly high: number | null;
  readonly level: number;
  /** Draws that gave a number, and all draws. */
  readonly nUsed: number;
  readonly nDraws: number;
}

/**
 * Percentile bootstrap interval: the (1 − level)/2 and (1 + level)/2 quantiles (type 7) of the draws. Draws that failed (NaN)
 * are left out; when they are more than half there is no interval.
 *
 * @param draws - the statistic of each bootstrap sample
 * @throws OptionError for a level outside 0 to 1
 * @see Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13
 */
export function percentileInterval(
  draws: ArrayLike<number>,
  options: { readonly level?: number } = {},
): BootstrapInterval {
  const { level = 0.95 } = options;
  if (!(level > 0 && level < 1))
    throw new OptionError('An interval level must be between 0 and 1.', { found: String(level) });
  const used = Float64Array.from(draws).filter((draw) => !Number.isNaN(draw));
  const enough = used.length > 0 && 2 * used.length >= draws.length;
  return {
    low: enough ? quantile(used, (1 - level) / 2) : null,
    high: enough ? quantile(used, (1 + level) / 2) : null,
    level,
    nUsed: used.length,
    nDraws: draws.length,
  };
}
