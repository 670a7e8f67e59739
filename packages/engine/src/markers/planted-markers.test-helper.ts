import { type CellCounts, type CellSample, createCellCounts } from '../cells/cell-counts.js';
import type { RunContext } from '../core/context.js';
import { createRng } from '../core/rng.js';
import type { MarkerCellInput } from './cell-groups.js';
import type { GateReference } from './gate-reference.js';

/** Chance that a cell of a kind carries each gene. */
export interface PlantedChances {
  readonly persister: readonly number[];
  readonly untreated: readonly number[];
  readonly normal: readonly number[];
}

/** What is planted in every patient. */
export interface PlantedMarkers {
  readonly genes: readonly string[];
  readonly chances: PlantedChances;
  readonly patients: number;
  /** Cells of each kind in each patient. */
  readonly cells: number;
  readonly seed: number;
  /** Depth of the cells of a patient; default 5,000 for all. */
  readonly depthOf?: (kind: keyof PlantedChances, patient: number) => number;
}

type Kind = keyof PlantedChances;

/** Cells in which each gene is either absent or clearly there (20 per 10,000), and one more gene that fills them up. */
export function plantedMarkers(planted: PlantedMarkers): {
  readonly input: MarkerCellInput;
  readonly reference: GateReference;
} {
  const rng = createRng(planted.seed, 'planted-markers');
  const { genes, chances, patients, cells: nEach, depthOf = () => 5000 } = planted;
  const rows: { readonly indices: number[]; readonly data: number[] }[] = [];
  const samples: CellSample[] = [];
  const sampleOf: number[] = [];
  const kindOf: Kind[] = [];
  for (let p = 0; p < patients; p++) {
    for (const stage of ['untreated', 'residual'] as const) {
      const patient = `P${String(p + 1)}`;
      samples.push({ sample: `${patient}-${stage}`, patient, stage, treatment: 'drug', technology: '10x' });
      for (const kind of stage === 'untreated' ? (['untreated', 'normal'] as const) : (['persister'] as const)) {
        for (let i = 0; i < nEach; i++) {
          const depth = depthOf(kind, p);
          const indices = genes.flatMap((_, g) => (rng.uniform() < (chances[kind][g] as number) ? [g] : []));
          const each = Math.round(depth / 500);
          rows.push({
            indices: [...indices, genes.length],
            data: [...indices.map(() => each), depth - each * indices.length],
          });
          sampleOf.push(samples.length - 1);
          kindOf.push(kind);
        }
      }
    }
  }
  const cells = createCellCounts({
    counts: stack(rows, genes.length + 1),
    genes: [...genes, 'REST'],
    barcodes: rows.map((_, i) => `cell${String(i)}`),
    sampleOf: Uint32Array.from(sampleOf),
    samples,
  });
  return { input: inputOf(cells, kindOf), reference: referenceOf(cells, kindOf) };
}

function inputOf(cells: CellCounts, kindOf: readonly Kind[]): MarkerCellInput {
  const tumour = Uint8Array.from(kindOf, (kind) => (kind === 'normal' ? 0 : 1));
  const tumourCells = Uint32Array.from(kindOf.keys()).filter((cell) => tumour[cell] === 1);
  const patients = [...new Set(cells.samples.map(({ patient }) => patient))];
  return {
    cells,
    tumour,
    tumourCells,
    persisters: {
      contrast: { from: 'untreated', to: 'residual' },
      cells: { called: Uint8Array.from(tumourCells, (cell) => (kindOf[cell] === 'persister' ? 1 : 0)) },
      patients: patients.map((patient) => ({ patient, verdict: 'present', genes: [] })),
    },
  };
}

function referenceOf(cells: CellCounts, kindOf: readonly Kind[]): GateReference {
  const patients = [...new Set(cells.samples.map(({ patient }) => patient))];
  const of = (patient: string, kind: Kind): Uint32Array =>
    Uint32Array.from(kindOf.keys()).filter(
      (cell) => kindOf[cell] === kind && cells.samples[cells.sampleOf[cell] as number]?.patient === patient,
    );
  return {
    basis: 'calls-without-candidates',
    reasons: [],
    patients: patients.map((patient) => ({
      patient,
      persister: of(patient, 'persister'),
      untreated: of(patient, 'untreated'),
      normal: of(patient, 'normal'),
    })),
  };
}

function stack(
  rows: readonly { readonly indices: number[]; readonly data: number[] }[],
  nGenes: number,
): CellCounts['counts'] {
  const indptr = new Uint32Array(rows.length + 1);
  rows.forEach(({ indices }, i) => {
    indptr[i + 1] = (indptr[i] as number) + indices.length;
  });
  return {
    kind: 'csr',
    shape: [rows.length, nGenes],
    indptr,
    indices: Uint32Array.from(rows.flatMap(({ indices }) => indices)),
    data: Uint16Array.from(rows.flatMap(({ data }) => data)),
  };
}

/** A context for methods that ask no executor for anything. */
export function plainContext(seed = 1): RunContext {
  return { seed, executor: { concurrency: 1, map: () => Promise.reject(new Error('no executor')) } };
}
