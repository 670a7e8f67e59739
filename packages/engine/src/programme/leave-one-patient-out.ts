import { type RunContext, report, rngFor, throwIfAborted } from '../core/context.js';
import type { Estimate, MethodInfo } from '../core/method.js';
import { pearson } from '../stats/correlation.js';
import type { Stage, StageContrast } from '../study/types.js';
import { columnsOf, columnsWhere, type NormalizedInput } from './input.js';
import { type ExpressionBins, binByExpression, type MatchedGeneNull, matchedGeneNull } from './matched-gene-null.js';
import type { PatientEffects } from './patient-effects.js';
import { callProgramme, type PatientCall, type PatientScore, varianceInflation } from './programme-call.js';
import { type LearnedProgramme, learnFixedEffect, learnPatientLevel, type ProgrammeModel } from './relearn.js';
import { type ReplicateError, replicateErrors } from './replicate-error.js';
import { scoreAuc } from './score-auc.js';
import { meanAt, scoreSignature } from './score-signature.js';
import { overlapOf, type Signature, signature } from './signature.js';

/** What {@link leaveOnePatientOut} is. */
export const leaveOnePatientOutInfo: MethodInfo = {
  id: 'leave-one-patient-out',
  title: 'Signature relearned without each patient and scored on it',
  version: '1.0.0',
  doi: ['10.1093/nar/gks461'],
  input: 'normalised study and its patient effects',
  output: 'per patient: scores, AUC, score difference against random genes, call, and the change of the signature',
  random: true,
};

/** Options of {@link leaveOnePatientOut}. */
export interface LeaveOnePatientOutOptions {
  readonly contrast: StageContrast;
  /** Genes per direction. */
  readonly signatureSize: number;
  /** Random signatures drawn for every patient. */
  readonly permutations: number;
}

/** One patient scored with the programme of the others. */
export interface LeftOutPatient {
  readonly patient: string;
  readonly status: 'ok' | 'not-identifiable';
  /** Why the AUC cannot be estimated, or why nothing could be relearned. */
  readonly reasons: readonly string[];
  readonly nFrom: number;
  readonly nTo: number;
  readonly nBack: number;
  /** The signature learned without this patient. */
  readonly signature: Signature;
  /** Genes it shares with the signature of all patients. */
  readonly overlapUp: number;
  readonly overlapDown: number;
  /** Pearson correlation of the relearned effects with those of all patients, over all genes. */
  readonly effectCorrelation: number;
  /** The patient's samples and their scores, log2 above its mean at `from`. */
  readonly samples: readonly string[];
  readonly stages: readonly Stage[];
  readonly scores: Float64Array;
  /** Mean score at `to` minus mean at `from`, and its sign. */
  readonly scoreDifference: number;
  readonly sign: number;
  /** Probability that a `to` sample scores above a `from` (or `back`) sample. */
  readonly aucFrom: Estimate;
  readonly aucBack: Estimate;
  /** Score differences of random genes of like expression, and how far above them the patient is. */
  readonly null: MatchedGeneNull;
  readonly zScore: number;
  readonly call: PatientCall;
}

/** Leave-one-patient-out under one of the two models. */
export interface LeaveOneOutVariant {
  readonly model: ProgrammeModel;
  /** The signature learned from all patients. */
  readonly signature: Signature;
  readonly patients: readonly LeftOutPatient[];
}

/** Leave-one-patient-out under both models. */
export interface LeaveOnePatientOut {
  readonly fixedEffect: LeaveOneOutVariant;
  readonly patientLevel: LeaveOneOutVariant;
}

/**
 * Learns the programme without each patient in turn, under the published-style model and under the patient-level one, and
 * scores that patient's own samples with it. Nothing of the patient's stage labels enters the signature it is scored with;
 * expression is normalised over all samples, which uses no labels.
 *
 * @param input - the study
 * @param effects - its patient effects, from the same input
 * @throws AbortedError when the caller asked to stop
 * @example
 * ```ts
 * const left = leaveOnePatientOut(input, effects, { contrast, signatureSize: 100, permutations: 1000 }, context);
 * left.patientLevel.patients.map(({ patient, call }) => [patient, call.call]);
 * ```
 */
export function leaveOnePatientOut(
  input: NormalizedInput,
  effects: PatientEffects,
  options: LeaveOnePatientOutOptions,
  context: RunContext,
): LeaveOnePatientOut {
  const bins = binByExpression(effects.genes, effects.averageExpression);
  const shared = { input, effects, options, bins };
  const fixed = (leftOut: readonly string[]): LearnedProgramme => learnFixedEffect(input, options.contrast, leftOut);
  return {
    fixedEffect: runVariant({ ...shared, model: 'fixed-effect', learn: fixed }, context),
    patientLevel: runVariant(
      { ...shared, model: 'patient-level', learn: (leftOut) => learnPatientLevel(effects, leftOut) },
      context,
    ),
  };
}

interface Variant {
  readonly input: NormalizedInput;
  readonly effects: PatientEffects;
  readonly options: LeaveOnePatientOutOptions;
  readonly bins: ExpressionBins;
  readonly model: ProgrammeModel;
  readonly learn: (leftOut: readonly string[]) => LearnedProgramme;
}

