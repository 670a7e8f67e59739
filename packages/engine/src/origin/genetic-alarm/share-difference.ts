import type { Estimate } from '../../core/method.js';
import { clopperPearson } from '../../stats/exact-binomial.js';

/** Cells of one kind among all cells. */
export interface Share {
  readonly n: number;
  readonly of: number;
}

/**
 * Difference of two shares (later minus earlier) with the interval that combines their exact intervals,
 *
 *   low = d − √((p₂ − l₂)² + (u₁ − p₁)²),  high = d + √((u₂ − p₂)² + (p₁ − l₁)²).
 *
 * Conservative, as the exact intervals are.
 *
 * @returns −1 to 1; `not-identifiable` where one side has no cells
 * @see Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10 with exact in place
 * of Wilson's limits
 */
export function shareDifference([before, after]: readonly [Share, Share], level: number): Estimate {
  const method = 'difference of shares, exact intervals combined (Newcombe)';
  if (before.of === 0 || after.of === 0) {
    const reasons = ['no cells on one side'];
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons };
  }
  const [p1, p2] = [clopperPearson(before.n, before.of, { level }), clopperPearson(after.n, after.of, { level })];
  const value = p2.estimate - p1.estimate;
  const low = value - Math.sqrt((p2.estimate - p2.low) ** 2 + (p1.high - p1.estimate) ** 2);
  const high = value + Math.sqrt((p2.high - p2.estimate) ** 2 + (p1.estimate - p1.low) ** 2);
  return { value, low, high, level, method, status: 'ok', reasons: [] };
}

/** A share with its exact interval. */
export function shareEstimate({ n, of }: Share, level: number): Estimate {
  const method = 'exact binomial interval';
  if (of === 0) {
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons: ['no cells'] };
  }
  const { estimate, low, high } = clopperPearson(n, of, { level });
  return { value: estimate, low, high, level, method, status: 'ok', reasons: [] };
}
