import gammaln from '@stdlib/math-base-special-gammaln';
import { exp, log, log1p } from '../core/pinned-math.js';
import { fUpper, studentQuantile, studentUpper } from './distributions.js';

/** Tails under this are taken from the continued fraction, which works on logarithms and cannot underflow. */
const smallTail = 1e-280;

/** ln P(F > f): like `fUpper`, but also where the probability itself would underflow to zero. */
export function logFUpper(f: number, df1: number, df2: number): number {
  const tail = fUpper(f, df1, df2);
  if (tail > smallTail || df2 === Infinity || Number.isNaN(tail)) return log(tail);
  const total = df1 * f + df2;
  return logBetaTail(df2 / total, (df1 * f) / total, df2 / 2, df1 / 2);
}

/** ln P(T > t) for Student's t with t ≥ 0 and finite degrees of freedom. */
export function logStudentUpper(t: number, df: number): number {
  const tail = studentUpper(t, df);
  if (tail > smallTail || !Number.isFinite(t)) return log(tail);
  const total = t * t + df;
  return logBetaTail(df / total, (t * t) / total, df / 2, 0.5) - Math.LN2;
}

/**
 * The t ≥ 0 with ln P(T > t) = `logTail`, by Newton steps in (ln t, ln P), where the tail is concave and the steps converge
 * from one side.
 *
 * @param logTail - at most ln ½
 */
export function studentUpperQuantile(logTail: number, df: number): number {
  if (logTail >= -Math.LN2) return 0;
  const tail = exp(logTail);
  let t = tail > smallTail ? -studentQuantile(tail, df) : Math.sqrt(-2 * logTail);
  const constant = gammaln((df + 1) / 2) - gammaln(df / 2) - 0.5 * log(df * Math.PI);
  for (let i = 0; i < 100; i++) {
    const current = logStudentUpper(t, df);
    const logDensity = constant - ((df + 1) / 2) * log1p((t * t) / df);
    const step = (current - logTail) / (t * exp(logDensity - current));
    t *= exp(step);
    if (Math.abs(step) < 1e-14) break;
  }
  return t;
}

/** ln I_x(a, b) by the continued fraction of the incomplete beta function, for x below its turning point; y = 1 − x. */
function logBetaTail(x: number, y: number, a: number, b: number): number {
  const front = a * log(x) + b * log(y) + gammaln(a + b) - gammaln(a) - gammaln(b) - log(a);
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front + log(fraction);
}
