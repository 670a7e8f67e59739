import type { ShapeAdvantage, ShapeComparison } from './compare-shapes.js';
import { narrowSpread, type StateShape } from './state-models.js';

/** What can be said of the cells of a patient along the programme. */
export type ShapeVerdict = StateShape | 'cannot tell' | 'not testable';

/** Held-out advantages over the cells looked at. */
export type ShapeAdvantages = Pick<ShapeComparison, 'twoOverGraded' | 'mixtureOverGraded' | 'mixtureOverTwo'>;

/** A verdict with the reason it could not go further. */
export interface JudgedShape {
  readonly verdict: ShapeVerdict;
  readonly reason: string | null;
}

/** Standard errors that an advantage has to be above zero. */
const clearly = 2;
/** Least advantage per cell, natural logarithms: with fewer, a hundred cells would not add up to half a unit. */
const leastAdvantage = 0.005;
/** Least Ashman's D of two states. */
export const leastSeparation: number = 2;
/** Share of the full programme a graded spread is measured against where the cells have moved by less. */
const leastShift = 1 / 3;
/** P value below which more than one mode is seen in the cells as they are. */
const dipLimit = 0.01;

/** True when the first shape predicts held-out cells clearly better. */
export function isBetter({ perCell, standardError }: ShapeAdvantage): boolean {
  return perCell >= leastAdvantage && perCell >= clearly * standardError;
}

/** The advantage seen from the other side. */
export function reversed({ perCell, standardError }: ShapeAdvantage): ShapeAdvantage {
  return { perCell: -perCell, standardError };
}

/**
 * The verdict from held-out advantages alone. A mixture has to beat both others; two states have to beat one graded state, and
 * the mixture not beat them; a graded state has to beat two states, and the mixture not beat it. Else nothing can be told:
 * with shallow cells all three predict alike.
 */
export function shapeOf({
  twoOverGraded,
  mixtureOverGraded,
  mixtureOverTwo,
}: ShapeAdvantages): StateShape | 'cannot tell' {
  if (isBetter(mixtureOverGraded) && isBetter(mixtureOverTwo)) return 'mixture';
  if (isBetter(twoOverGraded) && !isBetter(mixtureOverTwo)) return 'two-state';
  if (isBetter(reversed(twoOverGraded)) && !isBetter(mixtureOverGraded)) return 'graded';
  return 'cannot tell';
}

/** What the verdict is checked against. */
export interface ShapeEvidence {
  readonly advantages: ShapeAdvantages;
  /** Ashman's D of the two-state fit. */
  readonly separation: number;
  /** Spread of the graded fit, and how far the cells have moved from the untreated ones. */
  readonly spread: number;
  readonly shift: number;
  readonly dipPValue: number;
}

/** The verdict, held back where separation, spread or the dip test speak against it. */
export function judgeShape(evidence: ShapeEvidence): JudgedShape {
  const verdict = shapeOf(evidence.advantages);
  const held = (reason: string): JudgedShape => ({ verdict: 'cannot tell', reason });
  const width = narrowSpread * Math.max(leastShift, Math.abs(evidence.shift));
  if (verdict === 'cannot tell') {
    return evidence.spread < width
      ? held('the cells under treatment are all in one narrow state')
      : held('the shapes predict held-out cells about equally well');
  }
  if (verdict !== 'graded' && evidence.separation < leastSeparation) {
    return held(`the two states are closer than ${String(leastSeparation)} (Ashman’s D)`);
  }
  if (verdict === 'graded' && evidence.spread < width) {
    return held('the cells under treatment are all in one narrow state');
  }
  if (verdict === 'graded' && evidence.dipPValue < dipLimit) {
    return held('one graded state predicts best, but the cells show more than one mode');
  }
  return { verdict, reason: null };
}
