import type { DenseMatrix, Kernels } from '@remnant/engine';
import { correctBatches, principalComponents } from './components.js';
import { labelCells, referenceFiles } from './labels.js';
import { tsne, umap } from './layouts.js';
import { countsBytes, logBytes } from './load-cells.js';
import { scoreMarkers } from './markers.js';
import { clusters, nearestNeighbours } from './neighbours.js';
import { startScran } from './session.js';

/** What these kernels are, known before scran.js is loaded. */
export const scranIdentity: Pick<Kernels, 'name' | 'version' | 'maxCells' | 'maxBytes'> = {
  name: 'scran.js',
  version: '4.0.9',
  // It ends with an abort at 200,000 cells; 150,000 were seen to work.
  maxCells: 150_000,
  maxBytes: 4 * 2 ** 30 - 2 ** 26,
};

/** How to run scran.js. */
export interface ScranOptions {
  /** Threads a step may use; no result depends on it. Default 1. */
  readonly threads?: number;
}

/**
 * The standard steps by scran.js, on the calling thread, which they block: a host runs them in a worker of their own. The memory
 * they grow to is given back only when that worker ends, so `close` does nothing.
 *
 * Needs shared memory: `SharedArrayBuffer` must exist.
 *
 * @see doi:10.1101/2022.03.02.482701 (scran.js and kana). Its Wasm holds igraph (GPL-2 or later) and GLPK (GPL-3 or later): see NOTICE.
 */
export function scranKernels({ threads = 1 }: ScranOptions = {}): Kernels {
  const run = startScran(threads);
  return {
    ...scranIdentity,
    unavailable: typeof SharedArrayBuffer === 'function' ? null : noSharedMemory,
    principalComponents: (cells, options, control) => {
      const { counts } = cells;
      const bytes = countsBytes(counts) + logBytes(counts) + 40 * options.components * counts.shape[0];
      return run({ name: 'principal components', bytes, control }, (session) =>
        principalComponents(cells, options, session),
      );
    },
    correctBatches: (components, options, control) =>
      run({ name: 'batch correction', bytes: 6 * denseBytes(components), control }, (session) =>
        correctBatches(components, options, session),
      ),
    nearestNeighbours: (points, options, control) => {
      const bytes = 3 * denseBytes(points) + 40 * options.k * points.shape[0];
      return run({ name: 'neighbours', bytes, control }, (session) => nearestNeighbours(points, options, session));
    },
    clusters: (graph, options, control) => {
      const bytes = 24 * graph.indices.length * graph.k;
      return run({ name: 'clusters', bytes, control }, (session) => clusters(graph, options, session));
    },
    umap: (graph, options, control) =>
      run({ name: 'UMAP', bytes: 80 * graph.indices.length, control }, (session) => umap(graph, options, session)),
    tsne: (points, options, control) => {
      const bytes = 3 * denseBytes(points) + 160 * Math.ceil(options.perplexity) * points.shape[0];
      return run({ name: 't-SNE', bytes, control }, (session) => tsne(points, options, session));
    },
    scoreMarkers: (cells, options, control) => {
      const bytes = countsBytes(cells.counts) + 16 * cells.counts.shape[0];
      return run({ name: 'marker scores', bytes, control }, (session) => scoreMarkers(cells, options, session));
    },
    labelCells: async (counts, options, control) => {
      const files = await referenceFiles(options);
      const bytes = countsBytes(counts) + 16 * options.profiles.data.length;
      return run({ name: 'reference labels', bytes, control }, (session) =>
        labelCells(counts, { files, quantile: options.quantile }, session),
      );
    },
    close: () => undefined,
  };
}

/** Why scran.js does not run, in words for a user. */
export const noSharedMemory: string =
  'The standard steps on cells need memory shared between threads, which this page may not have: it has to be served with the ' +
  'headers that isolate it (Cross-Origin-Opener-Policy, Cross-Origin-Embedder-Policy), as remnant app does.';

function denseBytes({ shape }: DenseMatrix): number {
  return 8 * shape[0] * shape[1];
}
