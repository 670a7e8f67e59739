import { pearson } from '../stats/correlation.js';
import { fitMixture } from './fit-mixture.js';
import type { MixtureInput, StateMixture } from './state-mixture.js';
import type { PatientFit } from './fit-patient.js';
import { solveSymmetric } from './solve-linear.js';

/** Something that can imitate the state, measured on every cell of a patient. */
export interface CellCovariate {
  readonly name: string;
  /** One per cell; NaN where missing. */
  readonly values: Float64Array;
}

/** How one confounder goes with the score in one patient. */
export interface ConfounderAssociation {
  readonly name: string;
  /** Correlation with the activity over the cells of the untreated and of the `to` samples; NaN when either does not vary. */
  readonly correlationFrom: number;
  readonly correlationTo: number;
  /** Mean in `to` cells minus mean in untreated cells, in standard deviations between untreated cells. */
  readonly shift: number;
  /** Activity per standard deviation of the confounder among untreated-like cells. */
  readonly coefficient: number;
}

/** The patient's mixture after what confounders predict was taken from every score. */
export interface AdjustedFit {
  readonly associations: readonly ConfounderAssociation[];
  readonly input: MixtureInput;
  readonly mixture: StateMixture;
}

/** Ridge on standardised confounders, in cells: keeps collinear ones finite. */
const ridge = 1;

/**
 * Regresses the activity on all confounders together over the untreated cells, each weighted by its precision and its
 * probability to be untreated-like, subtracts the prediction from every cell of the patient and fits the states again. Within
 * untreated cells the state plays no part, so that a confounder which is also raised by the state keeps its own slope only.
 */
export function adjustForConfounders(
  fit: PatientFit,
  covariates: readonly CellCovariate[],
  toSample: readonly boolean[],
): AdjustedFit {
  const { scores, input, probability } = fit;
  const { sampleOf, untreated } = input;
  const inFrom = (c: number): boolean => untreated[sampleOf[c] as number] === true;
  const inTo = (c: number): boolean => toSample[sampleOf[c] as number] === true;
  const standardised = covariates.map(({ name, values }) => ({ name, values: standardise(values, inFrom) }));
  const activity = scores.z.map((z, c) => z / (scores.shift[c] as number));
  const weight = activity.map((x, c) => {
    const d = scores.shift[c] as number;
    return inFrom(c) && Number.isFinite(x) ? (1 - (probability[c] as number)) * d * d : 0;
  });
  const beta = weightedSlopes(activity, standardised, weight);
  const z = scores.z.map((value, c) => {
    const predicted = standardised.reduce((sum, { values }, k) => sum + (beta[k] as number) * (values[c] as number), 0);
    return value - predicted * (scores.shift[c] as number);
  });
  const adjusted: MixtureInput = { ...input, scores: { ...scores, z } };
  const cells = [...activity.keys()];
  const [from, to] = [cells.filter(inFrom), cells.filter(inTo)];
  const associations = standardised.map(({ name, values }, k) => ({
    name,
    correlationFrom: correlationIn(activity, values, from),
    correlationTo: correlationIn(activity, values, to),
    shift: meanIn(values, to) - meanIn(values, from),
    coefficient: beta[k] as number,
  }));
  return { associations, input: adjusted, mixture: fitMixture(adjusted) };
}

/** Mean zero and standard deviation one among the chosen cells; zero where missing or where nothing varies. */
function standardise(values: Float64Array, chosen: (cell: number) => boolean): Float64Array {
  const inside = values.filter((value, c) => chosen(c) && !Number.isNaN(value));
  const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  const variance =
    inside.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / Math.max(1, inside.length - 1);
  const sd = Math.sqrt(variance);
  return values.map((value) => (sd > 0 && !Number.isNaN(value) ? (value - mean) / sd : 0));
}

function weightedSlopes(y: Float64Array, covariates: readonly CellCovariate[], weight: Float64Array): Float64Array {
  const n = covariates.length + 1;
  const a = new Float64Array(n * n);
  const b = new Float64Array(n);
  const row = new Float64Array(n).fill(1);
  let total = 0;
  for (let c = 0; c < y.length; c++) {
    const w = weight[c] as number;
    if (!(w > 0)) continue;
    total += w;
    covariates.forEach(({ values }, k) => {
      row[k + 1] = values[c] as number;
    });
    for (let i = 0; i < n; i++) {
      b[i] = (b[i] as number) + w * (row[i] as number) * (y[c] as number);
      for (let j = 0; j < n; j++) a[i * n + j] = (a[i * n + j] as number) + w * (row[i] as number) * (row[j] as number);
    }
  }
  const cells = weight.filter((w) => w > 0).length;
  for (let i = 1; i < n; i++) a[i * n + i] = (a[i * n + i] as number) + (ridge * total) / Math.max(1, cells);
  return solveSymmetric(a, b, n).subarray(1);
}

function correlationIn(x: Float64Array, y: Float64Array, cells: readonly number[]): number {
  return pearson(
    Float64Array.from(cells, (c) => x[c] as number),
    Float64Array.from(cells, (c) => y[c] as number),
  );
}

function meanIn(values: Float64Array, cells: readonly number[]): number {
  return cells.reduce((sum, c) => sum + (values[c] as number), 0) / cells.length;
}
