import type { RunContext } from '../core/context.js';
import type { MethodInfo } from '../core/method.js';
import type { Dataset } from '../data/dataset.js';
import type { ExpressionMatrix } from '../data/expression.js';
import type { RegulonEdge } from '../data/resources.js';
import type { Table } from '../data/table.js';
import { bulkTables, drawSamples } from './draw-samples.js';
import { plantedMarker, unsharedMarker } from './gene-symbols.js';
import { createGeneModel } from './gene-model.js';
import { resolveSimulationOptions, type SimulationInput, type SimulationOptions } from './options.js';
import { createPatientModel } from './patient-model.js';
import { planPatients, type SamplePlan } from './patient-plan.js';
import { recordTruth } from './record-truth.js';
import { simulatePerturbation } from './simulate-perturbation.js';
import { simulateRegulons } from './simulate-regulons.js';
import { simulateLineages } from './simulate-lineages.js';
import { simulateVolumes } from './simulate-volumes.js';
import type { SimulationTruth } from './truth.js';

/** A study with planted truth, in memory. */
export interface SimulatedStudy {
  readonly title: string;
  readonly options: SimulationOptions;
  readonly samples: readonly SimulatedSample[];
  /** Raw counts, genes × samples, of each bulk patient. */
  readonly tables: Readonly<Record<string, ExpressionMatrix>>;
  readonly regulons: readonly RegulonEdge[];
  readonly perturbation: Table;
  readonly volumes: Table;
  /** Genes whose protein is at the surface, for the search of markers. */
  readonly surface: readonly string[];
  /** Lineage barcodes of the single-cell samples. */
  readonly lineages: Table;
  readonly truth: SimulationTruth;
}

/** One sample: a data set of cells, or a column of its patient's table. */
export interface SimulatedSample extends SamplePlan {
  readonly cells: Dataset | null;
}

/** What the simulator is. */
export const simulateStudyInfo: MethodInfo = {
  id: 'simulate-study',
  title: 'Planted-truth study simulator',
  version: '2',
  doi: ['10.1371/journal.pcbi.1013202'],
  input: 'a seed and sizes; no data',
  output:
    'raw counts of single-cell and bulk samples, a signed network, a perturbation table, tumour volumes, the truth',
  random: true,
};

/**
 * Simulates a study of persister cells with everything an analysis should find, and should not find, known.
 *
 * The expected log2 expression of gene g in a cell of state k of sample s of patient p is the sum of
 * gene + technology + patient + sample effects, plus, in persister and resistant cells, scaling(p) · programme(g) + private(p, g)
 * + background(p, g) and, under treatment, treatment(g). Single-cell counts are negative binomial around a log-normal cell
 * total; bulk counts are negative binomial around the mixture of the same states. Cells also differ by phase of the cycle, and
 * single-cell samples hold doublets, damaged cells, normal cells and ambient RNA, unless `troubles` says otherwise.
 *
 * Every sample has its own random stream, so the same options give the same numbers in every host.
 * Cost: one negative binomial draw per cell and gene, about 0.1 µs each.
 *
 * @param options - see `SimulationOptions`; missing ones take their defaults, unknown ones are an error
 * @param context - progress in samples, and a signal to stop
 * @returns the study; counts are non-negative integers
 * @throws OptionError for an unknown option or one out of range; AbortedError when the signal is set
 * @example
 * ```ts
 * const study = simulateStudy({ seed: 7 });
 * study.truth.regulator.symbol; // 'FOSL1'
 * ```
 */
export function simulateStudy(
  options: SimulationInput = {},
  context: Pick<RunContext, 'signal' | 'onProgress'> = {},
): SimulatedStudy {
  const resolved = resolveSimulationOptions(options);
  const model = createGeneModel(resolved);
  const patients = planPatients(resolved.patients, resolved).map((plan) => createPatientModel(model, plan, resolved));
  const drawn = drawSamples(model, patients, resolved, context);
  const regulons = simulateRegulons(model, resolved);
  const volumes = simulateVolumes(
    patients.map((p) => p.plan),
    resolved.seed,
  );
  const lineages = simulateLineages(
    drawn.flatMap(({ plan, drawn: cells }) =>
      cells === null
        ? []
        : [{ sample: plan.sample, patient: plan.patient, barcodes: cells.dataset.obsNames, droplets: cells.droplets }],
    ),
    resolved,
  );
  return {
    title: `Simulated study with planted truth (seed ${String(resolved.seed)})`,
    options: resolved,
    samples: drawn.map(({ plan, drawn: cells }) => ({ ...plan, cells: cells?.dataset ?? null })),
    tables: bulkTables(model, drawn),
    regulons,
    perturbation: simulatePerturbation(model, resolved),
    volumes: volumes.table,
    lineages: lineages.table,
    surface: surfaceGenes(model.genes),
    truth: recordTruth({ options: resolved, model, patients, samples: drawn, regulons, arms: volumes.arms, lineages }),
  };
}

/** The planted markers and every fourth gene: most of what a surface list names does not mark persisters. */
function surfaceGenes(genes: readonly string[]): readonly string[] {
  return [...new Set([plantedMarker, unsharedMarker, ...genes.filter((_, i) => i % 4 === 0)])].sort();
}
