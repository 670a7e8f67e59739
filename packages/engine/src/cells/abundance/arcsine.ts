import { cos, sin } from '../../core/pinned-math.js';

const halfPi = 1.5707963267948966;

/** Arcsine of the square root of a proportion, 0 to π/2, by Newton's method on the pinned sine (same bits in every host). */
export function arcsineSquareRoot(proportion: number): number {
  if (proportion > 0.5) return halfPi - arcsineSquareRoot(1 - proportion);
  const target = Math.sqrt(proportion);
  let angle = target * (1 + proportion / 6);
  for (let step = 0; step < 4; step++) angle -= (sin(angle) - target) / cos(angle);
  return angle;
}
