import type { Warning } from '../../core/method.js';
import { randomEffects } from '../../stats/meta-analysis.js';
import type { ShapeAdvantage } from './compare-shapes.js';
import type { SampleComparison, ShapeVariant } from './sample-shape.js';
import { judgeShape, shapeOf, type ShapeAdvantages, type ShapeVerdict } from './shape-verdict.js';

/** One patient of `SwitchCells`. */
export interface SwitchPatient {
  readonly patient: string;
  /** Growth of the counting variance from activity 0 to 1, relative to that at 0. */
  readonly varianceGrowth: number;
  /** Why it cannot be asked, for instance that no persister was shown; null when it can. */
  readonly notTestable: string | null;
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

/** The verdict on one patient from its samples together, after the controls. */
export function judgePatient(
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

/** The mean over patients, each weighing the same. */
export function poolPatients(patients: readonly PatientShape[]): SwitchShape['pooled'] {
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
