import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import type { CellCounts } from '../../cells/cell-counts.js';
import { createRng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { type SimulatedStudy, simulateStudy } from '../../simulate/simulate-study.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import type { GenePosition } from './gene-positions.js';
import { plantedArms } from './planted-tumour.test-helper.js';
import type { PatientCopyNumber } from './types.js';

/** The simulator's patients, each against its own untreated sample: one in five carries a clone with a gained arm. */
const context = inlineContext(copyNumberTasks);
const genes = simulateStudy({ seed: 1, patients: 5, cells: 20 }).samples.find(({ cells }) => cells !== null)!.cells!
  .varNames;

function placeGenes(seed: number): readonly GenePosition[] {
  const rng = createRng(seed, 'places');
  return genes.map((gene) => {
    const label = gene === 'FOSL1' ? '11q' : plantedArms[rng.integer(plantedArms.length)]!;
    const arm = label.endsWith('p') ? 'p' : 'q';
    return { gene, chromosome: label.slice(0, -1), arm, start: 1 + rng.integer(1e6) + (arm === 'q' ? 1e8 : 0) };
  });
}

function cellsOf(study: SimulatedStudy): CellCounts {
  const samples = study.samples.filter(({ cells }) => cells !== null);
  const matrices = samples.map(({ cells }) => cells!.X as CsrMatrix);
  const ends = matrices.flatMap(({ indptr }) => Array.from(indptr.subarray(1), (end, i) => end - indptr[i]!));
  const indptr = new Uint32Array(ends.length + 1);
  ends.forEach((n, i) => (indptr[i + 1] = indptr[i]! + n));
  return {
    counts: {
      kind: 'csr',
      shape: [ends.length, genes.length],
      indptr,
      indices: Uint32Array.from(matrices.flatMap(({ indices }) => Array.from(indices))),
      data: Float32Array.from(matrices.flatMap(({ data }) => Array.from(data))),
    },
    genes,
    barcodes: samples.flatMap(({ cells }) => cells!.obsNames),
    sampleOf: Uint32Array.from(samples.flatMap(({ cells }, s) => cells!.obsNames.map(() => s))),
    samples: samples.map(({ sample, patient, stage, treatment, technology }) => ({
      sample,
      patient,
      stage,
      treatment,
      technology,
    })),
  };
}

const hasGain = ({ clones, samples }: PatientCopyNumber, arm: string): boolean =>
  [...clones, ...samples].some(({ arms }) => arms.some((found) => found.arm === arm && found.call === 'gain'));

describe('simulated studies', () => {
  it('the clonal patient is flagged, the others have no call, and cells with a call are right', {
    timeout: 300_000,
  }, async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    let [flagged, falseAlarms, clean, right, called] = [0, 0, 0, 0, 0];
    for (const seed of seeds) {
      const positions = placeGenes(seed);
      const geneArms = Object.fromEntries(positions.map(({ gene, chromosome, arm }) => [gene, chromosome + arm]));
      const study = simulateStudy({ seed, patients: 8, cells: 120, geneArms });
      const cells = cellsOf(study);
      const { patients } = await copyNumber(cells, positions, { reference: { kind: 'untreated' } }, context);
      const states = cells.samples.flatMap(({ sample }) => study.truth.cellStates[sample]!);
      for (const patient of patients) {
        if (patient.patient !== study.truth.arm.patient) {
          clean++;
          if (patient.status === 'called') falseAlarms++;
          continue;
        }
        if (hasGain(patient, study.truth.arm.arm)) flagged++;
        patient.cells.row.forEach((row, i) => {
          if (patient.cells.abstained[i] !== null) return;
          called++;
          if ((states[row] === 'resistant') === patient.cells.alteredProbability[i]! > 0.5) right++;
        });
      }
    }
    console.info(
      `clonal patients flagged: ${String(flagged)} of ${String(seeds.length)}; false alarms: ${String(falseAlarms)} of ${String(clean)}; cells with a call that are right: ${String(right)} of ${String(called)}`,
    );
    expect(flagged / seeds.length).toBeGreaterThanOrEqual(0.9);
    expect(falseAlarms / clean).toBeLessThanOrEqual(0.05);
    expect(right / called).toBeGreaterThan(0.9);
  });
});
