import type { CellCounts } from '../cells/cell-counts.js';
import type { Estimate } from '../core/method.js';
import type { Stage } from '../study/types.js';
import type { PatientStates } from './call-patient.js';
import type { ConfounderSet } from './confounder-sets.js';
import { cellColumns } from './cell-columns.js';
import type { ControlCall } from './control-callers.js';
import {
  combineFractions,
  fractionEstimate,
  type KnownFraction,
  pooledFraction,
  type ReplicateVariation,
} from './fraction-estimate.js';
import type { ResolvedPersisterOptions } from './options.js';
import type { PlannedPatient } from './patient-plan.js';
import { plantedCalibration } from './planted-calibration.js';
import { basisOf, groupOf, type Replication, replicationOf } from './replication.js';
import { sampleRow } from './sample-row.js';
import type { PatientStageFraction, PersisterCalls, PersisterPatient, ShuffleControl } from './types.js';
import { leastSeparation, type PatientVerdict, patientVerdict } from './verdict.js';
import { callWarnings } from './warnings.js';

/** Everything computed for one patient; `states` is null where it is not testable. */
export interface PatientOutcome {
  readonly plan: PlannedPatient;
  readonly states: PatientStates | null;
  readonly shuffled: readonly ControlCall[];
  readonly random: readonly ControlCall[];
}

/** What the result is put together from besides the outcomes. */
export interface AssemblyInput {
  readonly cells: CellCounts;
  readonly contrast: { readonly from: Stage; readonly to: Stage };
  readonly confounders: readonly ConfounderSet[];
  readonly options: ResolvedPersisterOptions;
}

/** An outcome with its verdict and what intervals rest on. */
export interface JudgedOutcome extends PatientOutcome {
  readonly verdict: PatientVerdict;
}

/** Puts the outcomes of all patients together: verdicts, intervals, tables, controls, warnings. */
export function assembleCalls(input: AssemblyInput, outcomes: readonly PatientOutcome[]): PersisterCalls {
  const replication = replicationOf(input.cells, outcomes);
  const judged = outcomes.map((outcome) => ({ ...outcome, verdict: judge(outcome, input.options.level) }));
  const patients = judged.map((outcome) => patientRow(input, outcome, replication));
  const rows = judged.flatMap((outcome) =>
    outcome.plan.samples.map((s, j) => ({ s, row: sampleRow(input, outcome, { sample: s, place: j, replication }) })),
  );
  const { variation } = replication;
  const shuffles = shuffleControl(outcomes, input.options.controls);
  const calibration = plantedCalibration(
    outcomes.flatMap(({ states }) => (hasFractions(states) && states.planted !== null ? [states.planted] : [])),
  );
  return {
    contrast: input.contrast,
    fdr: input.options.fdr,
    cells: cellColumns(input.cells, judged),
    samples: rows.sort((a, b) => a.s - b.s).map(({ row }) => row),
    patients,
    stages: stageFractions(judged, input),
    replicateVariation: variation,
    excludedGenes: input.confounders,
    shuffleControl: shuffles,
    calibration,
    warnings: callWarnings(judged, { variation, shuffles, calibration }),
  };
}

function judge({ plan, states, random }: PatientOutcome, level: number): PatientVerdict {
  if (states === null) return { verdict: 'not testable', reasons: plan.reasons, explainedBy: null };
  const to = plan.roles.flatMap((role, j) => (role === 'to' ? [j] : []));
  const pick = <T>(values: readonly T[]): T[] => to.map((j) => values[j] as T);
  const samples = pick(states.samples);
  const estimate = (parts: readonly KnownFraction[]): Estimate =>
    fractionEstimate(combineFractions(parts, null), { level, variation: null, basis: 'technical-only' });
  const nCalledTo = samples.reduce((sum, s) => sum + s.nCalled, 0);
  const nCellsTo = samples.reduce((sum, s) => sum + s.nCells, 0);
  const byEffect = [...states.associations].sort((a, b) => b.shift * b.coefficient - a.shift * a.coefficient);
  return patientVerdict({
    fractionTo: estimate(samples),
    adjustedTo: estimate(pick(states.adjusted)),
    fractionFrom: estimate(states.samples.filter((_, j) => plan.roles[j] === 'from')),
    nCalledTo,
    nCellsTo,
    pNone: Math.min(...samples.map((s) => s.pNone)),
    excess: (states.mixture.strength * nCalledTo) / nCellsTo,
    randomExcess: random.map(({ calledTo, strength }) => calledTo * strength),
    largestConfounder: byEffect[0]?.name ?? null,
    separation: states.separation,
    nullShift: nullShift(plan, states),
  });
}

