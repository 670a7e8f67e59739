import { type RunContext } from '../../core/context.js';
import type { MethodInfo } from '../../core/method.js';
import { ShapeError } from '../../core/errors.js';
import { mean } from '../../core/sum.js';
import type { Stage } from '../../study/types.js';
import { runBlocks } from '../permutation-blocks.js';
import { type SampleComparison, type ShapePayload, sampleShapeTaskName } from './sample-shape.js';
import {
  judgePatient,
  poolPatients,
  type SampleShape,
  type SwitchPatient,
  type SwitchShape,
} from './judge-patients.js';

/** The cells of a study along the programme. Arrays hold one value per cell. */
export interface SwitchCells {
  /** 0 as untreated, 1 the full programme; NaN leaves a cell out. */
  readonly activity: Float64Array;
  /** Standard error from counting, at activity 0. */
  readonly standardError: Float64Array;
  /** Index into `samples`. */
  readonly sampleOf: Uint32Array;
  readonly samples: readonly { readonly sample: string; readonly patient: string; readonly stage: Stage }[];
  /** Every patient that could be asked about, and why one cannot be. */
  readonly patients: readonly SwitchPatient[];
  /** The same cells with about half of their counts; null without counts. */
  readonly halved: { readonly activity: Float64Array; readonly standardError: Float64Array } | null;
  readonly doubletScore: Float64Array | null;
}

/** Options of {@link switchShape}. */
export interface SwitchShapeOptions {
  readonly contrast: { readonly from: Stage; readonly to: Stage };
  /** Fewest cells of a sample; default 100. */
  readonly minimumCells?: number;
}

/** What {@link switchShape} is. */
export const switchShapeInfo: MethodInfo = {
  id: 'switch-shape',
  title: 'On–off, graded or a mixture along the programme',
  version: '1.0.0',
  doi: ['10.1214/aos/1176346577', '10.1086/117248', '10.1093/comjnl/7.4.308'],
  input: 'programme activity of every cell with its counting error, sample, patient and stage',
  output: 'verdict per patient and over patients, with held-out likelihoods, dip test, separation and controls',
  random: false,
};

/**
 * Do cells under treatment sit in two narrow states, in one graded state, or in a narrow and a graded one? Each sample is
 * compared on its own (see `compareShapes`); a patient adds up its samples' held-out log likelihoods. The depth controls (half
 * of the counts, deep cells, shallow cells) and the doublet control are compared in the same way, and an answer that one of
 * them turns over is withdrawn.
 *
 * Over patients the advantages are averaged, each patient weighing the same, with the Hartung–Knapp standard error.
 *
 * @returns `cannot tell` where shapes predict alike, and `not testable` without enough cells: both are results
 * @throws ShapeError when the arrays do not fit
 * @example
 * ```ts
 * const { patients } = await switchShape(cells, { contrast: { from: 'untreated', to: 'residual' } }, context);
 * ```
 */
export async function switchShape(
  cells: SwitchCells,
  options: SwitchShapeOptions,
  context: RunContext,
): Promise<SwitchShape> {
  requireFitting(cells);
  const minimumCells = options.minimumCells ?? 100;
  const plans = planSamples(cells, options.contrast.to, minimumCells);
  const compared = await runBlocks<ShapePayload, SampleComparison>(
    sampleShapeTaskName,
    plans.map(({ payload }) => payload),
    'switch: shape',
    context,
  );
  const samples = plans.map(
    ({ sample, patient, payload }, i): SampleShape => ({
      sample,
      patient,
      nCells: payload.positions.activity.length,
      ...(compared[i] as SampleComparison),
    }),
  );
  const patients = cells.patients.map((patient) =>
    judgePatient(
      patient,
      samples.filter((sample) => sample.patient === patient.patient),
      untreatedMean(cells, patient.patient, options.contrast.from),
      minimumCells,
    ),
  );
  return { patients, pooled: poolPatients(patients), warnings: [] };
}

interface SamplePlan {
  readonly sample: string;
  readonly patient: string;
  readonly payload: ShapePayload;
}

function planSamples(cells: SwitchCells, stage: Stage, minimumCells: number): readonly SamplePlan[] {
  return cells.samples.flatMap(({ sample, patient, stage: own }, s): SamplePlan[] => {
    const found = cells.patients.find((entry) => entry.patient === patient);
    if (own !== stage || found === undefined || found.notTestable !== null) return [];
    const rows = rowsOf(cells, s);
    if (rows.length < minimumCells) return [];
    const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (c) => values[c] as number);
    const { halved, doubletScore } = cells;
    const payload: ShapePayload = {
      positions: {
        activity: pick(cells.activity),
        standardError: pick(cells.standardError),
        varianceGrowth: found.varianceGrowth,
      },
      halved: halved === null ? null : { activity: pick(halved.activity), standardError: pick(halved.standardError) },
      doubletScore: doubletScore === null ? null : pick(doubletScore),
      minimumCells,
    };
    return [{ sample, patient, payload }];
  });
}

/** Cells of a sample that have an activity. */
function rowsOf({ activity, standardError, sampleOf }: SwitchCells, sample: number): number[] {
  const rows: number[] = [];
  sampleOf.forEach((s, c) => {
    if (s === sample && Number.isFinite(activity[c]) && (standardError[c] as number) > 0) rows.push(c);
  });
  return rows;
}

/** Mean activity of the patient's untreated cells; 0, which is what the unit means, without any. */
function untreatedMean(cells: SwitchCells, patient: string, stage: Stage): number {
  const rows = cells.samples.flatMap((sample, s) =>
    sample.patient === patient && sample.stage === stage ? rowsOf(cells, s) : [],
  );
  return rows.length === 0 ? 0 : mean(rows.map((c) => cells.activity[c] as number));
}

function requireFitting(cells: SwitchCells): void {
  const n = cells.sampleOf.length;
  const arrays = [
    ['activity', cells.activity],
    ['standardError', cells.standardError],
    ['halved activity', cells.halved?.activity],
    ['doubletScore', cells.doubletScore],
  ] as const;
  for (const [what, values] of arrays) {
    if (values === undefined || values === null || values.length === n) continue;
    throw new ShapeError(`The ${what} of the cells does not fit their samples.`, {
      expected: `${String(n)} values`,
      found: String(values.length),
    });
  }
}
