import { OptionError, ShapeError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';
import type { DenseMatrix } from '../../data/matrix.js';
import { quantileInPlace } from '../../stats/quantile.js';
import type { NeighbourGraph } from '../kernels/kernels.js';
import { type Neighbourhoods, neighbourhoodsOf, requireGraph } from './neighbour-graph.js';

/** What neighbourhoods are sampled from. */
export interface SampledSpace {
  readonly graph: NeighbourGraph;
  /** Cells × dimensions the graph was built in, for instance principal components. */
  readonly embedding: DenseMatrix;
}

/**
 * Samples neighbourhoods that cover the graph with few overlaps: a random share of the cells, each moved to the cell nearest
 * to the median position of its neighbours, repeats dropped. Dense places are so represented by their centres.
 *
 * @param options - `share` of the cells to start from; `rng`
 * @throws ShapeError when graph and embedding do not fit; OptionError for a share outside 0 to 1
 * @see doi:10.1038/s41587-021-01033-z; miloR 2 `makeNhoods(refined = TRUE)`. Difference: the nearest cell is looked for among
 * the neighbours and the cell itself (as in milopy) instead of among all cells.
 */
export function sampleNeighbourhoods(
  { graph, embedding }: SampledSpace,
  { share, rng }: { readonly share: number; readonly rng: Rng },
): Neighbourhoods {
  const nCells = requireGraph(graph);
  if (embedding.shape[0] !== nCells) {
    throw new ShapeError('The embedding does not fit the neighbour graph.', {
      expected: `${String(nCells)} cells`,
      found: String(embedding.shape[0]),
    });
  }
  if (!(share > 0 && share <= 1)) {
    throw new OptionError('The share of cells to sample must lie between 0 and 1.', { found: String(share) });
  }
  const drawn = drawCells(nCells, Math.max(1, Math.round(share * nCells)), rng);
  const refined = new Set(Array.from(drawn, (cell) => centralCell(cell, graph, embedding)));
  return neighbourhoodsOf(graph, Uint32Array.from(refined).sort());
}

/** Cells drawn without replacement. */
function drawCells(nCells: number, n: number, rng: Rng): Uint32Array {
  const cells = Uint32Array.from({ length: nCells }, (_, cell) => cell);
  for (let i = 0; i < n; i++) {
    const j = i + rng.integer(nCells - i);
    const held = cells[i] as number;
    cells[i] = cells[j] as number;
    cells[j] = held;
  }
  return cells.subarray(0, n);
}

/** The neighbour (or the cell itself) nearest to the median position of the neighbours; the lowest number of equals. */
function centralCell(cell: number, graph: NeighbourGraph, embedding: DenseMatrix): number {
  const nDimensions = embedding.shape[1];
  const neighbours = graph.indices.subarray(cell * graph.k, (cell + 1) * graph.k);
  const centre = medianPosition(neighbours, embedding);
  let best = cell;
  let least = Infinity;
  for (const candidate of [cell, ...neighbours].sort((a, b) => a - b)) {
    let distance = 0;
    for (let d = 0; d < nDimensions; d++) {
      const step = (embedding.data[candidate * nDimensions + d] as number) - (centre[d] as number);
      distance += step * step;
    }
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function medianPosition(cells: ArrayLike<number>, { data, shape: [, nDimensions] }: DenseMatrix): Float64Array {
  const centre = new Float64Array(nDimensions);
  const values = new Float64Array(cells.length);
  for (let d = 0; d < nDimensions; d++) {
    for (let i = 0; i < cells.length; i++) values[i] = data[(cells[i] as number) * nDimensions + d] as number;
    centre[d] = quantileInPlace(values, 0.5, values.length);
  }
  return centre;
}