function nullShift({ roles }: PlannedPatient, { mixture }: PatientStates): number {
  const means = (role: string): Float64Array => mixture.untreatedMean.filter((_, j) => roles[j] === role);
  const from = means('from');
  return Math.max(...means('to')) - from.reduce((sum, mean) => sum + mean, 0) / from.length;
}

function patientRow(input: AssemblyInput, outcome: JudgedOutcome, replication: Replication): PersisterPatient {
  const { plan, states, verdict, random, shuffled } = outcome;
  return {
    patient: plan.patient,
    ...verdict,
    trainingPatients: plan.trainingPatients,
    agreement: plan.caller.agreement,
    genes: plan.caller.genes.map((gene, g) => ({ ...gene, weight: states?.weights[g] ?? NaN })),
    mixture:
      states === null
        ? null
        : {
            strength: states.mixture.strength,
            strengthAssumed: states.mixture.strengthAssumed,
            spreadUntreated: Math.sqrt(states.mixture.untreatedSpread),
            spreadPersister: Math.sqrt(states.mixture.persisterSpread),
            separation: states.separation,
            converged: states.mixture.converged,
          },
    stages: hasFractions(states) ? patientStages(input, outcome, replication) : [],
    confounders: states?.associations ?? [],
    randomGenes: random.map(({ calledTo, strength }) => ({ called: calledTo, strength })),
    shuffledLabels: shuffled.map(({ nCalled, nCells }) => nCalled / nCells),
  };
}

/** The stages of a patient with the samples at each. */
function stagesOf(
  { cells }: AssemblyInput,
  plan: PlannedPatient,
): readonly { readonly stage: Stage; readonly places: readonly number[] }[] {
  const stage = (s: number): Stage => (cells.samples[s] as CellCounts['samples'][number]).stage;
  const stages = [...new Set(plan.samples.map(stage))];
  return stages.map((own) => ({ stage: own, places: plan.samples.flatMap((s, j) => (stage(s) === own ? [j] : [])) }));
}

function patientStages(
  input: AssemblyInput,
  { plan, states }: PatientOutcome,
  replication: Replication,
): readonly PatientStageFraction[] {
  return stagesOf(input, plan).map(({ stage, places }) => {
    const parts = places.map((j) => states?.samples[j] as KnownFraction & { readonly nCells: number });
    const own = places.map((j) => basisOf(replication, groupOf(input.cells, plan.samples[j] as number)));
    const basis = own.includes('own-replicates') ? 'own-replicates' : (own[0] ?? 'technical-only');
    return {
      stage,
      nSamples: parts.length,
      nCells: parts.reduce((sum, { nCells }) => sum + nCells, 0),
      fraction: fractionEstimate(combineFractions(parts, replication.variation), {
        level: input.options.level,
        variation: replication.variation === null ? null : meanOf(replication.variation, parts.length),
        basis,
      }),
      basis,
    };
  });
}

/** Variation of the mean of several replicates. */
function meanOf({ variance, df }: ReplicateVariation, nSamples: number): ReplicateVariation {
  return { variance: variance / nSamples, df };
}

function stageFractions(outcomes: readonly JudgedOutcome[], input: AssemblyInput): PersisterCalls['stages'] {
  const told = outcomes.filter(({ states, verdict }) => hasFractions(states) && verdict.explainedBy === null);
  const known = told.flatMap(({ plan, states }) =>
    stagesOf(input, plan).map(({ stage, places }) => ({
      stage,
      patient: plan.patient,
      ...combineFractions(
        places.map((j) => states?.samples[j] as KnownFraction),
        null,
      ),
    })),
  );
  return (['untreated', 'residual', 'relapse'] as const).flatMap((stage) => {
    const own = known.filter((k) => k.stage === stage && k.nEffective > 0);
    if (own.length === 0) return [];
    return [{ stage, patients: own.map(({ patient }) => patient), fraction: pooledFraction(own, input.options.level) }];
  });
}

/** Whether the two states of a patient are far enough apart for its fractions to mean anything. */
export function hasFractions(states: PatientStates | null): states is PatientStates {
  return states !== null && states.separation >= leastSeparation;
}

function shuffleControl(outcomes: readonly PatientOutcome[], draws: number): ShuffleControl | null {
  const tested = outcomes.filter(({ states }) => states !== null);
  if (tested.length === 0 || draws === 0) return null;
  const calls = tested.flatMap(({ shuffled }) => shuffled);
  return {
    draws: tested.length * draws,
    learned: calls.length,
    // A draw in which nothing could be learned looked at the same cells and called none of them.
    nCells: tested.reduce((sum, { plan }) => sum + plan.controlCells * draws, 0),
    nCalled: calls.reduce((sum, { nCalled }) => sum + nCalled, 0),
    highestShare: Math.max(0, ...calls.map(({ nCalled, nCells }) => nCalled / nCells)),
  };
}
