import { report, throwIfAborted, type RunContext } from '../core/context.js';
import { createRng, type Rng } from '../core/rng.js';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import type { ProfileInput } from './expression-profile.js';
import { normals, uniformIn, type GeneModel } from './gene-model.js';
import { samplePopulations, type NormalLineage } from './cell-identity.js';
import type { SimulationOptions } from './options.js';
import type { SimulationParameters } from './parameters.js';
import { stateFractions, type PatientModel } from './patient-model.js';
import { drawCellCount, planSamples, type SamplePlan, type SimulatedTechnology } from './patient-plan.js';
import { simulateBulk } from './simulate-bulk.js';
import { simulateCells, type SimulatedCells } from './simulate-cells.js';

/** One sample as drawn, with what only the truth may know. */
export interface DrawnSample {
  readonly plan: SamplePlan;
  /** Expected fraction of each state among tumour cells, in the order of `cellStates`. */
  readonly fractions: readonly number[];
  /** Expected fraction of normal cells among all cells. */
  readonly normalFraction: number;
  /** Null for bulk samples. */
  readonly drawn: SimulatedCells | null;
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
  const xenograft = options.troubles.mouseCells ? patients.find(({ plan }) => isSingleCell(plan)) : undefined;
  return planned.map(({ patient, plan }, i) => {
    throwIfAborted(context);
    const rng = createRng(options.seed, `simulate/sample/${plan.sample}`);
    const deviation = normals(model.genes.length, options.parameters.sampleSpread, rng.split('deviation'));
    const normal = drawNormalCells(patient, { options, isXenograft: patient === xenograft, rng: rng.split('normal') });
    const drawn = drawSample({ model, patient, sample: plan, deviation }, { normal, options, rng });
    report(context, 'simulate', i + 1, planned.length, 'samples');
    return drawn;
  });
}

type NormalCells = Readonly<Partial<Record<NormalLineage, number>>>;

interface SampleDraw {
  readonly normal: NormalCells;
  readonly options: SimulationOptions;
  readonly rng: Rng;
}

function drawSample(input: ProfileInput, { normal, options, rng }: SampleDraw): DrawnSample {
  const { parameters, troubles } = options;
  const plan = input.sample;
  const fractions = stateFractions(input.patient, plan, parameters);
  const cycling = troubles.cellCycle ? parameters.cyclingFraction : notCycling;
  const populations = samplePopulations({ fractions, normal, cycling, sPhaseShare: parameters.sPhaseShare });
  const sample = { plan, fractions, normalFraction: Object.values(normal).reduce((sum, f) => sum + f, 0) };
  if (!isSingleCell(plan)) {
    return { ...sample, drawn: null, counts: simulateBulk(input, { populations, parameters, rng }) };
  }
  const cells = drawCellCount(options.cells, rng);
  return { ...sample, drawn: simulateCells(input, { populations, cells, parameters, troubles, rng }), counts: null };
}

const notCycling: SimulationParameters['cyclingFraction'] = { sensitive: 0, persister: 0, resistant: 0, normal: 0 };

/** Share of each lineage among the normal cells of a sample. */
const lineageShares: readonly (readonly [NormalLineage, number])[] = [
  ['T cell', 0.35],
  ['macrophage', 0.3],
  ['fibroblast', 0.25],
  ['endothelial cell', 0.1],
];

/** Fraction of each normal lineage among all cells: mouse cells in the xenograft, none in bulk and in other patients. */
function drawNormalCells(
  { plan }: PatientModel,
  {
    options,
    isXenograft,
    rng,
  }: { readonly options: SimulationOptions; readonly isXenograft: boolean; readonly rng: Rng },
): NormalCells {
  const { parameters, troubles } = options;
  if (isXenograft) return { mouse: uniformIn(rng, parameters.mouseFraction) };
  if (!isSingleCell(plan) || !plan.normalCells || !troubles.normalCells) return {};
  const fraction = uniformIn(rng, parameters.normalFraction);
  return Object.fromEntries(lineageShares.map(([lineage, share]) => [lineage, fraction * share]));
}

function isSingleCell({ technology }: { readonly technology: SimulatedTechnology }): boolean {
  return technology !== 'bulk-rnaseq';
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
