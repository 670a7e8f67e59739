import type { Estimate } from '../core/method.js';
import { clopperPearson } from '../stats/exact-binomial.js';
import { isPositive } from './gate-bits.js';
import type { GatePatientCells } from './gate-reference.js';
import type { GeneCounts } from './gene-counts.js';
import { meanOverPatients } from './mean-over-patients.js';

/** One marker of a gate in words a lab can use. */
export interface GateMarker {
  readonly gene: string;
  /** `+`: cells at the level or above are kept. `−`: they are excluded. */
  readonly sign: '+' | '−';
  /** Counts per 10,000 from which a cell is positive; 0: any count. */
  readonly level: number;
}

/** A gate on the cells of one patient. */
export interface GatePatient {
  readonly patient: string;
  readonly nPersister: number;
  readonly nUntreated: number;
  readonly nNormal: number;
  /** Share of persister cells kept, with its exact interval from cell sampling. */
  readonly sensitivity: Estimate;
  /** Share of untreated tumour cells left out. */
  readonly specificity: Estimate;
  /** Share of normal cells left out; null without normal cells. */
  readonly specificityNormal: number | null;
  /** Sensitivity + the lower of the two specificities − 1. */
  readonly youden: number;
}

/** A gate, or gates of one size, over patients: the patient is the unit of every interval. */
export interface GatePerformance {
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
  readonly specificityNormal: Estimate;
  readonly youden: Estimate;
  readonly patients: readonly GatePatient[];
}

/** Measures a gate on all cells of one patient. */
export function gateOnPatient(
  markers: readonly (GateMarker & { readonly slot: number })[],
  cells: GatePatientCells,
  { values, depth }: GeneCounts,
): GatePatient {
  const keeps = (cell: number): boolean =>
    markers.every(
      ({ slot, level, sign }) =>
        isPositive(values[slot * depth.length + cell] as number, depth[cell] as number, level) === (sign === '+'),
    );
  const kept = (group: Uint32Array): number => group.reduce((sum, cell) => sum + (keeps(cell) ? 1 : 0), 0);
  const { patient, persister, untreated, normal } = cells;
  const sensitivity = shareOf(kept(persister), persister.length);
  const specificity = shareOf(untreated.length - kept(untreated), untreated.length);
  const specificityNormal = normal.length === 0 ? null : 1 - kept(normal) / normal.length;
  return {
    patient,
    nPersister: persister.length,
    nUntreated: untreated.length,
    nNormal: normal.length,
    sensitivity,
    specificity,
    specificityNormal,
    youden: (sensitivity.value ?? NaN) + Math.min(specificity.value ?? NaN, specificityNormal ?? 1) - 1,
  };
}

/** Averages over patients, each weighing the same. */
export function performanceOf(patients: readonly GatePatient[]): GatePerformance {
  return {
    sensitivity: meanOverPatients(patients.map(({ sensitivity }) => sensitivity.value)),
    specificity: meanOverPatients(patients.map(({ specificity }) => specificity.value)),
    specificityNormal: meanOverPatients(patients.map(({ specificityNormal }) => specificityNormal)),
    youden: meanOverPatients(
      patients.map(({ youden }) => youden),
      [-1, 1],
    ),
    patients,
  };
}

function shareOf(successes: number, trials: number): Estimate {
  const { estimate, low, high, level } = clopperPearson(successes, trials);
  return { value: estimate, low, high, level, method: 'Clopper–Pearson over cells', status: 'ok', reasons: [] };
}
