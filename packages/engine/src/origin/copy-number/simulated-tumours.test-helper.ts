import type { CellCounts } from '../../cells/cell-counts.js';
import { createRng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { type SimulatedStudy, simulateStudy } from '../../simulate/simulate-study.js';
import type { GenePosition } from './gene-positions.js';
import { plantedArms } from './planted-tumour.test-helper.js';

const genes = simulateStudy({ seed: 1, patients: 5, cells: 20 }).samples.find(({ cells }) => cells !== null)!.cells!
  .varNames;

/** Simulated tumours with their genes on arms. */
export interface SimulatedTumours {
  readonly study: SimulatedStudy;
  readonly cells: CellCounts;
  readonly positions: readonly GenePosition[];
  /** Lineage of each normal cell; null for tumour cells. */
  readonly normalTypes: readonly (string | null)[];
}

/** Simulates a study whose genes lie on arms at random; mouse cells and doublets are left out. */
export function simulatedTumours(options: {
  readonly seed: number;
  readonly patients: number;
  readonly cells: number;
}): SimulatedTumours {
  const positions = placeGenes(options.seed);
  const geneArms = Object.fromEntries(positions.map(({ gene, chromosome, arm }) => [gene, chromosome + arm]));
  const troubles = { mouseCells: false, doublets: false };
  const study = simulateStudy({ ...options, geneArms, troubles });
  const cells = cellsOf(study);
  const normalTypes = cells.samples.flatMap(({ sample }) => study.truth.cells[sample]!.lineage);
  return { study, cells, positions, normalTypes };
}

/** Puts every simulated gene somewhere; the planted regulator stays off the arm that is gained. */
export function placeGenes(seed: number): readonly GenePosition[] {
  const rng = createRng(seed, 'places');
  return genes.map((gene) => {
    const label = gene === 'FOSL1' ? '11q' : plantedArms[rng.integer(plantedArms.length)]!;
    const arm = label.endsWith('p') ? 'p' : 'q';
    return { gene, chromosome: label.slice(0, -1), arm, start: 1 + rng.integer(1e6) + (arm === 'q' ? 1e8 : 0) };
  });
}

/** The single cells of a simulated study, as one set. */
export function cellsOf(study: SimulatedStudy): CellCounts {
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
