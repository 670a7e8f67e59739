import { ShapeError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { normalUpper } from '../stats/distributions.js';
import type { ActivityScores } from './activity-input.js';

/** What the consensus is. */
export const consensusInfo: MethodInfo = {
  id: 'regulator-consensus',
  title: 'Consensus of regulator activities over methods',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016'],
  input: 'activities of the same regulators and columns by several methods',
  output: 'mean of the methods’ scaled scores; P from the standard normal',
  random: false,
};

/**
 * Consensus activity: within each method and column the positive and the negative scores are scaled apart, each by the
 * standard deviation of the scores and their mirror images, `z = x / √(2 Σx² / (2m − 1))` over the m scores of that sign;
 * the consensus is the mean of z over the methods, with the two-sided P value of the standard normal.
 *
 * @param activities - at least one method; the published pipeline uses ULM, MLM and norm_wsum
 * @returns consensus scores; a method without a score for a regulator is left out of that regulator's mean
 * @throws ShapeError when the activities are of different regulators or columns
 * @see doi:10.1093/bioadv/vbac016; decoupleR 2.4 `run_consensus`, equal to rounding when no score is exactly zero. A zero
 *   counts here as zero in the mean and in neither scale; decoupleR puts it into the negative group and averages it twice.
 */
export function consensus(activities: readonly ActivityScores[]): ActivityScores {
  const first = activities[0];
  if (first === undefined) throw new ShapeError('A consensus needs the activities of at least one method.');
  for (const other of activities) requireSameShape(first, other);
  const width = first.names.length;
  const scaled = activities.map((activity) => scaleBySign(activity.scores, width));
  const scores = first.scores.map((_, i) => meanOfFinite(scaled, i));
  const pValues = scores.map((score) => 2 * normalUpper(Math.abs(score)));
  return { method: 'consensus', regulators: first.regulators, names: first.names, scores, pValues };
}

function scaleBySign(scores: Float64Array, width: number): Float64Array {
  const scaled = new Float64Array(scores.length);
  for (let column = 0; column < width; column++) {
    const up = mirroredSd(scores, width, column, 1);
    const down = mirroredSd(scores, width, column, -1);
    for (let i = column; i < scores.length; i += width) {
      const score = scores[i] as number;
      scaled[i] = score === 0 ? 0 : score / (score > 0 ? up : down);
    }
  }
  return scaled;
}

function mirroredSd(scores: Float64Array, width: number, column: number, sign: number): number {
  let squares = 0;
  let count = 0;
  for (let i = column; i < scores.length; i += width) {
    const score = scores[i] as number;
    if (!(score * sign > 0)) continue;
    squares += score * score;
    count++;
  }
  return Math.sqrt((2 * squares) / (2 * count - 1));
}

function meanOfFinite(scaled: readonly Float64Array[], i: number): number {
  const values = scaled.map((column) => column[i] as number).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function requireSameShape(first: ActivityScores, other: ActivityScores): void {
  const same =
    first.names.length === other.names.length &&
    first.regulators.length === other.regulators.length &&
    first.regulators.every((regulator, r) => regulator === other.regulators[r]);
  if (same) return;
  throw new ShapeError(
    `The activities of ${first.method} and ${other.method} are not of the same regulators and columns.`,
  );
}
