import { ShapeError } from '../../core/errors.js';
import type { NeighbourGraph } from '../kernels/kernels.js';

/** The neighbourhoods that differential abundance is tested on. */
export interface Neighbourhoods {
  /** Cell each neighbourhood is built around, increasing. */
  readonly indexCells: Uint32Array;
  /** Cells of neighbourhood `i`: `members[indptr[i] … indptr[i + 1])`, increasing. */
  readonly indptr: Uint32Array;
  readonly members: Uint32Array;
  /** Distance from the index cell to its k-th neighbour. */
  readonly kthDistance: Float64Array;
}

/**
 * Checks lengths and bounds of a graph once, and returns its number of cells.
 *
 * @throws ShapeError when arrays do not fit or an index is no cell
 */
export function requireGraph({ k, indices, distances }: NeighbourGraph): number {
  const nCells = indices.length / k;
  if (!(Number.isInteger(k) && k >= 1) || !Number.isInteger(nCells) || distances.length !== indices.length) {
    throw new ShapeError('A neighbour graph needs k indices and k distances per cell.', {
      expected: `a multiple of k = ${String(k)}`,
      found: `${String(indices.length)} indices, ${String(distances.length)} distances`,
    });
  }
  for (let i = 0; i < indices.length; i++) {
    const neighbour = indices[i] as number;
    if (neighbour >= 0 && neighbour < nCells && neighbour !== Math.floor(i / k)) continue;
    throw new ShapeError('A neighbour graph lists a neighbour that is the cell itself or no cell.', {
      row: Math.floor(i / k) + 1,
      found: String(neighbour),
    });
  }
  return nCells;
}

/**
 * Neighbourhoods around index cells: the cell, its k nearest neighbours, and the cells it is one of the k nearest
 * neighbours of (the undirected graph).
 */
export function neighbourhoodsOf(graph: NeighbourGraph, indexCells: Uint32Array): Neighbourhoods {
  const nCells = requireGraph(graph);
  const numberOf = new Int32Array(nCells).fill(-1);
  indexCells.forEach((cell, i) => {
    numberOf[cell] = i;
  });
  const lists: number[][] = Array.from(indexCells, (cell) => [
    cell,
    ...graph.indices.subarray(cell * graph.k, (cell + 1) * graph.k),
  ]);
  for (let i = 0; i < graph.indices.length; i++) {
    const at = numberOf[graph.indices[i] as number] as number;
    if (at >= 0) lists[at]?.push(Math.floor(i / graph.k));
  }
  const sorted = lists.map((list) => Uint32Array.from(new Set(list)).sort());
  const indptr = new Uint32Array(sorted.length + 1);
  sorted.forEach((list, i) => {
    indptr[i + 1] = (indptr[i] as number) + list.length;
  });
  const members = new Uint32Array(indptr[sorted.length] ?? 0);
  sorted.forEach((list, i) => {
    members.set(list, indptr[i]);
  });
  const kthDistance = Float64Array.from(indexCells, (cell) => graph.distances[(cell + 1) * graph.k - 1] as number);
  return { indexCells, indptr, members, kthDistance };
}
