import { createRng, type Rng, shuffleInPlace } from '../core/rng.js';
import { exp, exp2 } from '../core/pinned-math.js';
import type { CollectedCells } from './collect-genes.js';
import { fitPatient, type PatientCells } from './fit-patient.js';
import type { CallerEffects } from './score-cells.js';
import { untreatedProfile } from './untreated-profile.js';

/** What the caller makes of cells that were turned into persisters by hand: a calibration that needs no truth. */
export interface PlantedRecovery {
  /** Untreated cells that were looked at, and those of them that carry the planted programme. */
  readonly nCells: number;
  readonly nPlanted: number;
  /** Probability given to each, and whether the programme was planted. */
  readonly probability: Float64Array;
  readonly planted: Uint8Array;
}

/** Share of the tested untreated cells that is planted, and how many cells are used at most. */
const plantedShare = 0.1;
const mostCells = 1000;
const fewestTested = 30;

/**
 * Splits a patient's untreated cells at random in two, multiplies the expected counts of the caller's genes by the learned effects in a tenth of the
 * second half (thinning counts that fall, adding Poisson counts to those that rise), and calls that half against the
 * first. Cells that were called persister-like before are left out. No stage label takes part.
 *
 * @param probability - persister probability of every cell as called
 * @returns null when fewer than 60 untreated cells are left
 */
export function plantedRecovery(
  patient: PatientCells,
  caller: CallerEffects,
  options: { readonly probability: Float64Array; readonly seed: number; readonly label: string },
): PlantedRecovery | null {
  const { effects } = caller;
  const rng = createRng(options.seed, `persisters/planted/${options.label}`);
  const pool = Uint32Array.from(patient.sampleOf.keys()).filter(
    (c) => patient.untreated[patient.sampleOf[c] as number] === true && (options.probability[c] as number) < 0.5,
  );
  shuffleInPlace(pool, rng);
  const used = pool.subarray(0, mostCells);
  const half = used.length >> 1;
  if (half < fewestTested) return null;
  const nTested = used.length - half;
  const nPlanted = Math.max(3, Math.round(plantedShare * nTested));
  const all = new Float64Array(patient.cells.nCells);
  for (const c of used.subarray(0, half)) all[c] = 1;
  const { rate } = untreatedProfile(patient.cells, effects.length, all);
  const planted = Uint8Array.from(used, (_, i) => (i >= half && i < half + nPlanted ? 1 : 0));
  const row = new Float64Array(effects.length);
  const cells = rebuild(patient.cells, used, row, (cell, i) => {
    if (planted[i] === 1) shiftRow(row, { rate, effects, depth: patient.cells.depth[cell] as number, rng });
  });
  const sampleOf = Uint32Array.from(used, (_, i) => (i < half ? 0 : 1));
  const fit = fitPatient({ cells, sampleOf, untreated: [true, false] }, caller);
  return { nCells: nTested, nPlanted, probability: fit.probability.slice(half), planted: planted.slice(half) };
}

interface Shift {
  readonly rate: Float64Array;
  readonly effects: Float64Array;
  readonly depth: number;
  readonly rng: Rng;
}

function shiftRow(row: Float64Array, { rate, effects, depth, rng }: Shift): void {
  for (let g = 0; g < row.length; g++) {
    const delta = effects[g] as number;
    if (delta > 0) row[g] = (row[g] as number) + drawPoisson(depth * (rate[g] as number) * (exp2(delta) - 1), rng);
    if (delta < 0) row[g] = thin(row[g] as number, exp2(delta), rng);
  }
}

function thin(count: number, kept: number, rng: Rng): number {
  let left = 0;
  for (let i = 0; i < count; i++) if (rng.uniform() < kept) left++;
  return left;
}

/** One Poisson draw by multiplication of uniforms (Knuth), a large mean in parts. */
function drawPoisson(mean: number, rng: Rng): number {
  if (mean > 20) return drawPoisson(mean / 2, rng) + drawPoisson(mean / 2, rng);
  const limit = exp(-mean);
  let count = 0;
  for (let product = rng.uniform(); product > limit; product *= rng.uniform()) count++;
  return count;
}

/** Chosen cells, each changed while it stands in `row`. */
function rebuild(
  cells: CollectedCells,
  chosen: Uint32Array,
  row: Float64Array,
  change: (cell: number, place: number) => void,
): CollectedCells {
  const slots: number[] = [];
  const values: number[] = [];
  const indptr = new Uint32Array(chosen.length + 1);
  chosen.forEach((cell, i) => {
    row.fill(0);
    const last = cells.indptr[cell + 1] as number;
    for (let k = cells.indptr[cell] as number; k < last; k++) {
      const slot = cells.slots[k] as number;
      row[slot] = (row[slot] as number) + (cells.values[k] as number);
    }
    change(cell, i);
    row.forEach((value, slot) => {
      if (value === 0) return;
      slots.push(slot);
      values.push(value);
    });
    indptr[i + 1] = slots.length;
  });
  return {
    nCells: chosen.length,
    indptr,
    slots: Uint16Array.from(slots),
    values: Float32Array.from(values),
    depth: Float64Array.from(chosen, (c) => cells.depth[c] as number),
    total: Float64Array.from(chosen, (c) => cells.total[c] as number),
  };
}
