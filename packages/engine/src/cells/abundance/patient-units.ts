import type { StageContrast } from '../../study/types.js';
import type { CellCounts, CellSample } from '../cell-counts.js';

/** The cells whose numbers are compared, and the samples they come from. */
export type CellSamples = Pick<CellCounts, 'sampleOf' | 'samples'>;

/** The two stages compared. */
export type ComparedStages = Pick<StageContrast, 'from' | 'to'>;

/** The cells of one patient at one stage: the unit whose numbers are compared. */
export interface PatientUnit {
  readonly patient: string;
  readonly stage: StageContrast['from'];
  /** Indices of the samples added up. */
  readonly samples: readonly number[];
}

/** A patient who takes no part, and why. */
export interface ExcludedPatient {
  readonly patient: string;
  readonly reason: string;
}

/** Patients that have both stages, in one technology. */
export interface PairedUnits {
  readonly patients: readonly string[];
  /** For each patient the unit at `from`, then the unit at `to`. */
  readonly units: readonly PatientUnit[];
  readonly excluded: readonly ExcludedPatient[];
}

/**
 * Adds up the samples of each patient at each of two stages. Replicate libraries of one patient are one unit, because cells
 * of one tumour are no independent patients. Only samples with cells, and of technologies that the patient has at both
 * stages, are used.
 *
 * @param nCells - cells of each sample
 */
export function pairUnits(
  samples: readonly CellSample[],
  nCells: ArrayLike<number>,
  { from, to }: ComparedStages,
): PairedUnits {
  const patients = [...new Set(samples.map((sample) => sample.patient))].sort();
  const pick = (patient: string, stage: CellSample['stage'], technologies?: ReadonlySet<string>): readonly number[] =>
    samples.flatMap((sample, s) => {
      const usable = technologies === undefined || technologies.has(sample.technology);
      return sample.patient === patient && sample.stage === stage && usable && (nCells[s] as number) > 0 ? [s] : [];
    });
  const technologiesOf = (indices: readonly number[]): Set<string> =>
    new Set(indices.map((s) => (samples[s] as CellSample).technology));
  const excluded: ExcludedPatient[] = [];
  const units: PatientUnit[] = [];
  for (const patient of patients) {
    const [before, after] = [pick(patient, from), pick(patient, to)];
    const reached = technologiesOf(after);
    const shared = new Set([...technologiesOf(before)].filter((technology) => reached.has(technology)));
    const missing = [before.length === 0 ? from : '', after.length === 0 ? to : ''].filter((stage) => stage !== '');
    if (missing.length > 0) excluded.push({ patient, reason: `no ${missing.join(' and no ')} cells` });
    else if (shared.size === 0) excluded.push({ patient, reason: 'its two stages share no technology' });
    else {
      units.push({ patient, stage: from, samples: pick(patient, from, shared) });
      units.push({ patient, stage: to, samples: pick(patient, to, shared) });
    }
  }
  return { patients: patients.filter((name) => units.some(({ patient }) => patient === name)), units, excluded };
}

/** Why two stages cannot be compared between patients, or null when they can. */
export function whyNotPaired({ patients, excluded }: PairedUnits, { from, to }: ComparedStages): string | null {
  if (patients.length >= 2) return null;
  if (patients.length === 1) {
    return `only patient ${String(patients[0])} has both ${from} and ${to} samples: one library per arm cannot tell stage from sample`;
  }
  const reasons = excluded.map(({ patient, reason }) => `${patient}: ${reason}`);
  return `no patient has comparable ${from} and ${to} samples (${reasons.join('; ')}): stage and patient are confounded`;
}

/** Adds the columns of a table up to one column per unit. */
export function sumUnits(table: Float64Array, nSamples: number, units: readonly PatientUnit[]): Float64Array {
  const sums = new Float64Array((table.length / nSamples) * units.length);
  for (let k = 0; k < sums.length; k++) {
    const row = Math.floor(k / units.length) * nSamples;
    let sum = 0;
    for (const s of (units[k % units.length] as PatientUnit).samples) sum += table[row + s] as number;
    sums[k] = sum;
  }
  return sums;
}
