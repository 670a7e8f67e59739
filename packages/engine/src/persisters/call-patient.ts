import { AbortedError } from '../core/errors.js';
import type { TaskSignal } from '../core/executor.js';
import { median } from '../stats/quantile.js';
import { type CalledSample, callSamples } from './call-samples.js';
import { adjustForConfounders, type CellCovariate, type ConfounderAssociation } from './confounder-adjustment.js';
import { type ConfounderInput, confounderScores, countsOf } from './confounder-scores.js';
import { twoLevels } from './cycling-mixture.js';
import type { StateMixture } from './state-mixture.js';
import { fitPatient, fullEffort, type PatientFit } from './fit-patient.js';
import { fractionInformation, type FractionInformation } from './mixture-information.js';
import { type PlantedRecovery, plantedRecovery } from './planted-recovery.js';
import type { CallerEffects } from './score-cells.js';

/** Everything the calls of one patient depend on: plain data, for a worker. Its genes come first, then one place per confounder set. */
export interface CallPatientPayload extends ConfounderInput {
  readonly patient: string;
  /** Learned effects of every collected place; zero for confounder sets. */
  readonly caller: CallerEffects;
  readonly fdr: number;
  readonly seed: number;
}

/** The states of one patient's cells, before the patient-level verdict. */
export interface PatientStates {
  readonly patient: string;
  /** z / shift: 0 untreated, 1 the full effects of the other patients. */
  readonly activity: Float64Array;
  readonly standardError: Float64Array;
  readonly probability: Float64Array;
  readonly called: Uint8Array;
  readonly mixture: StateMixture;
  readonly weights: Float64Array;
  /** Distance of the two states in standard deviations of an untreated-like cell of median depth, spread between cells included. */
  readonly separation: number;
  readonly samples: readonly CalledSample[];
  readonly adjusted: readonly FractionInformation[];
  readonly associations: readonly ConfounderAssociation[];
  readonly confounders: readonly CellCovariate[];
  readonly cycling: PatientCycling;
  readonly planted: PlantedRecovery | null;
}

/** Cycling cells of one patient. */
export interface PatientCycling {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  /** Probability to be at the higher level of the S or of the G2/M genes; NaN when neither could be split. */
  readonly probability: Float64Array;
}

/** Calls the cells of one patient with what the other patients teach. A block task. */
export function callPatientBlock(payload: CallPatientPayload, signal: TaskSignal): PatientStates {
  const { cells, sampleOf, roles, caller } = payload;
  const patient = { cells, sampleOf, untreated: roles.map((role) => role === 'from') };
  const stop = (): void => {
    stopIfAsked(signal);
  };
  const fit = fitPatient(patient, caller, { ...fullEffort, stop });
  const information = fractionInformation(fit.input, fit.mixture);
  const called = new Uint8Array(cells.nCells);
  const samples = callSamples(fit, information, { roles, fdr: payload.fdr, called });
  const confounders = confounderScores(payload);
  const adjusted = adjustForConfounders(
    fit,
    confounders,
    roles.map((role) => role === 'to'),
  );
  stopIfAsked(signal);
  const { seed, patient: label } = payload;
  return {
    patient: label,
    activity: fit.scores.z.map((z, c) => z / (fit.scores.shift[c] as number)),
    standardError: fit.scores.shift.map((d) => 1 / d),
    probability: fit.probability,
    called,
    mixture: fit.mixture,
    weights: fit.scores.weights,
    separation: separationOf(fit),
    samples,
    adjusted: fractionInformation(adjusted.input, adjusted.mixture),
    associations: adjusted.associations,
    confounders,
    cycling: cyclingCells(payload),
    planted: plantedRecovery(patient, caller, { probability: fit.probability, seed, label }),
  };
}

function separationOf({ scores, mixture, input }: PatientFit): number {
  const counting = 1 / median(scores.shift);
  const centre = median(mixture.untreatedMean.filter((_, j) => input.untreated[j] === true));
  return (mixture.strength - centre) / Math.sqrt(counting * counting + mixture.untreatedSpread);
}

function stopIfAsked(signal: TaskSignal): void {
  if (signal.aborted) throw new AbortedError();
}

function cyclingCells({ cells, sets }: ConfounderInput): PatientCycling {
  const split = (['s-phase', 'g2m-phase'] as const).flatMap((name) =>
    sets[name] < 0 ? [] : [twoLevels(countsOf(cells, sets[name]), cells.depth)],
  );
  const found = split.filter(({ status }) => status === 'ok');
  const probability = new Float64Array(cells.nCells).fill(NaN);
  for (const { probability: own } of found) {
    own.forEach((p, c) => {
      if (!((probability[c] as number) > p)) probability[c] = p;
    });
  }
  if (found.length > 0) return { status: 'ok', reasons: [], probability };
  const reasons =
    split.length === 0 ? ['no cell-cycle gene is measured'] : [...new Set(split.flatMap((s) => s.reasons))];
  return { status: 'not-identifiable', reasons, probability };
}
