import { OptionError, ShapeError } from '../core/errors.js';
import type { Warning } from '../core/method.js';
import { fitScaledF, type ScaledF } from './fit-scaled-f.js';
import { fitScaledFRobustly } from './fit-scaled-f-robust.js';

/** Options of `squeezeVariances`. */
export interface SqueezeOptions {
  /** Keeps outlying variances from widening the prior, and squeezes them less. Default false. */
  readonly robust?: boolean;
  /** Shares of the lower and the upper tail that are winsorised when robust. Default 0.05 and 0.1. */
  readonly winsorTail?: readonly [number, number];
}

/** Variances moved towards their common prior. */
export interface SqueezedVariances {
  /** Posterior variances. */
  readonly posterior: Float64Array;
  /** Prior variance s₀². */
  readonly prior: number;
  /** Prior degrees of freedom d₀; Infinity when the variances differ no more than chance. */
  readonly dfPrior: number;
  /** Prior degrees of freedom of each variance: all d₀, but lower for outliers when robust. */
  readonly dfPriorEach: Float64Array;
  readonly warnings: readonly Warning[];
}

/**
 * Empirical-Bayes shrinkage of variances: with s_g² ~ s₀² F(d_g, d₀), the posterior is
 * (d_g s_g² + d₀ s₀²) / (d_g + d₀). The hyperparameters come from the moments of log s², or with `robust` from their
 * winsorised moments, and then each variance has its own prior degrees of freedom.
 *
 * @param variances - zero or more; ignored where the degrees of freedom are zero
 * @param df - degrees of freedom, one per variance or one for all
 * @returns posterior variances and the prior
 * @throws ShapeError when lengths differ or no variance has degrees of freedom; OptionError for impossible winsor tails
 * @see doi:10.2202/1544-6115.1027, doi:10.1214/16-AOAS920; limma 3.54 `squeezeVar`
 */
export function squeezeVariances(
  variances: ArrayLike<number>,
  df: ArrayLike<number> | number,
  options: SqueezeOptions = {},
): SqueezedVariances {
  const { robust = false, winsorTail = [0.05, 0.1] } = options;
  const n = variances.length;
  const dfEach = typeof df === 'number' ? new Float64Array(n).fill(df) : Float64Array.from(df);
  checkInput(n, dfEach, winsorTail);
  const usable = Array.from({ length: n }, (_, i) => i).filter((i) => isUsable(variances[i], dfEach[i]));
  const kept = Float64Array.from(usable, (i) => variances[i] as number);
  const keptDf = Float64Array.from(usable, (i) => dfEach[i] as number);
  const prior = estimatePrior(kept, keptDf, robust, winsorTail);
  const dfPriorEach = new Float64Array(n).fill(prior.dfPrior);
  usable.forEach((i, k) => {
    dfPriorEach[i] = prior.dfPriorEach === null ? prior.dfPrior : (prior.dfPriorEach[k] as number);
  });
  const posterior = Float64Array.from(dfEach, (d, i) => {
    const d0 = dfPriorEach[i] as number;
    if (d0 === Infinity || !(d > 0)) return prior.scale;
    return (d * (variances[i] as number) + d0 * prior.scale) / (d + d0);
  });
  return { posterior, prior: prior.scale, dfPrior: prior.dfPrior, dfPriorEach, warnings: prior.warnings };
}

interface Prior extends ScaledF {
  readonly dfPriorEach: Float64Array | null;
}

function estimatePrior(
  variances: Float64Array,
  df: Float64Array,
  robust: boolean,
  winsorTail: readonly [number, number],
): Prior {
  if (variances.length === 0) {
    throw new ShapeError('No variance has residual degrees of freedom.', {
      hint: 'Each comparison needs replicates: more samples than coefficients in the design.',
    });
  }
  if (variances.length === 1) {
    return { scale: variances[0] as number, dfPrior: 0, dfPriorEach: null, warnings: [] };
  }
  return robust
    ? fitScaledFRobustly(variances, df, { winsorTail })
    : { ...fitScaledF(variances, df), dfPriorEach: null };
}

function isUsable(variance: number | undefined, df: number | undefined): boolean {
  return (
    variance !== undefined && df !== undefined && variance >= 0 && variance < Infinity && df > 1e-6 && df < Infinity
  );
}

function checkInput(n: number, df: Float64Array, winsorTail: readonly [number, number]): void {
  if (df.length !== n) {
    throw new ShapeError('There must be one number of degrees of freedom per variance.', {
      expected: String(n),
      found: String(df.length),
    });
  }
  const [low, high] = winsorTail;
  if (low >= 0 && high >= 0 && low + high < 1) return;
  throw new OptionError('The winsor tails must be shares that leave something between them.', {
    found: winsorTail.join(' and '),
  });
}
