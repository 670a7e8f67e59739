import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import type { Warning } from '../../core/method.js';
import type { DenseMatrix } from '../../data/matrix.js';
import type { CellCounts } from '../cell-counts.js';
import { type CellGroups, groupsBySize, groupsInUse } from './cell-groups.js';
import { embeddingLimit, matrixBytes } from './embedding-limits.js';
import { type EmbedCellsOptions, resolveEmbedCellsOptions } from './embedding-options.js';
import { geneVariances } from './gene-variances.js';
import type { CellComponents, Kernels, NeighbourGraph, NormalizedCells } from './kernels.js';
import { selectGenes } from './select-genes.js';
import { librarySizeFactors } from './size-factors.js';
import { variableGenes } from './variable-genes.js';

/** Fewer cells have no neighbourhoods worth the name. */
const fewestCells = 20;

/** The standard view of a set of cells, or why there is none. */
export type CellEmbedding = ComputedEmbedding | MissingEmbedding;

/** There is no embedding. */
export interface MissingEmbedding {
  readonly status: 'not computed';
  /** Sentences that say why, and what can be done. */
  readonly reasons: readonly string[];
  readonly warnings: readonly Warning[];
}

/** What the standard steps found. All tables are in the order of the cells. */
export interface ComputedEmbedding {
  readonly status: 'ok';
  readonly reasons: readonly string[];
  readonly warnings: readonly Warning[];
  /** What computed it. */
  readonly kernels: { readonly name: string; readonly version: string };
  readonly options: EmbedCellsOptions;
  /** Of each cell, averaging one. */
  readonly sizeFactors: Float64Array;
  /** Columns of the counts, in increasing order. */
  readonly variableGenes: Uint32Array;
  readonly components: DenseMatrix;
  /** Variance along each component. */
  readonly varianceExplained: Float64Array;
  readonly totalVariance: number;
  /** Components after the correction over patients; null when there was none. */
  readonly corrected: DenseMatrix | null;
  /** In the corrected components where there are any. */
  readonly neighbours: NeighbourGraph;
  /** Cluster of each cell; 0 is the largest. */
  readonly clusters: Uint32Array;
  readonly nClusters: number;
  readonly umap: DenseMatrix;
  readonly tsne: DenseMatrix | null;
}

/**
 * The standard steps on cells: library size factors, log2(count / size factor + 1), variable genes within samples, principal
 * components found within samples, on request mutual nearest neighbours correction over patients, neighbours, clusters of the graph of
 * shared neighbours, UMAP, on request t-SNE.
 *
 * The result holds no times and does not depend on threads or host. It does not depend on the seed of the run either: the seeds of
 * the kernels are fixed. Of the counts only those of the variable genes are handed to the kernels, which are closed at the end.
 *
 * @param cells - raw counts, filtered
 * @param kernels - null where the host has none
 * @returns status `not computed` with its reasons for too few or too many cells, or where the kernels do not run
 * @throws OptionError for an option out of range, AbortedError once the context's signal is aborted
 */
export async function embedCells(
  cells: CellCounts,
  options: Partial<EmbedCellsOptions>,
  context: RunContext,
  kernels: Kernels | null,
): Promise<CellEmbedding> {
  const resolved = resolveEmbedCellsOptions(options);
  const size = { nCells: cells.barcodes.length, nStored: 0, countBytes: matrixBytes(cells.counts) };
  if (kernels === null) return missing('This host has no kernels for the standard steps on cells.');
  if (kernels.unavailable !== null) return missing(kernels.unavailable);
  if (size.nCells < fewestCells) return missing(tooFewCells(size.nCells));
  const early = embeddingLimit(size, kernels, resolved.memoryGib * 2 ** 30);
  if (early !== null) return missing(early);
  const input = await variableCounts(cells, resolved, context);
  if (input.genes.length < 2) return missing('Fewer than two genes vary more than expected at their mean expression.');
  const limit = embeddingLimit(
    { ...size, nStored: input.cells.counts.indices.length },
    kernels,
    resolved.memoryGib * 2 ** 30,
  );
  if (limit !== null) return missing(limit);
  try {
    return await embed(input, resolved, stepsOf(context, kernels));
  } finally {
    kernels.close();
  }
}

/** What goes into the kernels. */
interface EmbeddingInput {
  readonly cells: NormalizedCells;
  readonly genes: Uint32Array;
  readonly samples: CellGroups;
  readonly patients: CellGroups;
}

async function variableCounts(
  { counts, samples, sampleOf }: CellCounts,
  options: EmbedCellsOptions,
  context: RunContext,
): Promise<EmbeddingInput> {
  const sizeFactors = librarySizeFactors(counts);
  const blocks = groupsInUse(sampleOf);
  const { residuals } = await geneVariances({ counts, sizeFactors }, { block: blocks.of, nBlocks: blocks.n }, context);
  const genes = variableGenes(residuals, options.variableGenes);
  return {
    cells: { counts: await selectGenes(counts, genes, context), sizeFactors },
    genes,
    samples: blocks,
    patients: groupsInUse(Array.from(sampleOf, (sample) => samples[sample]?.patient)),
  };
}

