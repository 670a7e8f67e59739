/** The part of scran.js 4.0.9 that is used here; the package brings no types. */
declare module 'scran.js' {
  interface Freeable {
    free(): void;
  }
  /** An array in the memory of the module. `offset` is zero when there was no memory for it. */
  interface WasmArray extends Freeable {
    readonly offset: number;
  }
  interface Int32WasmArray extends WasmArray {
    set(values: ArrayLike<number>): void;
  }
  type Numbers = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;
  type ScranMatrix = Freeable;
  interface RunPcaResults extends Freeable {
    principalComponents(): Float64Array;
    rotation(): Float64Array;
    varianceExplained(): Float64Array;
    totalVariance(): number;
    numberOfPCs(): number;
  }
  type SearchIndex = Freeable;
  /** Neighbours in the memory of the module. */
  export class FindNearestNeighborsResults implements Freeable {
    serialize(): { readonly runs: Int32Array; readonly indices: Int32Array; readonly distances: Float64Array };
    static unserialize(runs: Int32Array, indices: Int32Array, distances: Float64Array): FindNearestNeighborsResults;
    free(): void;
  }
  type SnnGraph = Freeable;
  interface Clustering extends Freeable {
    membership(): Int32Array;
  }
  interface Coordinates {
    readonly x: Float64Array;
    readonly y: Float64Array;
  }
  interface UmapStatus extends Freeable {
    run(): void;
    extractCoordinates(): Coordinates;
  }
  interface TsneStatus extends Freeable {
    run(options: { maxIterations: number }): void;
    extractCoordinates(): Coordinates;
  }
  interface Summary {
    readonly summary: 'mean' | 'minimum';
  }
  interface MarkerResults extends Freeable {
    mean(group: number): Float64Array;
    detected(group: number): Float64Array;
    deltaMean(group: number, options: Summary): Float64Array;
    cohensD(group: number, options: Summary): Float64Array;
    auc(group: number, options: Summary): Float64Array;
  }
  interface LoadedReference extends Freeable {
    numberOfLabels(): number;
  }
  type TrainedReference = Freeable;
  interface LabelResults extends Freeable {
    predicted(): Int32Array;
    scoreForLabel(label: number): Float64Array;
    delta(): Float64Array;
  }
  interface GeneVariancesResults extends Freeable {
    means(): Float64Array;
    variances(): Float64Array;
    residuals(): Float64Array;
  }

  export function initialize(options: { numberOfThreads: number }): Promise<boolean>;
  export function terminate(): void;
  export function heapSize(): number;
  export function createUint8WasmArray(length: number): WasmArray;
  export function createInt32WasmArray(length: number): Int32WasmArray;
  export function initializeSparseMatrixFromSparseArrays(
    numberOfRows: number,
    numberOfColumns: number,
    values: Numbers,
    indices: Numbers,
    pointers: Numbers,
    options: { byRow: boolean; forceInteger: boolean; layered: boolean },
  ): ScranMatrix;
  export function normalizeCounts(matrix: ScranMatrix, options: { sizeFactors: Float64Array }): ScranMatrix;
  export function modelGeneVariances(
    matrix: ScranMatrix,
    options: { block: Int32Array | null; numberOfThreads: number },
  ): GeneVariancesResults;
  export function runPca(
    matrix: ScranMatrix,
    options: {
      numberOfPCs: number;
      block: Int32Array | null;
      blockMethod: 'project';
      blockWeightPolicy: 'variable';
      realizeMatrix: boolean;
      numberOfThreads: number;
    },
  ): RunPcaResults;
  export function mnnCorrect(
    values: Float64Array,
    block: Int32WasmArray,
    options: { numberOfDims: number; numberOfCells: number; k: number; approximate: boolean; numberOfThreads: number },
  ): Float64Array;
  export function buildNeighborSearchIndex(
    values: Float64Array,
    options: { numberOfDims: number; numberOfCells: number; approximate: boolean },
  ): SearchIndex;
  export function findNearestNeighbors(
    index: SearchIndex,
    k: number,
    options: { numberOfThreads: number },
  ): FindNearestNeighborsResults;
  export function buildSnnGraph(
    neighbours: FindNearestNeighborsResults,
    options: { scheme: 'rank'; neighbors: number; numberOfThreads: number },
  ): SnnGraph;
  export function clusterGraph(
    graph: SnnGraph,
    options: {
      method: 'multilevel' | 'leiden';
      multiLevelResolution: number;
      leidenResolution: number;
      leidenModularityObjective: boolean;
    },
  ): Clustering;
  export function initializeUmap(
    neighbours: FindNearestNeighborsResults,
    options: { neighbors: number; epochs: number; minDist: number; numberOfThreads: number },
  ): UmapStatus;
  export function perplexityToNeighbors(perplexity: number): number;
  export function initializeTsne(
    index: SearchIndex,
    options: { perplexity: number; numberOfThreads: number },
  ): TsneStatus;
  export function scoreMarkers(
    matrix: ScranMatrix,
    groups: Int32Array,
    options: { block: Int32Array | null; numberOfThreads: number },
  ): MarkerResults;
  export function loadLabelCellsReferenceFromBuffers(
    ranks: Uint8Array,
    markers: Uint8Array,
    labels: Uint8Array,
  ): LoadedReference;
  export function trainLabelCellsReference(
    testFeatures: readonly string[],
    reference: LoadedReference,
    referenceFeatures: readonly string[],
    options: { top: number; numberOfThreads: number },
  ): TrainedReference;
  export function labelCells(
    matrix: ScranMatrix,
    reference: TrainedReference,
    options: { quantile: number; numberOfThreads: number },
  ): LabelResults;
}
