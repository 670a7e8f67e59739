import trigamma from '@stdlib/math-base-special-trigamma';

/**
 * The y with ψ′(y) = x, by Newton steps on 1/ψ′, which is convex and nearly straight, so that the iteration cannot overshoot.
 *
 * @param x - positive
 * @returns y > 0; NaN for a negative or missing x
 * @see doi:10.2202/1544-6115.1027, appendix; limma's `trigammaInverse`
 */
export function trigammaInverse(x: number): number {
  if (!(x >= 0)) return NaN;
  if (x > 1e7) return 1 / Math.sqrt(x);
  if (x < 1e-6) return 1 / x;
  let y = 0.5 + 1 / x;
  for (let i = 0; i < 50; i++) {
    const value = trigamma(y);
    const step = (value * (1 - value / x)) / tetragamma(y);
    y += step;
    if (-step / y < 1e-14) break;
  }
  return y;
}

/** ψ″(x) for x > 0: upward recurrence to x ≥ 12, then the asymptotic series. */
export function tetragamma(x: number): number {
  let sum = 0;
  let y = x;
  for (; y < 12; y++) sum -= 2 / (y * y * y);
  const r = 1 / (y * y);
  const tail = 1 / 2 - r * (1 / 6 - r * (1 / 6 - r * (3 / 10 - r * (5 / 6 - r * (691 / 210 - r * 17.5)))));
  return sum - r * (1 + 1 / y + r * tail);
}
