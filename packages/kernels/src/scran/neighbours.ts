import {
  type ClusterOptions,
  type DenseMatrix,
  InternalError,
  type NeighbourGraph,
  type NeighbourOptions,
} from '@remnant/engine';
import type { FindNearestNeighborsResults, SearchIndex } from 'scran.js';
import type { Session } from './session.js';

/** Nearest neighbours by scran.js, with an approximate search. */
export function nearestNeighbours(points: DenseMatrix, { k }: NeighbourOptions, session: Session): NeighbourGraph {
  const { scran, numberOfThreads, keep } = session;
  const found = keep(scran.findNearestNeighbors(searchIndex(points, session), k, { numberOfThreads })).serialize();
  if (found.runs.some((n) => n !== k))
    throw new InternalError('The neighbour search found fewer neighbours than asked for.');
  return { k, indices: Uint32Array.from(found.indices), distances: found.distances };
}

/** Communities of the graph of shared nearest neighbours, edges weighted by the ranks of those shared. */
export function clusters(graph: NeighbourGraph, { method, resolution }: ClusterOptions, session: Session): Uint32Array {
  const { scran, numberOfThreads, keep } = session;
  const neighbours = loadNeighbours(graph, session);
  const shared = keep(scran.buildSnnGraph(neighbours, { scheme: 'rank', neighbors: graph.k, numberOfThreads }));
  const found = keep(
    scran.clusterGraph(shared, {
      method,
      multiLevelResolution: resolution,
      leidenResolution: resolution,
      leidenModularityObjective: true,
    }),
  );
  return Uint32Array.from(found.membership());
}

/** An index to search the rows of a table with. */
export function searchIndex({ shape, data }: DenseMatrix, { scran, keep }: Session): SearchIndex {
  const [numberOfCells, numberOfDims] = shape;
  return keep(
    scran.buildNeighborSearchIndex(Float64Array.from(data), { numberOfCells, numberOfDims, approximate: true }),
  );
}

/** A neighbour graph in the memory of scran.js. */
export function loadNeighbours(
  { k, indices, distances }: NeighbourGraph,
  { scran, keep }: Session,
): FindNearestNeighborsResults {
  const runs = new Int32Array(indices.length / k).fill(k);
  return keep(scran.FindNearestNeighborsResults.unserialize(runs, Int32Array.from(indices), distances));
}
