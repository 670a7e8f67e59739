import { OptionError } from '../../core/errors.js';
import { exp, log } from '../../core/pinned-math.js';
import { median } from '../../stats/quantile.js';

/** Options of {@link madLimits}. */
export interface MadLimitsOptions {
  /** Median absolute deviations between the median and a limit. */
  readonly deviations: number;
  /** `log`: median and deviation are taken of log values, and the limits turned back. */
  readonly scale: 'linear' | 'log';
}

/** Limits from the median absolute deviation. A value on a limit is not an outlier. */
export interface MadLimits {
  /** On the scale of the values; NaN when no value is given. */
  readonly low: number;
  readonly high: number;
  /** Median, on the scale of the values. */
  readonly median: number;
  /** 1.4826 × median |x − median|, on the scale it was computed on (natural logarithm for `log`). */
  readonly mad: number;
}

/** Makes the MAD of a normal sample estimate its standard deviation: 1 / Φ⁻¹(3/4), to R's four decimals. */
const normalConsistency = 1.4826;

/**
 * `median ± deviations · MAD`, with `MAD = 1.4826 · median |x − median|`. On the log scale zeros are −∞.
 *
 * @param values - any order; NaN is left out
 * @throws OptionError when `deviations` is not above zero
 * @see `scuttle::isOutlier` 1.8 (doi:10.1093/bioinformatics/btw777, doi:10.1016/j.jesp.2013.03.013): same limits for the same values;
 * an outlier lies strictly outside them
 */
export function madLimits(values: ArrayLike<number>, { deviations, scale }: MadLimitsOptions): MadLimits {
  if (!(deviations > 0)) throw new OptionError('Option deviations must be above zero.', { found: String(deviations) });
  const scaled = scale === 'log' ? Float64Array.from(values, log) : Float64Array.from(values);
  const centre = median(scaled);
  const mad = normalConsistency * median(scaled.map((value) => Math.abs(value - centre)));
  const back = scale === 'log' ? exp : (value: number): number => value;
  return { low: back(centre - deviations * mad), high: back(centre + deviations * mad), median: back(centre), mad };
}
