import type { Estimate, MethodInfo } from '../core/method.js';
import { exp, log } from '../core/pinned-math.js';
import { pearson } from '../stats/correlation.js';
import { normalQuantile } from '../stats/distributions.js';
import { median } from '../stats/quantile.js';
import type { StageContrast } from '../study/types.js';
import { columnsOf, type NormalizedInput } from './input.js';
import { compareText } from './compare-text.js';
import type { PatientEffects } from './patient-effects.js';
import { learnPatientLevel } from './relearn.js';
import { signature } from './signature.js';
import { sharedControlVariance } from './shared-control.js';

/** What {@link treatmentComparison} is. */
export const treatmentComparisonInfo: MethodInfo = {
  id: 'treatment-comparison',
  title: 'Treatment against treatment, within and between patients',
  version: '1.0.0',
  doi: [],
  input: 'normalised study and its patient effects',
  output: 'correlation of effects between every two patient × treatment, over all genes and over the shared signature',
  random: false,
};

/** Options of {@link treatmentComparison}. */
export interface TreatmentComparisonOptions {
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
  /** Genes per direction of the signature. */
  readonly signatureSize: number;
}

/** The effect of one treatment in one patient: its treated samples against the patient's own untreated ones. */
export interface TreatmentCondition {
  readonly patient: string;
  readonly treatment: string;
  readonly nTo: number;
  readonly nFrom: number;
}

/** How two conditions are related. */
export type TreatmentRelation =
  | 'within-patient'
  | 'between-patients-same-treatment'
  | 'between-patients-other-treatment';

/** Two conditions compared. */
export interface TreatmentPair {
  /** Positions in `conditions`. */
  readonly a: number;
  readonly b: number;
  readonly relation: TreatmentRelation;
  /** Pearson correlation of effects over all genes. */
  readonly correlation: Estimate;
  /** Within a patient: the same without what the shared untreated samples add. Null between patients or unreplicated. */
  readonly withoutSharedControl: number | null;
  /** Pearson correlation over the signature learned without the patients compared. */
  readonly signatureCorrelation: Estimate;
}

/** Pairs of one relation taken together. */
export interface TreatmentSummary {
  readonly relation: TreatmentRelation;
  readonly nPairs: number;
  /** Median, lowest and highest correlation over all genes; NaN without pairs. */
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** The same over signature genes. */
  readonly signatureMedian: number;
  readonly signatureLowest: number;
  readonly signatureHighest: number;
}

/** Treatments compared within and between patients. */
export interface TreatmentComparison {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly conditions: readonly TreatmentCondition[];
  readonly pairs: readonly TreatmentPair[];
  /** Conditions × conditions, row-major, ones on the diagonal; NaN where not computed. */
  readonly correlation: Float64Array;
  readonly signatureCorrelation: Float64Array;
  readonly summaries: readonly TreatmentSummary[];
}

const level = 0.95;

/**
 * Correlates the effects of every two patient × treatment. Two treatments of one patient share untreated samples, whose
 * noise is in both effects and raises their correlation; where these are replicated the correlation without that share,
 * `(cov − mean_g s²_g / n) / (σ_a σ_b)`, is given beside it. The signature is learned from the other patients, so that
 * neither side chose the genes. Intervals (Fisher's z) take genes as independent and do not hold the sampling of animals:
 * they are lower limits of the uncertainty.
 *
 * @param input - the study
 * @param effects - its patient effects, from the same input
 * @example
 * ```ts
 * treatmentComparison(input, effects, { contrast, signatureSize: 100 }).summaries;
 * ```
 */
export function treatmentComparison(
  input: NormalizedInput,
  effects: PatientEffects,
  options: TreatmentComparisonOptions,
): TreatmentComparison {
  const conditions = conditionsOf(input, effects, options);
  const vectors = conditions.map((condition) => effectOf(input, condition));
  const signatureRows = signatureRowsWithout(effects, options.signatureSize);
  const pairs: TreatmentPair[] = [];
  for (let a = 0; a < conditions.length; a++) {
    for (let b = a + 1; b < conditions.length; b++) {
      const [first, second] = [conditions[a], conditions[b]] as [Condition, Condition];
      const [x, y] = [vectors[a], vectors[b]] as [Float64Array, Float64Array];
      const rows = signatureRows(first.patient, second.patient);
      pairs.push({
        a,
        b,
        relation: relationOf(first, second),
        correlation: fisher(pearson(x, y), x.length, []),
        withoutSharedControl: first.patient === second.patient ? withoutControl(input, first, x, y) : null,
        signatureCorrelation:
          rows === null ? fisher(NaN, 0, [noSignature]) : fisher(onRows(x, y, rows), rows.length, []),
      });
    }
  }
  const enough = conditions.length >= 2;
  return {
    status: enough ? 'ok' : 'not-identifiable',
    reasons: enough ? [] : ['fewer than two patients or treatments to compare'],
    conditions: conditions.map(({ patient, treatment, to, from }) => {
      return { patient, treatment, nTo: to.length, nFrom: from.length };
    }),
    pairs,
    correlation: toMatrix(pairs, conditions.length, (pair) => pair.correlation.value),
    signatureCorrelation: toMatrix(pairs, conditions.length, (pair) => pair.signatureCorrelation.value),
    summaries: relations.map((relation) => summarise(relation, pairs)),
  };
}

