import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import betaincinv from '@stdlib/math-base-special-kernel-betaincinv';
import gammaln from '@stdlib/math-base-special-gammaln';
import { log, log1p } from '../core/pinned-math.js';

/**
 * Tail probabilities and quantiles. Upper tails come from the complementary incomplete functions, never from `1 − cdf`,
 * so they keep their relative accuracy far out. Arguments outside the domain give NaN.
 */

/** Upper tail P(Z > z) of the standard normal. */
export function normalUpper(z: number): number {
  return 0.5 * erfc(z / Math.SQRT2);
}

/** Standard normal distribution function P(Z ≤ z). */
export function normalCdf(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/** Standard normal quantile of a lower-tail probability. */
export function normalQuantile(p: number): number {
  return -Math.SQRT2 * erfcinv(2 * p);
}

/** Two-sided P value of Student's t with `df` degrees of freedom (Infinity gives the normal). */
export function studentTwoSided(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return NaN;
  if (!Number.isFinite(t)) return 0;
  if (df === Infinity) return erfc(Math.abs(t) / Math.SQRT2);
  const t2 = t * t;
  // Near zero the complement is exact, while the upper tail of the library loses digits there.
  if (t2 < 0.25) return 1 - betainc(t2 / (df + t2), 0.5, df / 2, true, false);
  // The smaller of the two arguments keeps full relative accuracy: x near one would lose it.
  return t2 < df ? betainc(t2 / (df + t2), 0.5, df / 2, true, true) : betainc(df / (df + t2), df / 2, 0.5, true, false);
}

/** Upper tail P(T > t) of Student's t. */
export function studentUpper(t: number, df: number): number {
  const half = studentTwoSided(t, df) / 2;
  return t >= 0 ? half : 1 - half;
}

/** Student quantile of a lower-tail probability. */
export function studentQuantile(p: number, df: number): number {
  if (df === Infinity) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  const t = Math.sqrt(1 / fFromTails(2 * tail, 1 - 2 * tail, df, 1));
  return p < 0.5 ? -t : t;
}

/** Upper tail P(F > f) of the F distribution. */
export function fUpper(f: number, df1: number, df2: number): number {
  if (Number.isNaN(f)) return NaN;
  if (f <= 0) return 1;
  if (df2 === Infinity) return chiSquaredUpper(f * df1, df1);
  const x = (df1 * f) / (df1 * f + df2);
  return x < 0.5
    ? betainc(x, df1 / 2, df2 / 2, true, true)
    : betainc(df2 / (df1 * f + df2), df2 / 2, df1 / 2, true, false);
}

/** Upper tail P(X > x) of the chi-squared distribution. */
export function chiSquaredUpper(x: number, df: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true);
}

/** Chi-squared quantile of a lower-tail probability. */
export function chiSquaredQuantile(p: number, df: number): number {
  return 2 * gammaincinv(p, df / 2, false);
}

/** Beta quantile of a lower-tail probability. */
export function betaQuantile(p: number, a: number, b: number): number {
  return (betaincinv(a, b, p, 1 - p) as [number, number])[0];
}

/** Upper tail of the beta distribution. */
export function betaUpper(x: number, a: number, b: number): number {
  return betainc(x, a, b, true, true);
}

/** Distribution function P(F ≤ f) of the F distribution, accurate for small f. */
export function fCdf(f: number, df1: number, df2: number): number {
  if (f <= 0) return 0;
  if (df2 === Infinity) return gammainc((f * df1) / 2, df1 / 2, true, false);
  return fUpper(1 / f, df2, df1);
}

/** F quantile of a lower-tail probability. */
export function fQuantile(p: number, df1: number, df2: number): number {
  return df2 === Infinity ? chiSquaredQuantile(p, df1) / df1 : fFromTails(p, 1 - p, df1, df2);
}

/** F quantile of an upper-tail probability. */
export function fUpperQuantile(p: number, df1: number, df2: number): number {
  return df2 === Infinity ? (2 * gammaincinv(p, df1 / 2, true)) / df1 : fFromTails(1 - p, p, df1, df2);
}

/** F quantile from both its tails. Only the smaller of x and 1 − x comes out of the inverse with full relative accuracy. */
function fFromTails(lower: number, upper: number, df1: number, df2: number): number {
  const [x, y] = betaincinv(df1 / 2, df2 / 2, lower, upper) as [number, number];
  if (x <= 0.5) return (df2 * x) / (df1 * y);
  const [v, u] = betaincinv(df2 / 2, df1 / 2, upper, lower) as [number, number];
  return (df2 * u) / (df1 * v);
}

/** Natural logarithm of the density of the F distribution at f > 0. */
export function logFDensity(f: number, df1: number, df2: number): number {
  const a = df1 / 2;
  if (df2 === Infinity) return a * log(a) + (a - 1) * log(f) - a * f - gammaln(a);
  const b = df2 / 2;
  const constant = gammaln(a + b) - gammaln(a) - gammaln(b) + a * log(df1 / df2);
  return constant + (a - 1) * log(f) - (a + b) * log1p((df1 * f) / df2);
}

/** Natural logarithm of the gamma function, for x above zero. */
export function logGamma(x: number): number {
  return gammaln(x);
}
