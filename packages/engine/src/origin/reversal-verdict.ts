import type { Estimate } from '../core/method.js';

/** Whether a patient's relapse lies where its untreated samples were. */
export type ReversalVerdict = 'returned' | 'partial' | 'not returned' | 'inconclusive' | 'not testable';

/** An interval that ends below this shows that the relapse kept most of the shift. */
const keptMostOfTheShift = 0.5;

/**
 * Reads a verdict from the interval of a reversal index, by equivalence: **returned** when the whole interval lies within
 * `margin` of one; **not returned** when it ends below one half; **partial** when it lies above zero and ends below
 * `1 − margin`; otherwise **inconclusive**.
 */
export function reversalVerdict(index: Estimate, margin: number): Exclude<ReversalVerdict, 'not testable'> {
  const { low, high } = index;
  if (low === null || high === null) return 'inconclusive';
  if (low >= 1 - margin && high <= 1 + margin) return 'returned';
  if (high < keptMostOfTheShift) return 'not returned';
  if (low > 0 && high < 1 - margin) return 'partial';
  return 'inconclusive';
}
