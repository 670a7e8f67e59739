import { createExpressionMatrix } from '../../data/expression.js';
import { fitContrasts } from '../../stats/contrasts.js';
import { contrastVector, groupDesign } from '../../stats/design-matrix.js';
import { studentQuantile, studentTwoSided } from '../../stats/distributions.js';
import { moderate } from '../../stats/empirical-bayes.js';
import { fitLinearModels, type LinearFit } from '../../stats/linear-models.js';
import { benjaminiHochberg } from '../../stats/multiple-testing.js';
import type { LabelCounts } from './label-counts.js';
import { type ComparedStages, type PatientUnit, sumUnits } from './patient-units.js';
import { type FractionTransform, transformFractions } from './sample-fractions.js';

/** Whether the fraction of one label differs between the stages. */
export interface LabelTest {
  readonly label: string;
  readonly status: 'ok' | 'not-identifiable';
  /** Why the label was not tested; null when it was. */
  readonly reason: string | null;
  /** Cells of the label in the compared units. */
  readonly nCells: number;
  /** Mean fraction over patients at `from` and at `to`, and their ratio. */
  readonly meanFrom: number;
  readonly meanTo: number;
  readonly ratio: number;
  /** Change of the transformed fraction (logit: log odds ratio), with its interval. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly t: number;
  readonly pValue: number;
  /** Benjamini–Hochberg over the tested labels. */
  readonly pAdjusted: number;
  /** +1 more, −1 fewer, 0 not called. */
  readonly direction: -1 | 0 | 1;
}

/** The units whose fractions are compared. */
export interface ComparedUnits {
  readonly counts: LabelCounts;
  readonly units: readonly PatientUnit[];
  readonly contrast: ComparedStages;
}

/** How labels are tested. */
export interface LabelTestOptions {
  readonly design: 'paired' | 'unpaired' | null;
  readonly transform?: FractionTransform;
  readonly level?: number;
  readonly fdr?: number;
  readonly minimumCells?: number;
}

/** Fewest labels whose variances are shared: fractions of two labels are complementary, and have one variance. */
const fewestModerated = 3;

/** Tests every label that has enough cells. */
export function testLabels(compared: ComparedUnits, options: LabelTestOptions): readonly LabelTest[] {
  const { counts, units } = compared;
  const table = sumUnits(counts.counts, counts.samples.length, units);
  const reasons = counts.labels.map((_, l) => whyNotTested(rowOf(table, units.length, l), units, options));
  const tested = reasons.flatMap((reason, l) => (reason === null ? [l] : []));
  const statistics = tested.length === 0 ? null : fitLabels(compared, table, tested, options);
  return counts.labels.map((label, l) => {
    const row = rowOf(table, units.length, l);
    const described = { label, nCells: row.reduce((sum, n) => sum + n, 0), ...meanFractions(row, table, compared) };
    const at = tested.indexOf(l);
    if (statistics === null || at < 0) return { ...described, ...untested(reasons[l] ?? null) };
    return { ...described, status: 'ok', reason: null, ...readTest(statistics, at, options) };
  });
}

interface LabelStatistics {
  readonly effect: Float64Array;
  readonly t: Float64Array;
  readonly df: Float64Array;
  readonly pValue: Float64Array;
  readonly pAdjusted: Float64Array;
}

function fitLabels(
  { counts, units, contrast: { from, to } }: ComparedUnits,
  table: Float64Array,
  tested: readonly number[],
  { design: kind, transform = 'logit' }: LabelTestOptions,
): LabelStatistics {
  const transformed = transformFractions(table, units.length, transform);
  const values = Float64Array.from(tested.flatMap((l) => Array.from(rowOf(transformed, units.length, l))));
  const design = groupDesign([
    { name: 'stage', levels: units.map((unit) => unit.stage), reference: from },
    ...(kind === 'paired' ? [{ name: 'patient', levels: units.map((unit) => unit.patient) }] : []),
  ]);
  const labels = tested.map((l) => counts.labels[l] as string);
  const names = units.map((unit) => `${unit.patient} ${unit.stage}`);
  const weights = contrastVector(design, { [`stage${to}`]: 1, [`stage${from}`]: -1 });
  const contrasts = [{ name: `${to} − ${from}`, weights }];
  const fit = fitContrasts(fitLinearModels(createExpressionMatrix(labels, names, values), design), contrasts);
  const { t, df, pValue } = tested.length < fewestModerated ? ordinary(fit) : moderated(fit);
  return { effect: fit.coefficients, t, df, pValue, pAdjusted: benjaminiHochberg(pValue) };
}

