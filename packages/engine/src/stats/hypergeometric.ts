import gammaln from '@stdlib/math-base-special-gammaln';
import { OptionError } from '../core/errors.js';
import { exp, log, log1p } from '../core/pinned-math.js';

/** An urn: `population` items of which `marked` carry a mark, and `drawn` taken without replacement. */
export interface Urn {
  readonly population: number;
  readonly marked: number;
  readonly drawn: number;
}

/**
 * Upper tail P(X ≥ overlap) of the hypergeometric distribution: the over-representation test of a gene set.
 *
 * @param overlap - marked items among those drawn
 * @returns 0 to 1; under 1e-308 it is zero, see `logHypergeometricUpper`
 * @throws OptionError when the counts are no integers or do not fit the population
 * @see R's `phyper(overlap − 1, marked, population − marked, drawn, lower.tail = FALSE)`
 */
export function hypergeometricUpper(overlap: number, urn: Urn): number {
  return exp(logHypergeometricUpper(overlap, urn));
}

/** Natural logarithm of `hypergeometricUpper`, which does not underflow. */
export function logHypergeometricUpper(overlap: number, urn: Urn): number {
  checkUrn(overlap, urn);
  const { population, marked, drawn } = urn;
  const least = Math.max(0, drawn + marked - population);
  const most = Math.min(marked, drawn);
  if (overlap <= least) return 0;
  if (overlap > most) return -Infinity;
  // The side away from the mean is the short one; the other is its complement.
  if (overlap > (drawn * marked) / population) return logMass(overlap, urn) + log(relativeSum(overlap, most, urn));
  const below = overlap - 1;
  return log1p(-exp(logMass(below, urn)) * relativeSum(below, least, urn));
}

/** Sum of the masses from `from` to `to`, in units of the first. */
function relativeSum(from: number, to: number, { population, marked, drawn }: Urn): number {
  let term = 1;
  let sum = 1;
  for (let x = from; x < to && term > 1e-18 * sum; x++) {
    term *= ((marked - x) * (drawn - x)) / ((x + 1) * (population - marked - drawn + x + 1));
    sum += term;
  }
  for (let x = from; x > to && term > 1e-18 * sum; x--) {
    term *= (x * (population - marked - drawn + x)) / ((marked - x + 1) * (drawn - x + 1));
    sum += term;
  }
  return sum;
}

function logMass(x: number, { population, marked, drawn }: Urn): number {
  return logChoose(marked, x) + logChoose(population - marked, drawn - x) - logChoose(population, drawn);
}

function logChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}

function checkUrn(overlap: number, { population, marked, drawn }: Urn): void {
  const whole = [overlap, population, marked, drawn].every((count) => Number.isInteger(count) && count >= 0);
  if (whole && marked <= population && drawn <= population) return;
  throw new OptionError('An overlap test needs whole numbers, none above the population.', {
    found: `overlap ${String(overlap)}, population ${String(population)}, marked ${String(marked)}, drawn ${String(drawn)}`,
  });
}
