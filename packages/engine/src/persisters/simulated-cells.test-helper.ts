import { type CellCounts, type CellSample, createCellCounts } from '../cells/cell-counts.js';
import { createRng } from '../core/rng.js';
import { compactCounts, selectRows } from '../data/compact-counts.js';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import type { CsrMatrix } from '../data/matrix.js';
import { sumCells } from '../data/pseudobulk.js';
import { normalizeInput } from '../programme/input.js';
import { type PatientEffects, patientEffects } from '../programme/patient-effects.js';
import type { SimulationInput } from '../simulate/options.js';
import { type SimulatedSample, type SimulatedStudy, simulateStudy } from '../simulate/simulate-study.js';

/** A simulated study as the persister calls see it, with the truth of every cell. */
export interface SimulatedCellStudy {
  readonly study: SimulatedStudy;
  readonly cells: CellCounts;
  readonly effects: PatientEffects;
  /** Whether a cell carries the persister programme: persisters and the resistant clone. */
  readonly persister: Uint8Array;
  readonly cycling: Uint8Array;
}

/** Simulates a study and keeps the good tumour cells, by default all of them, as if quality control had made no error. */
export function simulatedCellStudy(options: SimulationInput, doubletsLeft = 0): SimulatedCellStudy {
  const study = simulateStudy(options);
  const rng = createRng(study.options.seed, 'persisters/doublets-left');
  const single = study.samples.filter((sample) => sample.cells !== null);
  const kept = single.map((sample) => {
    const truth = study.truth.cells[sample.sample];
    const rows = (truth?.kind ?? []).flatMap((kind, cell) =>
      kind === 'good' || (kind === 'doublet' && rng.uniform() < doubletsLeft) ? [cell] : [],
    );
    return { sample, rows, truth, matrix: compactCounts(selectRows(sample.cells?.X as CsrMatrix, rows)) };
  });
  const genes = single[0]?.cells?.varNames ?? [];
  const cells = createCellCounts({
    counts: stackRows(kept.map(({ matrix }) => matrix)),
    genes,
    barcodes: kept.flatMap(({ sample, rows }) => rows.map((row) => sample.cells?.obsNames[row] as string)),
    sampleOf: Uint32Array.from(kept.flatMap(({ rows }, s) => rows.map(() => s))),
    samples: single.map(
      ({ sample, patient, stage, treatment, technology }): CellSample => ({
        sample,
        patient,
        stage,
        treatment,
        technology,
      }),
    ),
  });
  const of = <T>(pick: (truth: NonNullable<(typeof kept)[number]['truth']>) => readonly T[]): T[] =>
    kept.flatMap(({ truth, rows }) => (truth === undefined ? [] : rows.map((row) => pick(truth)[row] as T)));
  const columns = study.samples.map((sample) => {
    const index = single.indexOf(sample);
    return index < 0 ? tableColumn(study, sample) : pseudobulk(kept[index]?.matrix as CsrMatrix);
  });
  return {
    study,
    cells,
    effects: effectsOf(study.samples, genes, columns),
    persister: Uint8Array.from(
      of((t) => t.state),
      (state) => (state === 'persister' || state === 'resistant' ? 1 : 0),
    ),
    cycling: Uint8Array.from(
      of((t) => t.cycling),
      Number,
    ),
  };
}

function effectsOf(
  samples: readonly SimulatedSample[],
  genes: readonly string[],
  columns: readonly Float64Array[],
): PatientEffects {
  const values = new Float64Array(genes.length * columns.length);
  columns.forEach((column, s) => {
    column.forEach((count, g) => {
      values[g * columns.length + s] = count;
    });
  });
  const input = normalizeInput({
    counts: createExpressionMatrix(
      genes,
      samples.map((s) => s.sample),
      values,
    ),
    patient: samples.map((s) => s.patient),
    stage: samples.map((s) => s.stage),
    treatment: samples.map((s) => s.treatment),
    technology: samples.map((s) => s.technology),
  });
  return patientEffects(input, { contrast: { from: 'untreated', to: 'residual' } });
}

function pseudobulk(matrix: CsrMatrix): Float64Array {
  return sumCells(matrix, { blocks: 1, rng: createRng(1, 'unused') }).total;
}

function tableColumn(study: SimulatedStudy, { patient, sample }: SimulatedSample): Float64Array {
  const table = study.tables[patient] as ExpressionMatrix;
  const column = table.samples.indexOf(sample);
  return Float64Array.from(table.genes, (_, g) => table.values[g * table.samples.length + column] as number);
}

/** The rows of several matrices one after another. */
export function stackRows(parts: readonly CsrMatrix[]): CsrMatrix {
  const nRows = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const stored = parts.reduce((sum, part) => sum + part.data.length, 0);
  const indptr = new Uint32Array(nRows + 1);
  const indices = new Uint32Array(stored);
  const data = new Float32Array(stored);
  let row = 0;
  let at = 0;
  for (const part of parts) {
    indices.set(part.indices, at);
    data.set(part.data, at);
    for (let i = 0; i < part.shape[0]; i++) indptr[++row] = at + (part.indptr[i + 1] as number);
    at += part.data.length;
  }
  return compactCounts({ kind: 'csr', shape: [nRows, parts[0]?.shape[1] ?? 0], indptr, indices, data });
}