function runVariant(variant: Variant, context: RunContext): LeaveOneOutVariant {
  const { effects, options, model, learn } = variant;
  const all = learn([]);
  const full = signatureOf(effects.genes, all, options.signatureSize);
  const left = effects.patients.map((patient, k) => {
    throwIfAborted(context);
    report(context, `leave one patient out, ${model}`, k, effects.patients.length, 'patients');
    return leaveOut(variant, { all, full, patient }, context);
  });
  const calls = new Map(callProgramme(left.map((l) => l.score)).map((call) => [call.patient, call]));
  const patients = left.map(({ described, score }) => ({
    ...described,
    call: calls.get(score.patient) as PatientCall,
  }));
  return { model, signature: full, patients };
}

interface Reference {
  readonly all: LearnedProgramme;
  readonly full: Signature;
  readonly patient: string;
}

/** What one patient left out gives: the programme of the others, and scores with it. */
interface Measured extends Reference {
  readonly learned: LearnedProgramme;
  readonly signature: Signature;
  /** One per sample of the study; NaN when nothing could be learned. */
  readonly scores: Float64Array;
  readonly arms: Readonly<Record<'from' | 'to' | 'back', readonly number[]>>;
  readonly scoreDifference: number;
  readonly random: MatchedGeneNull;
}

function leaveOut(
  variant: Variant,
  reference: Reference,
  context: RunContext,
): { readonly described: Omit<LeftOutPatient, 'call'>; readonly score: PatientScore } {
  const { input, effects, options } = variant;
  const { patient } = reference;
  const learned = variant.learn([patient]);
  const relearned = signatureOf(effects.genes, learned, options.signatureSize);
  const scores =
    relearned.up.length + relearned.down.length > 0
      ? scoreSignature(input, relearned, { reference: options.contrast.from }).score
      : new Float64Array(input.patient.length).fill(NaN);
  const arms = armsOf(input, patient, options.contrast);
  const scoreDifference = meanAt(scores, arms.to) - meanAt(scores, arms.from);
  const random = nullFor(variant, patient, relearned, context);
  const measured = { ...reference, learned, signature: relearned, scores, arms, scoreDifference, random };
  return { described: describeLeftOut(input, measured), score: scoreOf(input, measured, options) };
}

function describeLeftOut(input: NormalizedInput, measured: Measured): Omit<LeftOutPatient, 'call'> {
  const { patient, learned, scores, arms, scoreDifference, random, full } = measured;
  const columns = columnsWhere(input, (s) => input.patient[s] === patient);
  const aucFrom = scoreAuc(scores, arms.to, arms.from);
  const identifiable = learned.status === 'ok';
  return {
    patient,
    status: identifiable && aucFrom.status === 'ok' ? 'ok' : 'not-identifiable',
    reasons: identifiable ? aucFrom.reasons : learned.reasons,
    nFrom: arms.from.length,
    nTo: arms.to.length,
    nBack: arms.back.length,
    signature: measured.signature,
    overlapUp: overlapOf(measured.signature.up, full.up),
    overlapDown: overlapOf(measured.signature.down, full.down),
    effectCorrelation: identifiable ? pearson(learned.effect, measured.all.effect) : NaN,
    samples: columns.map((s) => input.counts.samples[s] as string),
    stages: columns.map((s) => input.stage[s] as Stage),
    scores: Float64Array.from(columns, (s) => scores[s] as number),
    scoreDifference,
    sign: Math.sign(scoreDifference),
    aucFrom,
    aucBack: scoreAuc(scores, arms.to, arms.back),
    null: random,
    zScore: (scoreDifference - random.mean) / random.standardDeviation,
  };
}

function scoreOf(
  input: NormalizedInput,
  { patient, signature: genes, scores, scoreDifference, random }: Measured,
  { contrast }: LeaveOnePatientOutOptions,
): PatientScore {
  const inflation = Math.sqrt(varianceInflation(genes.up.length, genes.down.length));
  return {
    patient,
    excess: scoreDifference - random.mean,
    geneError: random.standardDeviation * inflation,
    ...replicateErrorOf(replicateErrors(input, scores, contrast), patient),
  };
}

function replicateErrorOf(
  errors: readonly ReplicateError[],
  patient: string,
): Pick<PatientScore, 'replicateError' | 'basis'> {
  const found = errors.find((error) => error.patient === patient);
  if (found === undefined || found.df === 0) return { replicateError: null, basis: 'genes-only' };
  return { replicateError: found, basis: found.own ? 'own-replicates' : 'borrowed-replicates' };
}

function nullFor(variant: Variant, patient: string, genes: Signature, context: RunContext): MatchedGeneNull {
  const { effects, options, bins, model } = variant;
  const k = effects.patients.indexOf(patient);
  const effect = Float64Array.from(effects.genes, (_, g) => effects.effects[g * effects.patients.length + k] as number);
  return matchedGeneNull(effect, genes, {
    places: new Map(effects.genes.map((gene, g) => [gene, g])),
    bins,
    nDraws: options.permutations,
    rng: rngFor(context, `programme/leave-one-out/${model}/${patient}`),
  });
}

function signatureOf(genes: readonly string[], learned: LearnedProgramme, size: number): Signature {
  return learned.status === 'ok' ? signature(genes, learned.t, { size }) : { up: [], down: [] };
}

function armsOf(input: NormalizedInput, patient: string, contrast: StageContrast): Measured['arms'] {
  return {
    from: columnsOf(input, patient, contrast.from),
    to: columnsOf(input, patient, contrast.to),
    back: columnsOf(input, patient, contrast.back),
  };
}