function moderated(fit: LinearFit): Pick<LabelStatistics, 't' | 'df' | 'pValue'> {
  const { t, pValue, dfTotal } = moderate(fit, { robust: true });
  return { t, pValue, df: dfTotal };
}

function ordinary(fit: LinearFit): Pick<LabelStatistics, 't' | 'df' | 'pValue'> {
  const t = fit.coefficients.map((effect, l) => effect / (fit.stdevUnscaled[l] as number) / (fit.sigma[l] as number));
  return { t, df: fit.dfResidual, pValue: t.map((value, l) => studentTwoSided(value, fit.dfResidual[l] as number)) };
}

function readTest(
  { effect, t, df, pValue, pAdjusted }: LabelStatistics,
  at: number,
  { level = 0.95, fdr = 0.05 }: LabelTestOptions,
): Pick<LabelTest, 'effect' | 'low' | 'high' | 't' | 'pValue' | 'pAdjusted' | 'direction'> {
  const change = effect[at] as number;
  const standardError = change === 0 ? 0 : change / (t[at] as number);
  const reach = studentQuantile((1 + level) / 2, df[at] as number) * standardError;
  return {
    effect: change,
    low: change - reach,
    high: change + reach,
    t: t[at] as number,
    pValue: pValue[at] as number,
    pAdjusted: pAdjusted[at] as number,
    direction: (pAdjusted[at] as number) > fdr ? 0 : change > 0 ? 1 : -1,
  };
}

function meanFractions(
  row: Float64Array,
  table: Float64Array,
  { units, contrast }: ComparedUnits,
): Pick<LabelTest, 'meanFrom' | 'meanTo' | 'ratio'> {
  const totals = units.map((_, u) => table.reduce((sum, n, k) => (k % units.length === u ? sum + n : sum), 0));
  const meanAt = (stage: PatientUnit['stage']): number => {
    const fractions = units.flatMap((unit, u) =>
      unit.stage === stage ? [(row[u] as number) / (totals[u] as number)] : [],
    );
    return fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
  };
  const [meanFrom, meanTo] = [meanAt(contrast.from), meanAt(contrast.to)];
  return { meanFrom, meanTo, ratio: meanTo / meanFrom };
}

function whyNotTested(
  row: Float64Array,
  units: readonly PatientUnit[],
  { design, minimumCells = 10 }: LabelTestOptions,
): string | null {
  if (design === null) return 'the stages cannot be compared between patients';
  const nCells = row.reduce((sum, n) => sum + n, 0);
  if (nCells < minimumCells) return `${String(nCells)} cells, fewer than ${String(minimumCells)}`;
  const nPatients = new Set(units.filter((_, u) => (row[u] as number) > 0).map((unit) => unit.patient)).size;
  return nPatients < 2 && minimumCells > 0 ? 'cells of one patient only' : null;
}

function untested(reason: string | null): Omit<LabelTest, 'label' | 'nCells' | 'meanFrom' | 'meanTo' | 'ratio'> {
  const numbers = { effect: NaN, low: NaN, high: NaN, t: NaN, pValue: NaN, pAdjusted: NaN };
  return { status: 'not-identifiable', reason, ...numbers, direction: 0 };
}

function rowOf(table: Float64Array, nUnits: number, label: number): Float64Array {
  return table.subarray(label * nUnits, (label + 1) * nUnits);
}
