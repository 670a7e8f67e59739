import { report, rngFor, type RunContext, throwIfAborted } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { Estimate, MethodInfo, Warning } from '../../core/method.js';
import { mean } from '../../core/sum.js';
import type { Bilingual } from '../../core/text.js';
import { studentQuantile } from '../../stats/distributions.js';
import { median } from '../../stats/quantile.js';
import { randomEffects } from '../../stats/meta-analysis.js';
import type { PatientGeneEffects } from '../regulator-study.js';
import type { RegulonNetwork } from '../regulon-network.js';
import { knockOutLimits } from './knock-out-limits.js';
import { type PatientAxis, patientAxes } from './programme-axis.js';
import { randomRegulons, type SignedTargets } from './random-regulons.js';
import { type EffectMoments, effectMoments, fractionAlong, jackknifeError, regulonShift } from './regulon-shift.js';
import { regulatorsByGene, secondStep } from './second-step.js';

/** What regulators are removed from. */
export interface KnockOutInput {
  /** Effect of every gene in every patient, on the genes of the network. */
  readonly effects: PatientGeneEffects;
  readonly averageExpression: Float64Array;
  readonly network: RegulonNetwork;
}

/** Options of {@link knockOut}. */
export interface KnockOutOptions {
  readonly regulators: readonly string[];
  /** Random regulons drawn for every regulator; default 1000. */
  readonly draws?: number;
  /** Strongest genes per direction that make up the axis; default 100. */
  readonly programmeSize?: number;
  /** 1: targets only (default). 2: also the targets of regulators among them, in proportion to their RNA. */
  readonly steps?: 1 | 2;
}

/** One regulator in one patient. */
export interface KnockOutPatient {
  readonly patient: string;
  /** Distance from untreated along the programme axis of the others, log2. */
  readonly distance: number;
  /** Slope of its effects on the signed weights, log2 per unit of weight: above zero where the regulator is more active. */
  readonly slope: number;
  /** Share of that distance that removing the regulator takes away; negative when it moves the cells further. */
  readonly knockOut: Estimate;
  /** Share of the distance an untreated tumour moves when the regulator is as active as in the other patients. */
  readonly activation: number;
  /** Share of the random regulons that move this patient less. */
  readonly percentile: number;
}

/** One regulator removed and switched on. */
export interface KnockOut {
  readonly regulator: string;
  readonly status: 'ok' | 'not-testable';
  readonly reason: string | null;
  readonly nTargets: number;
  /** Targets with a weight above zero. */
  readonly nActivated: number;
  /** Sign of the mean slope: removing the contribution of a less active regulator means switching it on again. */
  readonly direction: 'more active' | 'less active' | null;
  readonly patients: readonly KnockOutPatient[];
  /** Mean over patients, each weighing the same, Hartung–Knapp interval. */
  readonly knockOut: Estimate;
  /** The same with the patients who hardly move: what leaving them out has done. */
  readonly everyPatient: Estimate;
  readonly activation: Estimate;
  /** Mean fraction of the random regulons, their 95 % quantile, and the share of them below the regulator. */
  readonly nullMean: number;
  readonly null95: number;
  readonly percentile: number;
  readonly activationPercentile: number;
  /** (1 + random regulons that move at least as far) / (1 + draws). */
  readonly pValue: number;
}

/** All regulators asked for. */
export interface KnockOutResult {
  readonly regulators: readonly KnockOut[];
  /** Patients who move less than a third of the median distance along the programme: a share of it would be noise. */
  readonly leftOut: readonly string[];
  readonly draws: number;
  readonly steps: 1 | 2;
  readonly programmeSize: number;
  /** What the model leaves out; printed with every claim. */
  readonly limits: readonly Bilingual[];
  readonly warnings: readonly Warning[];
}

/** What {@link knockOut} is. */
export const knockOutInfo: MethodInfo = {
  id: 'knock-out',
  title: 'In-silico knock-out and activation of a regulator',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016', '10.1002/sim.1482'],
  input: 'log2 effects per gene and patient, signed regulons',
  output: 'share of the way from untreated removed or added, per patient and over patients, against random regulons',
  random: true,
};

