import { type RunContext } from '../../core/context.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { ShapeError } from '../../core/errors.js';
import { mean } from '../../core/sum.js';
import { randomEffects } from '../../stats/meta-analysis.js';
import type { Stage } from '../../study/types.js';
import { runBlocks } from '../permutation-blocks.js';
import type { ShapeAdvantage } from './compare-shapes.js';
import { type SampleComparison, type ShapePayload, sampleShapeTaskName, type ShapeVariant } from './sample-shape.js';
import { judgeShape, shapeOf, type ShapeAdvantages, type ShapeVerdict } from './shape-verdict.js';

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

/** One patient of {@link SwitchCells}. */
export interface SwitchPatient {
  readonly patient: string;
  /** Growth of the counting variance from activity 0 to 1, relative to that at 0. */
  readonly varianceGrowth: number;
  /** Why it cannot be asked, for instance that no persister was shown; null when it can. */
  readonly notTestable: string | null;
}

/** Options of {@link switchShape}. */
export interface SwitchShapeOptions {
  readonly contrast: { readonly from: Stage; readonly to: Stage };
  /** Fewest cells of a sample; default 100. */
  readonly minimumCells?: number;
}

/** One sample under treatment, compared on its own so that a shift between samples cannot make two states. */
export interface SampleShape extends SampleComparison {
  readonly sample: string;
  readonly patient: string;
  readonly nCells: number;
}

/** What one control says of a patient. */
export interface ShapeControl {
  readonly variant: Exclude<ShapeVariant, 'all'>;
  readonly verdict: ShapeVerdict;
  /** True when it gives another definite answer than all cells. */
  readonly contradicts: boolean;
}

/** On–off or graded, in one patient. */
export interface PatientShape {
  readonly patient: string;
  readonly verdict: ShapeVerdict;
  readonly reasons: readonly string[];
  readonly nCells: number;
  readonly samples: readonly SampleShape[];
  /** Null where not testable. */
  readonly advantages: ShapeAdvantages | null;
  readonly separation: number;
  readonly spread: number;
  readonly shift: number;
  /** Smallest over the samples, times their number. */
  readonly dipPValue: number;
  readonly controls: readonly ShapeControl[];
}

