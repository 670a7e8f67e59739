import { OptionError } from '../core/errors.js';
import { log, pow } from '../core/pinned-math.js';
import type { Rng } from '../core/rng.js';

/**
 * One draw from the gamma distribution with the given shape and scale 1 (mean = variance = shape), by Marsaglia and
 * Tsang's squeeze method: with d = shape − 1/3, c = 1/√(9d), z standard normal and v = (1 + cz)³, `d·v` is accepted when
 * ln u < z²/2 + d(1 − v + ln v). A shape below one is drawn as gamma(shape + 1) · u^(1/shape).
 *
 * @param rng - random stream; advanced by a variable number of draws
 * @param shape - greater than 0
 * @returns a number ≥ 0
 * @throws OptionError when the shape is not a positive finite number
 * @see doi:10.1145/358407.358414. Exact: no difference from the paper.
 */
export function randomGamma(rng: Rng, shape: number): number {
  if (!(shape > 0) || shape === Infinity) {
    throw new OptionError('A gamma distribution needs a positive shape.', { expected: '> 0', found: String(shape) });
  }
  if (shape < 1) return squeeze(rng, shape + 1) * pow(rng.uniform(), 1 / shape);
  return squeeze(rng, shape);
}

function squeeze(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = rng.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = rng.uniform();
    const z2 = z * z;
    if (u < 1 - 0.0331 * z2 * z2) return d * v;
    if (log(u) < 0.5 * z2 + d * (1 - v + log(v))) return d * v;
  }
}
