import { type CellCounts, type CellSample, createCellCounts, sampleRanges } from '../../cells/cell-counts.js';
import { exp, exp2 } from '../../core/pinned-math.js';
import { createRng, type Rng } from '../../core/rng.js';
import { compactCounts } from '../../data/compact-counts.js';
import { createExpressionMatrix } from '../../data/expression.js';
import { normalizeInput } from '../../programme/input.js';
import { patientEffects, type PatientEffects } from '../../programme/patient-effects.js';
import { randomNegativeBinomial } from '../../simulate/random-negative-binomial.js';
import type { Stage } from '../../study/types.js';

/** One planted sample: a share of its cells stands at some strength of the programme, the others at another. */
export interface PlantedSample {
  readonly patient: string;
  readonly stage: Stage;
  readonly treatment?: string;
  readonly nCells: number;
  /** Programme strength of most cells: 0 untreated, 1 full. */
  readonly strength: number;
  /** Share of cells at the full programme instead. */
  readonly share?: number;
  readonly depth?: number;
  /** Standard deviation of a log2 effect of the sample on every gene. */
  readonly batch?: number;
  /** log2 shift of genes outside the programme. */
  readonly elsewhere?: number;
}

const nProgramme = 40;

/** Draws counts of planted samples: negative binomial, 400 genes, 40 of them in a programme of one log2 unit up or down. */
export function plantedCells(samples: readonly PlantedSample[], seed: number, nGenes = 400): CellCounts {
  const rng = createRng(seed, 'planted-arms');
  const base = Float64Array.from({ length: nGenes }, () => exp(0.8 * rng.normal()));
  const patients = new Map<string, Float64Array>();
  for (const { patient } of samples) {
    if (!patients.has(patient))
      patients.set(
        patient,
        base.map((rate) => rate * exp2(0.5 * rng.normal())),
      );
  }
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  const sampleOf: number[] = [];
  samples.forEach((sample, s) => {
    const own = createRng(seed, 'planted-sample', s);
    const rates = (patients.get(sample.patient) as Float64Array).map((rate, g) => {
      const other = g >= nProgramme && g < 2 * nProgramme ? (sample.elsewhere ?? 0) : 0;
      return rate * exp2((sample.batch ?? 0) * own.normal() + other);
    });
    for (let c = 0; c < sample.nCells; c++) {
      const strength = own.uniform() < (sample.share ?? 0) ? 1 : sample.strength;
      drawCell(rates, strength, sample.depth ?? 1000, own).forEach((count, g) => {
        if (count === 0) return;
        indices.push(g);
        data.push(count);
      });
      indptr.push(indices.length);
      sampleOf.push(s);
    }
  });
  return createCellCounts({
    counts: compactCounts({
      kind: 'csr',
      shape: [sampleOf.length, nGenes],
      indptr: Uint32Array.from(indptr),
      indices: Uint32Array.from(indices),
      data: Float32Array.from(data),
    }),
    genes: Array.from({ length: nGenes }, (_, g) => `G${String(g)}`),
    barcodes: sampleOf.map((_, c) => `cell-${String((c * 7919) % 100_003)}`),
    sampleOf: Uint32Array.from(sampleOf),
    samples: samples.map(
      ({ patient, stage, treatment }, s): CellSample => ({
        sample: `${patient}-${stage}-${String(s)}`,
        patient,
        stage,
        treatment: treatment ?? (stage === 'untreated' ? 'none' : 'drug'),
        technology: '10x-v3',
      }),
    ),
  });
}

/** The programme: even genes up, odd genes down. */
function drawCell(rates: Float64Array, strength: number, depth: number, rng: Rng): readonly number[] {
  const own = rates.map((rate, g) => (g < nProgramme ? rate * exp2(g % 2 === 0 ? strength : -strength) : rate));
  const total = own.reduce((sum, rate) => sum + rate, 0);
  const cellDepth = depth * exp(0.3 * rng.normal());
  return Array.from(own, (rate) => randomNegativeBinomial(rng, (cellDepth * rate) / total, 0.2));
}

/** The three stages of one patient. */
export function threeStages(patient: string, back: Partial<PlantedSample>, nCells = 200): readonly PlantedSample[] {
  return [
    { patient, stage: 'untreated', nCells, strength: 0 },
    { patient, stage: 'residual', nCells, strength: 1 },
    { patient, stage: 'relapse', nCells, strength: 0, ...back },
  ];
}

/** Every cell a tumour cell. */
export function allCells({ barcodes }: CellCounts): Uint32Array {
  return Uint32Array.from(barcodes.keys());
}

/** Effects of the patients from the cells summed by sample. */
export function effectsOf(cells: CellCounts): PatientEffects {
  const values = new Float64Array(cells.genes.length * cells.samples.length);
  sampleRanges(cells).forEach(([start, end], s) => {
    const last = cells.counts.indptr[end] as number;
    for (let k = cells.counts.indptr[start] as number; k < last; k++) {
      const at = (cells.counts.indices[k] as number) * cells.samples.length + s;
      values[at] = (values[at] as number) + (cells.counts.data[k] as number);
    }
  });
  const input = normalizeInput({
    counts: createExpressionMatrix(
      cells.genes,
      cells.samples.map(({ sample }) => sample),
      values,
    ),
    patient: cells.samples.map(({ patient }) => patient),
    stage: cells.samples.map(({ stage }) => stage),
    treatment: cells.samples.map(({ treatment }) => treatment),
    technology: cells.samples.map(({ technology }) => technology),
  });
  return patientEffects(input, { contrast: { from: 'untreated', to: 'residual' } });
}