/** On–off or graded, patient by patient and over patients. */
export interface SwitchShape {
  readonly patients: readonly PatientShape[];
  readonly pooled: {
    readonly verdict: ShapeVerdict;
    readonly reasons: readonly string[];
    /** Mean over patients, each weighing the same; null where it was not computed. */
    readonly advantages: ShapeAdvantages | null;
    readonly agree: number;
    readonly asked: number;
  };
  readonly warnings: readonly Warning[];
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

function judgePatient(
  { patient, notTestable }: SwitchPatient,
  samples: readonly SampleShape[],
  untreated: number,
  minimumCells: number,
): PatientShape {
  const nCells = samples.reduce((sum, sample) => sum + sample.nCells, 0);
  const advantages = addSamples(samples, 'all');
  if (advantages === null) {
    const reason = notTestable ?? `no sample under treatment has ${String(minimumCells)} cells with an activity`;
    return { ...nothing, patient, reasons: [reason], samples };
  }
  const over = (pick: (sample: SampleShape) => number): number =>
    samples.reduce((sum, sample) => sum + sample.nCells * pick(sample), 0) / nCells;
  const evidence = {
    advantages,
    separation: over((sample) => sample.separation),
    spread: over((sample) => sample.comparisons.all?.fits.graded.states[0]?.spread ?? NaN),
    shift: over((sample) => sample.meanActivity) - untreated,
    dipPValue: Math.min(1, samples.length * Math.min(...samples.map((sample) => sample.dip.pValue))),
  };
  const judged = judgeShape(evidence);
  const controls = controlsOf(samples, judged.verdict);
  const turned = controls.filter((control) => control.contradicts);
  return {
    ...evidence,
    patient,
    nCells,
    samples,
    controls,
    verdict: turned.length > 0 ? 'cannot tell' : judged.verdict,
    reasons: [
      ...(judged.reason === null ? [] : [judged.reason]),
      ...turned.map(({ variant, verdict }) => `${judged.verdict} with all cells, ${verdict} in the control ${variant}`),
    ],
  };
}

const nothing: Omit<PatientShape, 'patient' | 'reasons' | 'samples'> = {
  verdict: 'not testable',
  nCells: 0,
  advantages: null,
  separation: NaN,
  spread: NaN,
  shift: NaN,
  dipPValue: NaN,
  controls: [],
};

const shapeControls = ['half-depth', 'deep-cells', 'shallow-cells', 'without-doublets'] as const;

function controlsOf(samples: readonly SampleShape[], verdict: ShapeVerdict): readonly ShapeControl[] {
  return shapeControls.flatMap((variant) => {
    const advantages = addSamples(samples, variant);
    if (advantages === null) return [];
    const found = shapeOf(advantages);
    return [{ variant, verdict: found, contradicts: turnsOver(variant, verdict, found) }];
  });
}

/**
 * A depth control turns an answer over when two states become one graded state or the reverse; shallower cells merely resolve
 * a mixture less well. The doublet control turns it over with any other definite answer: doublets make what is in between.
 */
function turnsOver(variant: ShapeVariant, verdict: ShapeVerdict, found: ShapeVerdict): boolean {
  if (verdict === 'cannot tell' || found === 'cannot tell' || found === verdict) return false;
  return variant === 'without-doublets' || (verdict !== 'mixture' && found !== 'mixture');
}

/** Advantages over all cells of some samples; null when a sample lacks the variant. */
function addSamples(samples: readonly SampleShape[], variant: ShapeVariant): ShapeAdvantages | null {
  const all = samples.map((sample) => sample.comparisons[variant]);
  if (samples.length === 0 || all.includes(undefined)) return null;
  const known = all.filter((comparison) => comparison !== undefined);
  const n = known.reduce((sum, { nCells }) => sum + nCells, 0);
  const add = (key: keyof ShapeAdvantages): ShapeAdvantage => ({
    perCell: known.reduce((sum, c) => sum + c.nCells * c[key].perCell, 0) / n,
    standardError: Math.sqrt(known.reduce((sum, c) => sum + (c.nCells * c[key].standardError) ** 2, 0)) / n,
  });
  return {
    twoOverGraded: add('twoOverGraded'),
    mixtureOverGraded: add('mixtureOverGraded'),
    mixtureOverTwo: add('mixtureOverTwo'),
  };
}

function poolPatients(patients: readonly PatientShape[]): SwitchShape['pooled'] {
  const asked = patients.filter((patient) => patient.advantages !== null);
  const count = (verdict: ShapeVerdict): number => asked.filter((patient) => patient.verdict === verdict).length;
  if (asked.length < 2) {
    const reasons = ['a statement over patients needs at least two of them with enough cells'];
    return { verdict: 'not testable', reasons, advantages: null, agree: 0, asked: asked.length };
  }
  const pool = (key: keyof ShapeAdvantages): ShapeAdvantage => {
    const values = asked.map((patient) => (patient.advantages as ShapeAdvantages)[key]);
    const found = randomEffects(
      values.map((value) => value.perCell),
      values.map((value) => value.standardError ** 2),
    );
    return { perCell: found.estimate ?? NaN, standardError: found.standardError ?? NaN };
  };
  const advantages = {
    twoOverGraded: pool('twoOverGraded'),
    mixtureOverGraded: pool('mixtureOverGraded'),
    mixtureOverTwo: pool('mixtureOverTwo'),
  };
  const verdict = shapeOf(advantages);
  const agree = count(verdict);
  const differ = verdict !== 'cannot tell' && 2 * agree <= asked.length;
  return {
    verdict: differ ? 'cannot tell' : verdict,
    reasons: differ
      ? [`on average ${verdict}, but only ${String(agree)} of ${String(asked.length)} patients are`]
      : verdict === 'cannot tell'
        ? ['the patients differ, or none of the shapes predicts held-out cells better on average']
        : [],
    advantages,
    agree,
    asked: asked.length,
  };
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
