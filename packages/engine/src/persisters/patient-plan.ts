import { type CellCounts, sampleRanges } from '../cells/cell-counts.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { compareText } from '../programme/compare-text.js';
import { learnCaller, type LearnCallerOptions, type LearnedCaller } from './learn-caller.js';
import { type ResolvedPersisterOptions, roleOf, type SampleRole } from './options.js';

/** One single-cell patient: its samples, its cells and the caller the others teach. */
export interface PlannedPatient {
  readonly patient: string;
  /** Indices into the samples of the cells. */
  readonly samples: readonly number[];
  readonly roles: readonly SampleRole[];
  /** First row and row after the last of each sample. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly nCells: number;
  /** Cells the controls look at. */
  readonly controlCells: number;
  readonly trainingPatients: readonly string[];
  readonly caller: LearnedCaller;
  /** Why its cells cannot be called; empty where they can. */
  readonly reasons: readonly string[];
}

/** What planning needs besides the cells and the effects. */
export interface PlanOptions extends ResolvedPersisterOptions {
  readonly usable: (gene: string) => boolean;
}

/** Plans the calls: for every patient with cells, who teaches its caller, and whether there is a null to call against. */
export function planPatients(
  cells: CellCounts,
  effects: PatientEffects,
  options: PlanOptions,
): readonly PlannedPatient[] {
  const ranges = sampleRanges(cells);
  const patients = [...new Set(cells.samples.map(({ patient }) => patient))].sort(compareText);
  return patients.map((patient) => {
    const samples = cells.samples.flatMap((sample, s) => (sample.patient === patient ? [s] : []));
    const roles = samples.map((s) =>
      roleOf((cells.samples[s] as CellCounts['samples'][number]).stage, effects.contrast),
    );
    const own = samples.map((s) => ranges[s] as readonly [number, number]);
    const trainingPatients = effects.patients.filter((other) => other !== patient && !options.leftOut.has(other));
    const caller = learnCaller(effects, learnOptions(trainingPatients, options));
    const planned = { patient, samples, roles, ranges: own, trainingPatients, caller };
    const nCells = own.reduce((sum, [start, end]) => sum + end - start, 0);
    const controlCells = own.reduce((sum, [start, end]) => sum + Math.min(options.controlCells, end - start), 0);
    return { ...planned, nCells, controlCells, reasons: reasonsAgainst(planned, cells, effects, options) };
  });
}

/** How a caller is learned from given patients, with or without exchanged labels. */
export function learnOptions(
  trainingPatients: readonly string[],
  options: PlanOptions,
  signs?: readonly number[],
): LearnCallerOptions {
  const { minTrainingPatients, callerSize, usable } = options;
  return { trainingPatients, minTrainingPatients, callerSize, usable, ...(signs === undefined ? {} : { signs }) };
}

function reasonsAgainst(
  {
    patient,
    samples,
    roles,
    ranges,
    caller,
  }: Pick<PlannedPatient, 'patient' | 'samples' | 'roles' | 'ranges' | 'caller'>,
  cells: CellCounts,
  { contrast }: PatientEffects,
  options: PlanOptions,
): readonly string[] {
  const leftOut = options.leftOut.get(patient);
  const size = (role: SampleRole): number =>
    ranges.reduce((sum, [start, end], i) => sum + (roles[i] === role ? end - start : 0), 0);
  const technologies = samples.filter((_, i) => roles[i] !== 'other').map((s) => cells.samples[s]?.technology);
  const [nFrom, nTo] = [size('from'), size('to')];
  return [
    ...(leftOut === undefined ? [] : [leftOut]),
    ...caller.reasons,
    ...(nFrom >= options.minUntreatedCells
      ? []
      : [
          `${nFrom === 0 ? 'no' : `only ${String(nFrom)}`} ${contrast.from} cell${nFrom === 1 ? '' : 's'} to anchor the null in; ${String(options.minUntreatedCells)} are needed`,
        ]),
    ...(nTo > 0 ? [] : [`no ${contrast.to} cell`]),
    ...(new Set(technologies).size <= 1 ? [] : ['its stages come from different technologies']),
  ];
}