/**
 * Predicts how far residual tumours move back when one regulator's contribution is taken away. In patient p with effects d
 * (residual − untreated), the contribution is `c = a w`, with w the signed weights and a the slope of d on w (ULM); the axis u is
 * the shared programme as the *other* patients teach it, and the answer is the share of the distance along it,
 * `⟨c, u⟩ / ⟨d, u⟩`. Activation takes an untreated tumour and adds the mean slope of the other patients instead of p's own.
 *
 * Any regulon that holds programme genes removes something: the null are random regulons of the same size, signs and expression
 * of targets, fitted in the same way, and a claim needs a percentile.
 *
 * A patient who moves less than a third of the median distance is left out, because a share of almost nothing is noise; the mean
 * with such patients is given beside it, and a claim has to hold in both.
 *
 * Per patient the interval is a jackknife over targets; over patients it is Hartung–Knapp, each patient weighing the same.
 *
 * @returns a regulator without a measured regulon, or fewer than two patients, is `not-testable` with the reason
 * @throws OptionError for a number of draws below one
 */
export async function knockOut(
  input: KnockOutInput,
  options: KnockOutOptions,
  context: RunContext,
): Promise<KnockOutResult> {
  const { draws = 1000, programmeSize = 100, steps = 1 } = options;
  if (!Number.isInteger(draws) || draws < 1) {
    throw new OptionError('draws has to be a whole number of at least 1.', { found: String(draws) });
  }
  const { axes, all, leftOut } = movedPatients(patientAxes(input.effects, programmeSize));
  const moments = axes.map(({ effects }) => effectMoments(effects));
  const followers = regulatorsByGene(input.network);
  const regulators: KnockOut[] = [];
  for (const [done, regulator] of options.regulators.entries()) {
    throwIfAborted(context);
    report(context, 'switch: knock-out', done, options.regulators.length, 'regulators');
    regulators.push(removeOne(regulator, { input, axes, all, moments, draws, steps, context, followers }));
    await Promise.resolve();
  }
  report(context, 'switch: knock-out', options.regulators.length, options.regulators.length, 'regulators');
  return { regulators, leftOut, draws, steps, programmeSize, limits: knockOutLimits(steps), warnings: [] };
}

/** Least distance, as a share of the median patient's. */
const leastDistance = 1 / 3;

function movedPatients(all: readonly PatientAxis[]): {
  readonly axes: readonly PatientAxis[];
  readonly all: readonly PatientAxis[];
  readonly leftOut: readonly string[];
} {
  const typical = all.length === 0 ? 0 : median(all.map(({ distance }) => distance));
  const moves = ({ distance }: PatientAxis): boolean => distance > 0 && distance >= leastDistance * typical;
  return {
    axes: all.filter(moves),
    all: all.filter(({ distance }) => distance > 0),
    leftOut: all.filter((axis) => !moves(axis)).map(({ patient }) => patient),
  };
}

interface Removal {
  readonly input: KnockOutInput;
  readonly axes: readonly PatientAxis[];
  /** Also those who hardly move. */
  readonly all: readonly PatientAxis[];
  readonly moments: readonly EffectMoments[];
  readonly draws: number;
  readonly steps: 1 | 2;
  readonly context: RunContext;
  readonly followers: ReadonlyMap<number, number>;
}

