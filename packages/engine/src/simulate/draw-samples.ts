import { report, throwIfAborted, type RunContext } from '../core/context.js';
import { createRng, type Rng } from '../core/rng.js';
import type { Dataset } from '../data/dataset.js';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import type { ProfileInput } from './expression-profile.js';
import { normals, type GeneModel } from './gene-model.js';
import type { SimulationOptions } from './options.js';
import { simulationParameters as parameters } from './parameters.js';
import { stateFractions, type CellState, type PatientModel } from './patient-model.js';
import { drawCellCount, planSamples, type SamplePlan } from './patient-plan.js';
import { simulateBulk } from './simulate-bulk.js';
import { simulateCells } from './simulate-cells.js';

/** One sample as drawn, with what only the truth may know. */
export interface DrawnSample {
  readonly plan: SamplePlan;
  readonly fractions: readonly number[];
  readonly cells: Dataset | null;
  readonly states: readonly CellState[] | null;
  /** Bulk counts, one per gene; null for single-cell samples. */
  readonly counts: Float64Array | null;
}

/** Draws every sample of every patient, each from its own random stream; reports progress in samples. */
export function drawSamples(
  model: GeneModel,
  patients: readonly PatientModel[],
  options: SimulationOptions,
  context: Pick<RunContext, 'signal' | 'onProgress'>,
): readonly DrawnSample[] {
  const planned = patients.flatMap((patient) => planSamples(patient.plan).map((plan) => ({ patient, plan })));
  return planned.map(({ patient, plan }, i) => {
    throwIfAborted(context);
    const rng = createRng(options.seed, `simulate/sample/${plan.sample}`);
    const deviation = normals(model.genes.length, parameters.sampleSpread, rng.split('deviation'));
    const drawn = drawSample({ model, patient, sample: plan, deviation }, options.cells, rng);
    report(context, 'simulate', i + 1, planned.length, 'samples');
    return drawn;
  });
}

function drawSample(input: ProfileInput, mostCells: number, rng: Rng): DrawnSample {
  const plan = input.sample;
  const fractions = stateFractions(input.patient, plan.stage, plan.treatment);
  if (plan.technology === 'bulk-rnaseq') {
    return { plan, fractions, cells: null, states: null, counts: simulateBulk(input, { fractions, rng }) };
  }
  const { dataset, states } = simulateCells(input, { fractions, cells: drawCellCount(mostCells, rng), rng });
  return { plan, fractions, cells: dataset, states, counts: null };
}

/** The bulk counts of each patient as one genes × samples table. */
export function bulkTables(
  model: GeneModel,
  drawn: readonly DrawnSample[],
): Readonly<Record<string, ExpressionMatrix>> {
  const byPatient = new Map<string, DrawnSample[]>();
  for (const sample of drawn) {
    if (sample.counts === null) continue;
    byPatient.set(sample.plan.patient, [...(byPatient.get(sample.plan.patient) ?? []), sample]);
  }
  return Object.fromEntries([...byPatient].map(([patient, samples]) => [patient, bulkTable(model, samples)]));
}

function bulkTable(model: GeneModel, samples: readonly DrawnSample[]): ExpressionMatrix {
  const values = new Float64Array(model.genes.length * samples.length);
  samples.forEach(({ counts }, s) => {
    counts?.forEach((count, g) => {
      values[g * samples.length + s] = count;
    });
  });
  return createExpressionMatrix(
    model.genes,
    samples.map(({ plan }) => plan.sample),
    values,
  );
}