/** The kernels with the progress of one run. */
interface Steps {
  readonly kernels: Kernels;
  readonly run: <T>(stage: string, step: (control: RunContext) => Promise<T>) => Promise<T>;
}

function stepsOf(context: RunContext, kernels: Kernels): Steps {
  return {
    kernels,
    run: async (stage, step) => {
      throwIfAborted(context);
      report(context, stage, 0, 1, 'step');
      const result = await step(context);
      throwIfAborted(context);
      report(context, stage, 1, 1, 'step');
      return result;
    },
  };
}

async function embed(input: EmbeddingInput, options: EmbedCellsOptions, steps: Steps): Promise<ComputedEmbedding> {
  const { kernels, run } = steps;
  const { components: wanted } = options;
  const components = await run('principal components', (control) =>
    kernels.principalComponents(input.cells, { components: wanted, block: input.samples.of }, control),
  );
  const corrected = await correctedComponents(components, input, options, steps);
  const points = corrected ?? components.scores;
  const k = Math.min(options.neighbours, points.shape[0] - 1);
  const neighbours = await run('neighbours', (control) => kernels.nearestNeighbours(points, { k }, control));
  const nearest = firstNeighbours(neighbours, Math.min(options.clusterNeighbours, k));
  const { clusterMethod: method, resolution, umapEpochs: epochs, umapMinDist: minDist } = options;
  const clusters = groupsBySize(
    await run('clusters', (control) => kernels.clusters(nearest, { method, resolution }, control)),
  );
  const umap = await run('UMAP', (control) => kernels.umap(neighbours, { epochs, minDist }, control));
  return {
    status: 'ok',
    reasons: [],
    warnings: warningsOf(input, options),
    kernels: { name: kernels.name, version: kernels.version },
    options,
    sizeFactors: input.cells.sizeFactors,
    variableGenes: input.genes,
    components: components.scores,
    varianceExplained: components.varianceExplained,
    totalVariance: components.totalVariance,
    corrected,
    neighbours,
    clusters: clusters.of,
    nClusters: clusters.n,
    umap,
    tsne: options.tsne ? await tsneOf(points, options, steps) : null,
  };
}

async function correctedComponents(
  { scores }: CellComponents,
  { patients }: EmbeddingInput,
  { correctPatients, neighbours }: EmbedCellsOptions,
  { kernels, run }: Steps,
): Promise<DenseMatrix | null> {
  if (!correctPatients || patients.n < 2) return null;
  return run('batch correction', (control) =>
    kernels.correctBatches(scores, { batch: patients.of, neighbours }, control),
  );
}

/** Perplexity needs three times as many neighbours. */
function tsneOf(points: DenseMatrix, options: EmbedCellsOptions, { kernels, run }: Steps): Promise<DenseMatrix> {
  const perplexity = Math.min(options.perplexity, (points.shape[0] - 1) / 3);
  const { tsneIterations: iterations } = options;
  return run('t-SNE', (control) => kernels.tsne(points, { perplexity, iterations }, control));
}

/** The nearest few of the neighbours of each cell. */
export function firstNeighbours(graph: NeighbourGraph, k: number): NeighbourGraph {
  if (k >= graph.k) return graph;
  const nCells = graph.indices.length / graph.k;
  const indices = new Uint32Array(nCells * k);
  const distances = new Float64Array(nCells * k);
  for (let cell = 0; cell < nCells; cell++) {
    const from = cell * graph.k;
    indices.set(graph.indices.subarray(from, from + k), cell * k);
    distances.set(graph.distances.subarray(from, from + k), cell * k);
  }
  return { k, indices, distances };
}

function warningsOf({ genes, patients }: EmbeddingInput, options: EmbedCellsOptions): readonly Warning[] {
  const warnings: Warning[] = [];
  if (genes.length < options.variableGenes) {
    const message = `Only ${String(genes.length)} genes vary more than expected at their mean expression; ${String(options.variableGenes)} were asked for.`;
    warnings.push({ code: 'few-variable-genes', message });
  }
  if (options.correctPatients && patients.n < 2) {
    warnings.push({ code: 'one-patient', message: 'All cells are of one patient: there was nothing to correct.' });
  }
  return warnings;
}

function tooFewCells(nCells: number): string {
  return `${String(nCells)} cells are too few for neighbourhoods; ${String(fewestCells)} are needed.`;
}

function missing(reason: string): MissingEmbedding {
  return { status: 'not computed', reasons: [reason], warnings: [] };
}
