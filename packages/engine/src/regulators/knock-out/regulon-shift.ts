import { along, type PatientAxis } from './programme-axis.js';
import type { SignedTargets } from './random-regulons.js';

/** What a regulator adds to one patient under the linear model. */
export interface RegulonShift {
  /** Slope of the patient's effects on the signed weights: log2 per unit of weight. */
  readonly slope: number;
  /** The weights along the axis over the patient's distance: the share of it that a slope of one takes away. */
  readonly gain: number;
}

/** Mean and number of the known effects of one patient: what slopes are taken against. */
export interface EffectMoments {
  readonly n: number;
  readonly mean: number;
}

/** Moments of the known effects. */
export function effectMoments(effects: Float64Array): EffectMoments {
  let n = 0;
  let sum = 0;
  for (const value of effects) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
  }
  return { n, mean: sum / n };
}

/**
 * The univariate linear model of one patient: effects regressed on the signed weights over all genes, the mean effect taken
 * off; the regulator's contribution to a target is slope × weight.
 *
 * @param leftOut - position of a target that takes no part, for the jackknife; −1 for none
 */
export function regulonSlope(
  targets: SignedTargets,
  effects: Float64Array,
  { n, mean }: EffectMoments,
  leftOut = -1,
): number {
  let [sum, squares, product] = [0, 0, 0];
  for (let k = 0; k < targets.genes.length; k++) {
    if (k === leftOut) continue;
    const value = effects[targets.genes[k] as number] as number;
    if (Number.isNaN(value)) continue;
    const w = targets.weights[k] as number;
    sum += w;
    squares += w * w;
    product += w * (value - mean);
  }
  const spread = squares - (sum * sum) / n;
  return spread > 0 ? product / spread : NaN;
}

/** The weights along an axis. */
export function weightsAlong(targets: SignedTargets, axis: Float64Array, leftOut = -1): number {
  let sum = 0;
  for (let k = 0; k < targets.genes.length; k++) {
    if (k !== leftOut) sum += (targets.weights[k] as number) * (axis[targets.genes[k] as number] as number);
  }
  return sum;
}

/** Shift of one patient when the regulator's contribution is taken away. */
export function regulonShift(targets: SignedTargets, patient: PatientAxis, moments: EffectMoments): RegulonShift {
  return {
    slope: regulonSlope(targets, patient.effects, moments),
    gain: weightsAlong(targets, patient.axis) / patient.distance,
  };
}

/** The same where the contribution, one value per gene, is known. */
export function fractionAlong(contribution: Float64Array, { axis, distance }: PatientAxis): number {
  return along(contribution, axis) / distance;
}

/**
 * Standard error of the fraction by leaving out one target at a time: how much the answer hangs on single targets. Targets
 * that are regulated together make it too small.
 */
export function jackknifeError(targets: SignedTargets, patient: PatientAxis, moments: EffectMoments): number {
  const n = targets.genes.length;
  const values = Float64Array.from({ length: n }, (_, k) => {
    const slope = regulonSlope(targets, patient.effects, moments, k);
    return (slope * weightsAlong(targets, patient.axis, k)) / patient.distance;
  });
  const centre = values.reduce((a, b) => a + b, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(((n - 1) / n) * squares);
}