function removeOne(regulator: string, removal: Removal): KnockOut {
  const { input, axes, draws, context } = removal;
  const r = input.network.regulators.indexOf(regulator);
  if (r < 0) return untestable(regulator, 'its regulon has too few measured targets');
  if (axes.length < 2) return untestable(regulator, 'fewer than two patients move along the programme of the others');
  const targets = targetsOf(input.network, r);
  const own = fractionsOf(targets, removal, regulator);
  const draw = randomRegulons(targets, input.averageExpression);
  const rng = rngFor(context, `regulators/knock-out/${regulator}`);
  const random = Array.from({ length: draws }, () => fractionsOf(draw(rng), removal, null));
  const meanOwn = mean(own.knockOut);
  const meansRandom = random.map(({ knockOut: fractions }) => mean(fractions));
  const below = (values: readonly number[], value: number): number =>
    values.filter((drawn) => drawn < value).length / values.length;
  const sorted = Float64Array.from(meansRandom).sort();
  return {
    regulator,
    status: 'ok',
    reason: null,
    nTargets: targets.genes.length,
    nActivated: targets.weights.filter((w) => w > 0).length,
    direction: mean(own.slopes) < 0 ? 'less active' : 'more active',
    patients: axes.map((patient, p) => ({
      patient: patient.patient,
      distance: patient.distance,
      slope: own.slopes[p] as number,
      knockOut: patientEstimate(own.knockOut[p] as number, targets, patient, removal.moments[p] as EffectMoments),
      activation: own.activation[p] as number,
      percentile: below(
        random.map((fractions) => fractions.knockOut[p] as number),
        own.knockOut[p] as number,
      ),
    })),
    knockOut: overPatients(own.knockOut),
    everyPatient: overPatients(fractionsOf(targets, everyone(removal), regulator).knockOut),
    activation: overPatients(own.activation),
    nullMean: mean(meansRandom),
    null95: sorted[Math.min(draws - 1, Math.ceil(0.95 * draws) - 1)] as number,
    percentile: below(meansRandom, meanOwn),
    activationPercentile: below(
      random.map(({ activation }) => mean(activation)),
      mean(own.activation),
    ),
    pValue: (1 + meansRandom.filter((drawn) => drawn >= meanOwn).length) / (1 + draws),
  };
}

/** The same removal over every patient who moves at all. */
function everyone(removal: Removal): Removal {
  return { ...removal, axes: removal.all, moments: removal.all.map(({ effects }) => effectMoments(effects)) };
}

interface Fractions {
  readonly slopes: readonly number[];
  readonly knockOut: readonly number[];
  readonly activation: readonly number[];
}

/** Knock-out and activation in every patient. The second step belongs to a named regulator or, in the null, to its stand-in. */
function fractionsOf(targets: SignedTargets, removal: Removal, regulator: string | null): Fractions {
  const { axes, moments, steps, input } = removal;
  const first = axes.map((patient, p) => regulonShift(targets, patient, moments[p] as EffectMoments));
  const total = first.reduce((sum, { slope }) => sum + slope, 0);
  return {
    slopes: first.map(({ slope }) => slope),
    knockOut: first.map(({ slope, gain }, p) => {
      if (steps === 1) return slope * gain;
      const patient = axes[p] as PatientAxis;
      const further = secondStep({ targets, slope, regulator }, patient, input.network, {
        followers: removal.followers,
        moments: moments[p] as EffectMoments,
      });
      return slope * gain + fractionAlong(further, patient);
    }),
    activation: first.map(({ slope, gain }) => (gain * (total - slope)) / (axes.length - 1)),
  };
}

function targetsOf(network: RegulonNetwork, r: number): SignedTargets {
  const [from, to] = [network.indptr[r] as number, network.indptr[r + 1] as number];
  return { genes: network.indices.slice(from, to), weights: network.weights.slice(from, to) };
}

function patientEstimate(
  value: number,
  targets: SignedTargets,
  patient: PatientAxis,
  moments: EffectMoments,
): Estimate {
  const half = studentQuantile(0.975, targets.genes.length - 1) * jackknifeError(targets, patient, moments);
  const method = 'jackknife over targets; too short where targets are regulated together';
  return { value, low: value - half, high: value + half, level: 0.95, method, status: 'ok', reasons: [] };
}

function overPatients(fractions: readonly number[]): Estimate {
  const found = randomEffects(
    fractions,
    fractions.map(() => NaN),
  );
  return {
    value: found.estimate,
    low: found.low,
    high: found.high,
    level: 0.95,
    method: 'mean over patients, Hartung–Knapp',
    status: found.status,
    reasons: found.reasons,
  };
}

function untestable(regulator: string, reason: string): KnockOut {
  const none: Estimate = {
    value: null,
    low: null,
    high: null,
    level: 0.95,
    method: 'mean over patients, Hartung–Knapp',
    status: 'not-identifiable',
    reasons: [reason],
  };
  return {
    regulator,
    status: 'not-testable',
    reason,
    nTargets: 0,
    nActivated: 0,
    direction: null,
    patients: [],
    knockOut: none,
    everyPatient: none,
    activation: none,
    nullMean: NaN,
    null95: NaN,
    percentile: NaN,
    activationPercentile: NaN,
    pValue: NaN,
  };
}
