import { exp, log } from '../core/pinned-math.js';
import { createRng, type Rng } from '../core/rng.js';
import { createTable, numberColumn, textColumn, type Table } from '../data/table.js';
import type { PatientPlan } from './patient-plan.js';
import { twoStateGrowth, type TwoStateRates, type TwoStateTumour } from './two-state-growth.js';

/** The rates behind one arm of one xenograft model. */
export interface ArmGrowth {
  readonly model: string;
  readonly arm: string;
  /** Fraction of persister or resistant cells at day 0. */
  readonly survivingFraction: number;
  /** Rates while the drug is given, days 0 to `drugDays`; equal to `offDrug` in the control arm. */
  readonly onDrug: TwoStateRates;
  readonly offDrug: TwoStateRates;
}

/** How the volumes were measured. */
export interface VolumeSchedule {
  readonly drugDays: number;
  readonly lastDay: number;
  readonly everyDays: number;
  readonly animalsPerArm: number;
  /** Mean volume at day 0, and spread of its natural logarithm between animals. */
  readonly startMm3: number;
  readonly startSpread: number;
  /** Spread of the natural logarithm of a measured volume. */
  readonly caliperSpread: number;
  /** Below this a tumour cannot be measured: the limit is written and marked as censored. */
  readonly detectionMm3: number;
  /** An animal's series ends with the first measurement at or above this. */
  readonly endpointMm3: number;
}

/** The measurement plan used. */
export const volumeSchedule: VolumeSchedule = {
  drugDays: 28,
  lastDay: 77,
  everyDays: 3,
  animalsPerArm: 5,
  startMm3: 150,
  startSpread: 0.2,
  caliperSpread: 0.1,
  detectionMm3: 15,
  endpointMm3: 1500,
};

/** Simulated volumes and the rates they come from. */
export interface SimulatedVolumes {
  readonly table: Table;
  readonly arms: readonly ArmGrowth[];
}

// Browning et al. 2025 (doi:10.1371/journal.pcbi.1013202): g_S +0.15 / −0.30, g_P +0.10, u 0.02 / 1.0, v 0.50 / 0.01.
const offDrug: TwoStateRates = { growthSensitive: 0.15, growthPersister: 0.1, entry: 0.02, exit: 0.5 };
const onDrug: TwoStateRates = { growthSensitive: -0.3, growthPersister: 0.1, entry: 1, exit: 0.01 };
// With entry at 1.0 a day the tumour hardly shrinks; each arm draws a slower one, so that there is a response to relapse from.
const entryUnderDrug: readonly [number, number] = [0.005, 0.03];
const persisterFractionOffDrug = 0.035196;
const resistantFraction = 0.01;

/**
 * Tumour volumes of one xenograft model per patient: a control arm and one arm per regimen, five animals each, drug on days
 * 0 to 28, from the exact solution of the sensitive–persister model with log-normal caliper noise. The null patient has no
 * persisters; in the clonal patient the second state is a resistant clone that neither enters nor leaves.
 */
export function simulateVolumes(patients: readonly PatientPlan[], seed: number): SimulatedVolumes {
  const rng = createRng(seed, 'simulate/volumes');
  const arms = patients.flatMap((patient) => planArms(patient, rng.split(patient.patient)));
  const rows = arms.flatMap((arm) => {
    const stream = rng.split(`${arm.model}/${arm.arm}`);
    return Array.from({ length: volumeSchedule.animalsPerArm }, (_, i) => measure(arm, i + 1, stream)).flat();
  });
  return { table: volumesTable(rows), arms };
}

function planArms(patient: PatientPlan, rng: Rng): readonly ArmGrowth[] {
  const model = patient.patient;
  const still = (rates: TwoStateRates): TwoStateRates => ({ ...rates, entry: 0, exit: 0 });
  const switching = patient.role === 'reversible' || patient.role === 'artefact';
  const survivingFraction = switching
    ? persisterFractionOffDrug
    : patient.role === 'clonal-resistance'
      ? resistantFraction
      : 0;
  const off = switching ? offDrug : still(offDrug);
  const control: ArmGrowth = { model, arm: 'control', survivingFraction, onDrug: off, offDrug: off };
  const treated = patient.treatments.map((arm): ArmGrowth => {
    const [low, high] = entryUnderDrug;
    const entry = exp(log(low) + (log(high) - log(low)) * rng.uniform());
    const on = switching ? { ...onDrug, entry } : still(onDrug);
    return { model, arm, survivingFraction, onDrug: on, offDrug: off };
  });
  return [control, ...treated];
}

interface Measurement {
  readonly model: string;
  readonly animal: string;
  readonly arm: string;
  readonly day: number;
  readonly volume: number;
  readonly censored: string | null;
}

function measure(arm: ArmGrowth, animal: number, rng: Rng): readonly Measurement[] {
  const { startMm3, startSpread, caliperSpread, detectionMm3, endpointMm3, everyDays, lastDay } = volumeSchedule;
  const start = startMm3 * exp(startSpread * rng.normal() - (startSpread * startSpread) / 2);
  const rows: Measurement[] = [];
  for (let day = 0; day <= lastDay; day += everyDays) {
    const measured = start * relativeVolume(arm, day) * exp(caliperSpread * rng.normal());
    const censored = measured < detectionMm3;
    const volume = censored ? detectionMm3 : measured;
    const name = `${arm.model}-${arm.arm}-${String(animal)}`;
    rows.push({ model: arm.model, animal: name, arm: arm.arm, day, volume, censored: censored ? 'left' : null });
    if (measured >= endpointMm3) break;
  }
  return rows;
}

function volumesTable(rows: readonly Measurement[]): Table {
  return createTable('volumes', 'Tumour volumes of the xenograft models', [
    textColumn(
      'model',
      'Xenograft model (patient)',
      rows.map((r) => r.model),
    ),
    textColumn(
      'animal',
      'Animal',
      rows.map((r) => r.animal),
    ),
    textColumn(
      'arm',
      'Treatment arm',
      rows.map((r) => r.arm),
    ),
    numberColumn(
      'day',
      'Days since the start of treatment',
      rows.map((r) => r.day),
    ),
    numberColumn(
      'volume',
      'Tumour volume, mm³',
      rows.map((r) => r.volume),
    ),
    textColumn(
      'censored',
      '`left` where the tumour was below the detection limit',
      rows.map((r) => r.censored),
    ),
  ]);
}

/** Volume of an arm against its start, without noise. */
export function relativeVolume(arm: ArmGrowth, day: number): number {
  const start: TwoStateTumour = { sensitive: 1 - arm.survivingFraction, persister: arm.survivingFraction };
  const { drugDays } = volumeSchedule;
  const treated = twoStateGrowth(start, arm.onDrug, Math.min(day, drugDays));
  const now = day > drugDays ? twoStateGrowth(treated, arm.offDrug, day - drugDays) : treated;
  return now.sensitive + now.persister;
}
