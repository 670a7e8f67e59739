import { mean } from '../../core/sum.js';
import { studentQuantile } from '../../stats/distributions.js';
import type { Stage } from '../../study/types.js';
import type { LabelCounts } from './label-counts.js';
import { sumUnits } from './patient-units.js';
import { fractionAt, type FractionTransform, transformFractions } from './sample-fractions.js';
import { unitsOfStage } from './stage-units.js';

/** The share of one label at one stage, each patient weighing the same. */
export interface StageFraction {
  readonly label: string;
  readonly stage: Stage;
  readonly patients: readonly string[];
  /** Fraction in each patient. */
  readonly fractions: readonly number[];
  /** Plain mean of the fractions. */
  readonly mean: number;
  /**
   * The centre on the transformed scale, taken back, with its t interval over patients: it holds differences between
   * patients and the sampling of cells. Null with fewer than two patients.
   */
  readonly centre: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Fractions of every stage and label over patients. Stages in the order untreated, residual, relapse. */
export function stageFractions(
  counts: LabelCounts,
  nCells: ArrayLike<number>,
  options: { readonly level: number; readonly transform: FractionTransform },
): readonly StageFraction[] {
  const order: readonly Stage[] = ['untreated', 'residual', 'relapse'];
  return order.flatMap((stage) => {
    const units = unitsOfStage(counts.samples, nCells, stage);
    if (units.length === 0) return [];
    const table = sumUnits(counts.counts, counts.samples.length, units);
    const transformed = transformFractions(table, units.length, options.transform);
    const totals = units.map((_, u) => table.reduce((sum, n, k) => (k % units.length === u ? sum + n : sum), 0));
    return counts.labels.map((label, l) => {
      const row = [l * units.length, (l + 1) * units.length] as const;
      const fractions = Array.from(table.subarray(...row), (n, u) => n / (totals[u] as number));
      return {
        label,
        stage,
        patients: units.map((unit) => unit.patient),
        fractions,
        mean: mean(fractions),
        ...interval(transformed.subarray(...row), options),
      };
    });
  });
}

function interval(
  values: Float64Array,
  { level, transform }: { readonly level: number; readonly transform: FractionTransform },
): Pick<StageFraction, 'centre' | 'low' | 'high'> {
  const n = values.length;
  const centre = mean(values);
  if (n < 2) return { centre: fractionAt(centre, transform), low: null, high: null };
  const variance = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / (n - 1);
  const reach = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(variance / n);
  return {
    centre: fractionAt(centre, transform),
    low: fractionAt(centre - reach, transform),
    high: fractionAt(centre + reach, transform),
  };
}
