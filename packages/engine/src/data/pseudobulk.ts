import { ShapeError } from '../core/errors.js';
import { shuffleInPlace, type Rng } from '../core/rng.js';
import type { Matrix } from './matrix.js';

/** The counts of one sample: its cells summed, or the column of a table. */
export interface SampleCounts {
  /** One value per gene of the sample's own gene list. */
  readonly total: Float64Array;
  /**
   * The same counts split over random blocks of cells, for intervals from cell sampling: row-major blocks × genes.
   * Null for a table column, whose cells were never seen apart.
   */
  readonly blocks: { readonly count: number; readonly values: Float64Array } | null;
  /** Number of cells summed; null for a table column. */
  readonly nCells: number | null;
}

/**
 * Sums raw counts over the cells of one sample (pseudobulk), and over `blocks` random parts of them of equal size.
 * Cost: one pass over the non-zero values.
 *
 * @param X - cells × genes raw counts, csr or dense
 * @param options - `blocks`: how many parts (fewer than cells; with fewer cells than blocks each cell is its own part); `rng`: assigns cells to parts
 */
export function sumCells(X: Matrix, options: { readonly blocks: number; readonly rng: Rng }): SampleCounts {
  const [nCells, nGenes] = X.shape;
  const count = Math.max(1, Math.min(options.blocks, nCells));
  const blockOf = Array.from({ length: nCells }, (_, cell) => cell % count);
  shuffleInPlace(blockOf, options.rng);
  const values = new Float64Array(count * nGenes);
  forEachValue(X, (cell, gene, value) => {
    add(values, (blockOf[cell] as number) * nGenes + gene, value);
  });
  const total = new Float64Array(nGenes);
  for (let b = 0; b < count; b++) for (let g = 0; g < nGenes; g++) add(total, g, values[b * nGenes + g] as number);
  return { total, blocks: { count, values }, nCells };
}

/** Regroups the genes of a sample: gene `g` is added to position `target[g]`, or dropped where that is −1. */
export function regroupGenes(sample: SampleCounts, target: Int32Array, nTargets: number): SampleCounts {
  if (target.length !== sample.total.length) {
    throw new ShapeError('A gene mapping does not fit the genes of its sample.', {
      expected: String(sample.total.length),
      found: String(target.length),
    });
  }
  const regroup = (source: Float64Array, offset: number, into: Float64Array, intoOffset: number): void => {
    for (let g = 0; g < target.length; g++) {
      const t = target[g] as number;
      if (t >= 0) add(into, intoOffset + t, source[offset + g] as number);
    }
  };
  const total = new Float64Array(nTargets);
  regroup(sample.total, 0, total, 0);
  if (sample.blocks === null) return { ...sample, total };
  const values = new Float64Array(sample.blocks.count * nTargets);
  for (let b = 0; b < sample.blocks.count; b++) regroup(sample.blocks.values, b * target.length, values, b * nTargets);
  return { ...sample, total, blocks: { count: sample.blocks.count, values } };
}

function add(values: Float64Array, index: number, value: number): void {
  values[index] = (values[index] as number) + value;
}

function forEachValue(X: Matrix, visit: (row: number, column: number, value: number) => void): void {
  const [nRows, nColumns] = X.shape;
  if (X.kind === 'dense') {
    for (let i = 0; i < nRows; i++) for (let j = 0; j < nColumns; j++) visit(i, j, X.data[i * nColumns + j] as number);
    return;
  }
  const major = X.kind === 'csr' ? nRows : nColumns;
  for (let i = 0; i < major; i++) {
    const end = X.indptr[i + 1] as number;
    for (let k = X.indptr[i] as number; k < end; k++) {
      const j = X.indices[k] as number;
      if (X.kind === 'csr') visit(i, j, X.data[k] as number);
      else visit(j, i, X.data[k] as number);
    }
  }
}
