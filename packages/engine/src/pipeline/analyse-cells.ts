import type { CellCounts } from '../cells/cell-counts.js';
import { type Composition, composition } from '../cells/abundance/composition.js';
import { type DifferentialAbundance, differentialAbundance } from '../cells/abundance/differential-abundance.js';
import { countLabels } from '../cells/abundance/label-counts.js';
import { type CellEmbedding, type ComputedEmbedding, embedCells } from '../cells/kernels/embed-cells.js';
import type { Kernels } from '../cells/kernels/kernels.js';
import { selectCells, subsampleCells } from '../cells/kernels/subsample-cells.js';
import type { StudyCells } from '../cells/study-cells.js';
import type { CellAnalysis } from '../claims/analysis.js';
import type { RunContext } from '../core/context.js';
import { hashParts } from '../core/hash.js';
import type { GeneSetCollection } from '../data/resources.js';
import { metaProgrammes } from '../metaprogrammes/meta-programmes.js';
import { confounderSets } from '../persisters/confounder-sets.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { persisterCalls } from '../persisters/persister-calls.js';
import type { StageContrast } from '../study/types.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** What the analysis of cells takes from the rest of the study. */
export interface CellAnalysisInput {
  readonly cells: StudyCells;
  readonly effects: PatientEffects;
  readonly contrast: StageContrast;
  /** Published meta-programmes; null when not installed. */
  readonly metaPrograms: GeneSetCollection | null;
  /** Patients whose stages cannot be compared, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** Every step on single cells, in order: view, persister calls, abundance. */
export async function analyseCells(
  input: CellAnalysisInput,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<CellAnalysis> {
  const { cells: study, contrast } = input;
  const { cells } = study;
  const base = [hashOfCells(cells), JSON.stringify([cells.genes, cells.samples, contrast])];
  const step = <T>(name: string, extra: unknown, work: (context: RunContext) => Promise<T> | T): Promise<T> =>
    runStep(name, [...base, JSON.stringify(extra)], environment, work);

  const { cells: shown, kept: embedded } = embeddable(cells, options, environment);
  const embedding = await step(
    'cell view',
    [options.skipEmbedding, options.embeddingCells, options.memoryGib],
    (context) => viewOf(shown, options, context, environment.kernels),
  );
  const tumourCells = Uint32Array.from(study.tumour.keys()).filter((cell) => study.tumour[cell] === 1);
  const calling = { fdr: options.fdr };
  const persisters = await runStep(
    'calling persister cells',
    [...base, JSON.stringify([calling, [...input.leftOut]]), hashParts([input.effects.effects, tumourCells])],
    environment,
    (context) =>
      persisterCalls(
        selectCells(cells, tumourCells),
        input.effects,
        {
          ...calling,
          leftOut: input.leftOut,
          covariates: {
            ambient: picked(study.columns.ambientScore, tumourCells),
            mitochondrialFraction: picked(study.columns.mitochondrialFraction, tumourCells),
          },
        },
        context,
      ),
  );
  const clusters = compositionOf(shown, embedding, contrast, options.fdr);
  const abundance =
    embedding.status !== 'ok'
      ? null
      : await step('abundance', [options.embeddingCells, options.memoryGib], (context) =>
          abundanceOf(shown, embedding, contrast, context),
        );
  const searching = { contrast, factorisation: { replicates: options.nmfReplicates } };
  const found = options.skipMetaProgrammes
    ? null
    : await step('programmes without labels', [searching, input.metaPrograms], (context) =>
        metaProgrammes(
          selectCells(cells, tumourCells),
          { metaPrograms: input.metaPrograms, confounders: confounderCollection(cells.genes) },
          searching,
          context,
        ),
      );
  return { metaProgrammes: found, ...study, embedded, embedding, tumourCells, persisters, clusters, abundance };
}

/** Evenly by sample, at most as many cells as the view may take. */
function embeddable(
  cells: CellCounts,
  { embeddingCells }: RunOptions,
  { context }: StepEnvironment,
): { readonly cells: CellCounts; readonly kept: Uint32Array } {
  if (cells.barcodes.length <= embeddingCells) {
    return { cells, kept: Uint32Array.from(cells.barcodes.keys()) };
  }
  return subsampleCells(cells, { maxCells: Math.max(embeddingCells, cells.samples.length) }, context);
}

async function viewOf(
  cells: CellCounts,
  { skipEmbedding, memoryGib }: RunOptions,
  context: RunContext,
  kernels: Kernels | null,
): Promise<CellEmbedding> {
  if (skipEmbedding) return { status: 'not computed', reasons: ['The embedding was switched off.'], warnings: [] };
  return embedCells(cells, { memoryGib, correctPatients: true }, context, kernels);
}

function compositionOf(
  cells: CellCounts,
  embedding: CellEmbedding,
  { from, to }: StageContrast,
  fdr: number,
): Composition | null {
  if (embedding.status !== 'ok') return null;
  const names = Array.from({ length: embedding.nClusters }, (_, c) => `cluster ${String(c + 1)}`);
  return composition(countLabels(cells, { names, labelOf: embedding.clusters }), { contrast: { from, to }, fdr });
}

function abundanceOf(
  cells: CellCounts,
  embedding: ComputedEmbedding,
  { from, to }: StageContrast,
  context: RunContext,
): DifferentialAbundance {
  const space = { graph: embedding.neighbours, embedding: embedding.corrected ?? embedding.components };
  return differentialAbundance(cells, space, { contrast: { from, to } }, context);
}

function picked(values: Float64Array, cells: Uint32Array): Float64Array | null {
  const found = Float64Array.from(cells, (cell) => values[cell] as number);
  return found.some((value) => Number.isFinite(value)) ? found : null;
}

/** The sets that keep genes out of persister calls, as a collection: a meta-programme that overlaps with one is flagged. */
function confounderCollection(genes: readonly string[]): GeneSetCollection {
  const sets = confounderSets(genes).map(({ kind, genes: members }) => ({
    name: kind,
    description: '',
    genes: members,
  }));
  return { name: 'confounders', sets };
}

function hashOfCells({ counts, sampleOf }: CellCounts): string {
  return hashParts([counts.indptr, counts.indices, counts.data, sampleOf]);
}
