import type { RunContext } from '../../core/context.js';
import type { CsrMatrix, DenseMatrix } from '../../data/matrix.js';

/**
 * The heavy standard steps on cells, as a replaceable part: plain arrays in, plain arrays out, nothing kept between calls.
 * Every implementation passes the conformance suite in `tests/kernels`. The same input gives the same bytes, for any number of
 * threads and in every host; the random seeds of an implementation are fixed and part of its version.
 *
 * Whoever makes kernels closes them. Every method throws `AbortedError` once `signal` is aborted (where the host can interrupt
 * it), and `LimitError` when memory runs out.
 */
export interface Kernels {
  /** For instance `scran.js`. */
  readonly name: string;
  readonly version: string;
  /** Why nothing can be computed in this host, as a sentence; null when it can. */
  readonly unavailable: string | null;
  /** Most cells the implementation can take at once. */
  readonly maxCells: number;
  /** Most bytes of working memory the implementation can address. */
  readonly maxBytes: number;
  /** Principal components of log2(count / size factor + 1), genes centred (within blocks where these are given). */
  principalComponents(
    cells: NormalizedCells,
    options: ComponentOptions,
    control?: KernelControl,
  ): Promise<CellComponents>;
  /** Mutual nearest neighbours correction: moves the cells of all batches onto those of one. Cells × components in and out. */
  correctBatches(components: DenseMatrix, options: CorrectionOptions, control?: KernelControl): Promise<DenseMatrix>;
  /** The nearest other cells of each cell, by Euclidean distance in the rows of `points`. */
  nearestNeighbours(points: DenseMatrix, options: NeighbourOptions, control?: KernelControl): Promise<NeighbourGraph>;
  /** Communities of the graph of shared nearest neighbours; one cluster number per cell, from 0. */
  clusters(graph: NeighbourGraph, options: ClusterOptions, control?: KernelControl): Promise<Uint32Array>;
  /** UMAP from a neighbour graph: cells × 2. */
  umap(graph: NeighbourGraph, options: UmapOptions, control?: KernelControl): Promise<DenseMatrix>;
  /** t-SNE of the rows of `points`: cells × 2. */
  tsne(points: DenseMatrix, options: TsneOptions, control?: KernelControl): Promise<DenseMatrix>;
  /** How well each gene tells one cluster from the others. */
  scoreMarkers(cells: NormalizedCells, options: MarkerOptions, control?: KernelControl): Promise<MarkerScores>;
  /** The label of the reference profiles that each cell is most like. */
  labelCells(counts: CsrMatrix, options: LabelOptions, control?: KernelControl): Promise<ReferenceLabels>;
  /** Gives back threads and memory, and aborts what is under way. The next call starts them anew. */
  close(): void;
}

/** What a kernel call may use of its surroundings. */
export type KernelControl = Pick<RunContext, 'signal'>;

/** Raw counts and what each cell is divided by. Normalised values are log2(count / size factor + 1) and are never stored. */
export interface NormalizedCells {
  /** Cells × genes. */
  readonly counts: CsrMatrix;
  /** One per cell, above zero. */
  readonly sizeFactors: Float64Array;
}

/** Options of principal components. */
export interface ComponentOptions {
  /** Components wanted; fewer come back where cells or genes are fewer. */
  readonly components: number;
  /**
   * Block of each cell, numbered from 0 without a gap; null for none. Directions are found within blocks (which weigh the same
   * from 1,000 cells up) and all cells are projected on them, so that differences between blocks do not make directions but stay
   * visible.
   */
  readonly block: Uint32Array | null;
}

/** Principal components of cells. */
export interface CellComponents {
  /** Cells × components. */
  readonly scores: DenseMatrix;
  /** Genes × components, unit columns. */
  readonly loadings: DenseMatrix;
  readonly varianceExplained: Float64Array;
  readonly totalVariance: number;
}

/** Options of the mutual nearest neighbours correction. */
export interface CorrectionOptions {
  /** Batch of each cell, numbered from 0 without a gap. */
  readonly batch: Uint32Array;
  readonly neighbours: number;
}

/** Options of the neighbour search. */
export interface NeighbourOptions {
  /** Neighbours of each cell, itself not counted; below the number of cells. */
  readonly k: number;
}

/** The k nearest other cells of each cell, nearest first. */
export interface NeighbourGraph {
  readonly k: number;
  /** Cells × k, row-major: which cells. */
  readonly indices: Uint32Array;
  /** Cells × k, row-major: how far. */
  readonly distances: Float64Array;
}

/** Options of graph clustering. */
export interface ClusterOptions {
  /** `multilevel` is Louvain's method. Both maximise modularity at the resolution given. */
  readonly method: 'multilevel' | 'leiden';
  readonly resolution: number;
}

/** Options of UMAP. */
export interface UmapOptions {
  readonly epochs: number;
  readonly minDist: number;
}

/** Options of t-SNE. */
export interface TsneOptions {
  readonly perplexity: number;
  readonly iterations: number;
}

/** Options of marker scores. */
export interface MarkerOptions {
  /** Cluster of each cell, numbered from 0 without a gap. */
  readonly clusters: Uint32Array;
  /** Block of each cell, numbered from 0 without a gap: clusters are compared within blocks only; null for none. */
  readonly block: Uint32Array | null;
}

/**
 * Effect sizes of each gene for each cluster, clusters × genes, row-major. `cohensD`, `auc` and `logFoldChange` are the mean over the
 * other clusters of the comparison with each; `minCohensD` is that of the most similar cluster. Averaged over blocks, by their size up
 * to 1,000 cells. NaN where no block holds both clusters.
 */
export interface MarkerScores {
  readonly nClusters: number;
  readonly nGenes: number;
  /** Mean log2 expression in the cluster. */
  readonly mean: Float64Array;
  /** Share of the cluster's cells with a count. */
  readonly detected: Float64Array;
  readonly logFoldChange: Float64Array;
  readonly cohensD: Float64Array;
  readonly minCohensD: Float64Array;
  readonly auc: Float64Array;
}

/** Profiles with known labels, on the genes of the cells to be labelled. */
export interface LabelOptions {
  /** Reference profiles × genes: their expression, or anything of the same order within a profile. */
  readonly profiles: DenseMatrix;
  /** Label of each profile, numbered from 0 without a gap. */
  readonly labelOf: Uint32Array;
  /** Genes that tell label `a` from label `b`, best first, at `markers[a * nLabels + b]`. */
  readonly markers: readonly Uint32Array[];
  /** A label's score is this quantile of the correlations with its profiles. */
  readonly quantile: number;
}

/** What the reference says of each cell. */
export interface ReferenceLabels {
  readonly nLabels: number;
  /** Best label after fine tuning, one per cell. */
  readonly best: Uint32Array;
  /** Lead of the best label over the next one after fine tuning, one per cell. */
  readonly delta: Float64Array;
  /** Spearman correlations before fine tuning, cells × labels, row-major. */
  readonly scores: Float64Array;
}
