import { exp, log, sin } from '../../core/pinned-math.js';
import { clopperPearson } from '../../stats/exact-binomial.js';
import type { Stage } from '../../study/types.js';
import { arcsineSquareRoot } from './arcsine.js';
import type { LabelCounts } from './label-counts.js';

/** The scale on which fractions are compared. */
export type FractionTransform = 'logit' | 'arcsine';

/** The share of one label in one sample. */
export interface SampleFraction {
  readonly label: string;
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  readonly nCells: number;
  /** Labelled cells of the sample. */
  readonly total: number;
  /** NaN for a sample without labelled cells. */
  readonly fraction: number;
  /** Exact binomial interval: it holds the sampling of cells from this sample, not of tumours. */
  readonly low: number;
  readonly high: number;
}

/** Fractions of every sample and label, sample by sample. */
export function sampleFractions({ labels, samples, counts }: LabelCounts, level: number): readonly SampleFraction[] {
  const countOf = (label: number, sample: number): number => counts[label * samples.length + sample] as number;
  return samples.flatMap(({ sample, patient, stage }, s) => {
    const total = labels.reduce((sum, _, l) => sum + countOf(l, s), 0);
    return labels.map((label, l) => {
      const nCells = countOf(l, s);
      const { estimate: fraction, low, high } = clopperPearson(nCells, total, { level });
      return { label, sample, patient, stage, nCells, total, fraction, low, high };
    });
  });
}

/**
 * Counts of units as transformed fractions, labels × units. `logit`: ln(q / (1 − q)) with q = (n + ½) / (N + L/2) over L
 * labels. `arcsine`: arcsin √(n / N).
 *
 * @see speckle's `getTransformedProps`
 */
export function transformFractions(counts: Float64Array, nUnits: number, transform: FractionTransform): Float64Array {
  const nLabels = counts.length / nUnits;
  const totals = new Float64Array(nUnits);
  for (let k = 0; k < counts.length; k++) totals[k % nUnits] = (totals[k % nUnits] as number) + (counts[k] as number);
  return counts.map((count, k) => {
    const total = totals[k % nUnits] as number;
    if (transform === 'arcsine') return arcsineSquareRoot(count / total);
    return log((count + 0.5) / (total + nLabels / 2 - count - 0.5));
  });
}

/** The fraction a transformed one stands for. */
export function fractionAt(value: number, transform: FractionTransform): number {
  if (transform === 'logit') return 1 / (1 + exp(-value));
  const clipped = Math.max(0, Math.min(1.5707963267948966, value));
  return sin(clipped) * sin(clipped);
}
