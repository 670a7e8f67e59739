import type { TaskSignal } from '../core/executor.js';
import { AbortedError } from '../core/errors.js';
import { log2 } from '../core/pinned-math.js';
import { median } from '../stats/quantile.js';
import { callCells, type SampleCall } from './call-cells.js';
import type { CollectedCells } from './collect-genes.js';
import { forEachCount } from './untreated-profile.js';
import { adjustForConfounders, type CellCovariate, type ConfounderAssociation } from './confounder-adjustment.js';
import { twoLevels } from './cycling-mixture.js';
import type { StateMixture } from './fit-mixture.js';
import { fitPatient, type PatientFit } from './fit-patient.js';
import { fractionInformation, type FractionInformation, noneLevel } from './mixture-information.js';
import type { SampleRole } from './options.js';
import type { CallerEffects } from './score-cells.js';
import { type PlantedRecovery, plantedRecovery } from './planted-recovery.js';

/** Everything the calls of one patient depend on: plain data, for a worker. */
export interface CallPatientPayload {
  readonly patient: string;
  /** Genes of the caller first, then one place per confounder set. */
  readonly cells: CollectedCells;
  readonly sampleOf: Uint32Array;
  readonly roles: readonly SampleRole[];
  /** Learned effects of every collected place; zero for confounder sets. */
  readonly caller: CallerEffects;
  /** Place of each confounder set that cells are scored for; −1 where none of its genes is measured. */
  readonly sets: Readonly<Record<ScoredSet, number>>;
  readonly ambient: Float64Array | null;
  readonly mitochondrialFraction: Float64Array | null;
  readonly fdr: number;
  readonly seed: number;
}

/** Sets of confounder genes that cells are scored for. */
export type ScoredSet = 's-phase' | 'g2m-phase' | 'dissociation' | 'stress' | 'mitochondrial';

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
  /** Median over cells of the mean score, in its standard deviations, of a persister cell of this patient's strength. */
  readonly separation: number;
  readonly samples: readonly (FractionInformation & SampleCall & { readonly fdrAgainstUntreated: number | null })[];
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
  const fit = fitPatient(patient, caller);
  stopIfAsked(signal);
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
    separation: median(fit.scores.shift) * fit.mixture.strength,
    samples,
    adjusted: fractionInformation(adjusted.input, adjusted.mixture),
    associations: adjusted.associations,
    confounders,
    cycling: cyclingCells(payload),
    planted: plantedRecovery(patient, caller, { probability: fit.probability, seed, label }),
  };
}

function stopIfAsked(signal: TaskSignal): void {
  if (signal.aborted) throw new AbortedError();
}

/** Calls every sample that shows any persister at all, and compares it with what untreated cells would add to its calls. */
export function callSamples(
  fit: PatientFit,
  information: readonly FractionInformation[],
  options: { readonly roles: readonly SampleRole[]; readonly fdr: number; readonly called: Uint8Array },
): PatientStates['samples'] {
  const { roles, fdr, called } = options;
  const members = roles.map((): number[] => []);
  fit.input.sampleOf.forEach((j, c) => {
    if (!Number.isNaN(fit.probability[c])) members[j]?.push(c);
  });
  return information.map((known, j) => {
    const cells = known.pNone <= noneLevel ? (members[j] as number[]) : [];
    const call = callCells(fit.probability, cells, { fdr, called });
    return { ...known, ...call, fdrAgainstUntreated: roles[j] === 'from' ? null : againstUntreated(fit, call, known) };
  });
}

/**
 * Share of the calls of a sample that untreated cells lead to expect: untreated-like cells of the untreated samples that would
 * have been called there (same likelihood ratio), per untreated-like cell, times the untreated-like cells of the sample.
 */
function againstUntreated(fit: PatientFit, call: SampleCall, sample: FractionInformation): number | null {
  if (call.threshold === null) return null;
  const { input, probability, mixture } = fit;
  const leastOdds = (call.threshold / (1 - call.threshold)) * ((1 - sample.fraction) / sample.fraction);
  let nulls = 0;
  let exceeding = 0;
  input.sampleOf.forEach((j, c) => {
    const p = probability[c] as number;
    if (input.untreated[j] !== true || Number.isNaN(p)) return;
    const pi = mixture.fraction[j] as number;
    const odds = pi === 0 ? 0 : (p / (1 - p)) * ((1 - pi) / pi);
    nulls += 1 - p;
    if (odds >= leastOdds) exceeding += 1 - p;
  });
  return ((exceeding / nulls) * (1 - sample.fraction) * sample.nCells) / call.nCalled;
}

/** Scores of every confounder: log2 of a set's counts over their untreated expectation, log2 depth, and what was measured before. */
function confounderScores(payload: CallPatientPayload): readonly CellCovariate[] {
  const { cells, sets, mitochondrialFraction, ambient } = payload;
  const scored = (['s-phase', 'g2m-phase', 'dissociation', 'stress'] as const).flatMap((name) =>
    sets[name] < 0 ? [] : [{ name, values: setScore(payload, sets[name]) }],
  );
  const mitochondrial = mitochondrialFraction ?? (sets.mitochondrial < 0 ? null : shareOf(cells, sets.mitochondrial));
  const depth = cells.total.map((total) => (total > 0 ? log2(total) : NaN));
  const extra = (name: string, values: Float64Array | null): CellCovariate[] =>
    values === null ? [] : [{ name, values }];
  return [...scored, ...extra('mitochondrial', mitochondrial), ...extra('depth', depth), ...extra('ambient', ambient)];
}

function setScore({ cells, sampleOf, roles }: CallPatientPayload, slot: number): Float64Array {
  const counts = countsOf(cells, slot);
  let all = 0;
  let depth = 0;
  sampleOf.forEach((j, c) => {
    if (roles[j] !== 'from') return;
    all += counts[c] as number;
    depth += cells.depth[c] as number;
  });
  const rate = all / depth;
  return counts.map((count, c) => log2((count + 0.5) / (rate * (cells.depth[c] as number) + 0.5)));
}

function countsOf(cells: CollectedCells, wanted: number): Float64Array {
  const counts = new Float64Array(cells.nCells);
  for (let c = 0; c < cells.nCells; c++) {
    forEachCount(cells, c, (slot, count) => {
      if (slot === wanted) counts[c] = (counts[c] as number) + count;
    });
  }
  return counts;
}

function shareOf(cells: CollectedCells, slot: number): Float64Array {
  return countsOf(cells, slot).map((count, c) => count / (cells.total[c] as number));
}

function cyclingCells({ cells, sets }: CallPatientPayload): PatientCycling {
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
