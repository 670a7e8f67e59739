import digamma from '@stdlib/math-base-special-digamma';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { Warning } from '../core/method.js';
import { exp, log } from '../core/pinned-math.js';
import { mean, pairwiseSum } from '../core/sum.js';
import { median } from './quantile.js';
import { trigammaInverse } from './trigamma-inverse.js';

/** A scaled F distribution: variances are `scale` times F with their own and the prior's degrees of freedom. */
export interface ScaledF {
  readonly scale: number;
  readonly dfPrior: number;
  readonly warnings: readonly Warning[];
}

/**
 * Moment estimate of s² ~ s₀² F(d, d₀) on the log scale. With e = ln s² − ψ(d/2) + ln(d/2), d₀ solves
 * ψ′(d₀/2) = var(e) − mean ψ′(d/2) and ln s₀² = mean(e) + ψ(d₀/2) − ln(d₀/2); when the right side is not positive, d₀ is
 * infinite and s₀² the mean variance. Variances under 10⁻⁵ of the median are raised to it.
 *
 * @param variances - at least two, zero or more
 * @param df - degrees of freedom, above zero
 * @see doi:10.2202/1544-6115.1027, section 6.2; limma 3.54 `fitFDist`
 */
export function fitScaledF(variances: Float64Array, df: Float64Array): ScaledF {
  const n = variances.length;
  const [floor, warnings] = smallestVariance(variances);
  const raised = variances.map((variance) => Math.max(variance, floor));
  const expected = new Map([...new Set(df)].map((d) => [d, logChiSquaredMoments(d)]));
  const of = (i: number): LogMoments => expected.get(df[i] as number) as LogMoments;
  const e = raised.map((variance, i) => log(variance) - of(i).mean);
  const centre = mean(e);
  const sampling = mean(df.map((_, i) => of(i).variance));
  const excess = pairwiseSum(e.map((value) => (value - centre) * (value - centre))) / (n - 1) - sampling;
  if (!(excess > 0)) return { scale: mean(raised), dfPrior: Infinity, warnings };
  const half = trigammaInverse(excess);
  return { scale: exp(centre + digamma(half) - log(half)), dfPrior: 2 * half, warnings };
}

interface LogMoments {
  readonly mean: number;
  readonly variance: number;
}

/** Mean and variance of ln(χ²_d / d). */
function logChiSquaredMoments(d: number): LogMoments {
  return { mean: digamma(d / 2) - log(d / 2), variance: trigamma(d / 2) };
}

function smallestVariance(variances: Float64Array): readonly [number, readonly Warning[]] {
  const middle = median(variances);
  if (middle === 0) {
    const message = 'More than half of the residual variances are zero: moderated statistics are unreliable.';
    return [1e-5, [{ code: 'zero-variances', message }]];
  }
  const nZero = variances.reduce((count, variance) => count + (variance === 0 ? 1 : 0), 0);
  const message = `${String(nZero)} residual variances are zero and were raised to 1e-5 of the median.`;
  return [1e-5 * middle, nZero > 0 ? [{ code: 'zero-variances', message }] : []];
}
