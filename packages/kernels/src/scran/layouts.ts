import type { DenseMatrix, NeighbourGraph, TsneOptions, UmapOptions } from '@remnant/engine';
import type { Coordinates } from 'scran.js';
import { loadNeighbours, searchIndex } from './neighbours.js';
import type { Session } from './session.js';

/** UMAP by scran.js. Its optimisation runs on one thread, so that the order of its updates never changes. */
export function umap(graph: NeighbourGraph, { epochs, minDist }: UmapOptions, session: Session): DenseMatrix {
  const { scran, numberOfThreads, keep } = session;
  const status = keep(
    scran.initializeUmap(loadNeighbours(graph, session), { neighbors: graph.k, epochs, minDist, numberOfThreads }),
  );
  status.run();
  return twoColumns(status.extractCoordinates());
}

/** t-SNE by scran.js (Barnes and Hut's approximation). */
export function tsne(points: DenseMatrix, { perplexity, iterations }: TsneOptions, session: Session): DenseMatrix {
  const { scran, numberOfThreads, keep } = session;
  const status = keep(scran.initializeTsne(searchIndex(points, session), { perplexity, numberOfThreads }));
  status.run({ maxIterations: iterations });
  return twoColumns(status.extractCoordinates());
}

/** Both layouts are given in single precision, of which a picture needs far less. */
function twoColumns({ x, y }: Coordinates): DenseMatrix {
  const data = new Float32Array(2 * x.length);
  for (let cell = 0; cell < x.length; cell++) {
    data[2 * cell] = x[cell] as number;
    data[2 * cell + 1] = y[cell] as number;
  }
  return { kind: 'dense', shape: [x.length, 2], data };
}