const relations: readonly TreatmentRelation[] = [
  'within-patient',
  'between-patients-same-treatment',
  'between-patients-other-treatment',
];

const noSignature = 'fewer than two other patients to learn a signature from';

interface Condition {
  readonly patient: string;
  readonly treatment: string;
  readonly to: readonly number[];
  readonly from: readonly number[];
}

function conditionsOf(
  input: NormalizedInput,
  effects: PatientEffects,
  { contrast }: TreatmentComparisonOptions,
): readonly Condition[] {
  return effects.patients.flatMap((patient) => {
    const from = columnsOf(input, patient, contrast.from);
    const treated = columnsOf(input, patient, contrast.to);
    const treatments = [...new Set(treated.map((s) => input.treatment[s] as string))].sort(compareText);
    return treatments.map((treatment) => {
      return { patient, treatment, to: treated.filter((s) => input.treatment[s] === treatment), from };
    });
  });
}

function effectOf({ logExpression }: NormalizedInput, { to, from }: Condition): Float64Array {
  const n = logExpression.samples.length;
  return Float64Array.from(logExpression.genes, (_, g) => {
    let effect = 0;
    for (const s of to) effect += (logExpression.values[g * n + s] as number) / to.length;
    for (const s of from) effect -= (logExpression.values[g * n + s] as number) / from.length;
    return effect;
  });
}

/** Rows of the signature learned without two patients, remembered by pair; null when it cannot be learned. */
function signatureRowsWithout(
  effects: PatientEffects,
  size: number,
): (a: string, b: string) => readonly number[] | null {
  const places = new Map(effects.genes.map((gene, g) => [gene, g]));
  const known = new Map<string, readonly number[] | null>();
  return (a, b) => {
    const key = JSON.stringify([a, b]);
    let rows = known.get(key);
    if (rows === undefined) {
      const learned = learnPatientLevel(effects, [a, b]);
      const genes = learned.status === 'ok' ? signature(effects.genes, learned.t, { size }) : null;
      rows = genes === null ? null : [...genes.up, ...genes.down].map((gene) => places.get(gene) as number);
      known.set(key, rows);
    }
    return rows;
  };
}

function relationOf(a: Condition, b: Condition): TreatmentRelation {
  if (a.patient === b.patient) return 'within-patient';
  return a.treatment === b.treatment ? 'between-patients-same-treatment' : 'between-patients-other-treatment';
}

function onRows(x: Float64Array, y: Float64Array, rows: readonly number[]): number {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (g) => values[g] as number);
  return pearson(pick(x), pick(y));
}

function withoutControl(input: NormalizedInput, { from }: Condition, x: Float64Array, y: Float64Array): number | null {
  const shared = sharedControlVariance(input.logExpression, from);
  if (shared === null) return null;
  const [sx, sy] = [standardDeviation(x), standardDeviation(y)];
  return (pearson(x, y) * sx * sy - shared) / (sx * sy);
}

function standardDeviation(values: Float64Array): number {
  const centre = values.reduce((sum, v) => sum + v, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - centre) * (v - centre), 0) / values.length);
}

/** A correlation with Fisher's interval over `n` genes. */
function fisher(r: number, n: number, reasons: readonly string[]): Estimate {
  const method =
    'Pearson; 95 % interval by Fisher’s z over genes taken as independent (a lower limit of the uncertainty)';
  if (Number.isNaN(r) || n < 4) {
    const why = reasons.length > 0 ? reasons : ['the effects do not vary'];
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons: why };
  }
  const z = 0.5 * log((1 + r) / (1 - r));
  const half = normalQuantile((1 + level) / 2) / Math.sqrt(n - 3);
  return { value: r, low: tanh(z - half), high: tanh(z + half), level, method, status: 'ok', reasons };
}

function tanh(z: number): number {
  if (!Number.isFinite(z)) return Math.sign(z);
  return 1 - 2 / (exp(2 * z) + 1);
}

function toMatrix(
  pairs: readonly TreatmentPair[],
  n: number,
  valueOf: (pair: TreatmentPair) => number | null,
): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  for (const pair of pairs) {
    const value = valueOf(pair) ?? NaN;
    matrix[pair.a * n + pair.b] = value;
    matrix[pair.b * n + pair.a] = value;
  }
  return matrix;
}

function summarise(relation: TreatmentRelation, pairs: readonly TreatmentPair[]): TreatmentSummary {
  const of = pairs.filter((pair) => pair.relation === relation);
  const values = of.flatMap((pair) => pair.correlation.value ?? []);
  const onSignature = of.flatMap((pair) => pair.signatureCorrelation.value ?? []);
  return {
    relation,
    nPairs: of.length,
    median: median(values),
    lowest: smallest(values),
    highest: largest(values),
    signatureMedian: median(onSignature),
    signatureLowest: smallest(onSignature),
    signatureHighest: largest(onSignature),
  };
}

function smallest(values: readonly number[]): number {
  return values.length === 0 ? NaN : Math.min(...values);
}

function largest(values: readonly number[]): number {
  return values.length === 0 ? NaN : Math.max(...values);
}
