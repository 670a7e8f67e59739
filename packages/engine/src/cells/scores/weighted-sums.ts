import type { RunContext } from '../../core/context.js';
import type { CsrMatrix } from '../../data/matrix.js';
import type { GeneWeights } from './gene-weights.js';
import { logNormaliser } from './log-normalisation.js';
import { joinRows, mapRowBlocks, type RowBlock } from './row-blocks.js';

/** Name of the block task. */
export const weightedSumsTaskName = 'cells/weighted-sums';

/** The cells of one block with what is summed over them. */
export interface WeightedSumsPayload {
  readonly block: RowBlock;
  /** One per cell of the whole matrix; NaN leaves a cell out. */
  readonly sizeFactors: Float64Array;
  readonly weights: GeneWeights;
}

/** Σ w y per cell and column (row-major, cells × columns), with Σ y and Σ y² per cell. */
export interface WeightedSums {
  readonly sums: Float64Array;
  readonly total: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Weighted sums of log-normalised expression over the stored values of every cell. NaN in a cell without counts.
 * Cost: one logarithm per distinct count of a cell, one addition per stored value and column its gene belongs to.
 */
export async function weightedSums(
  counts: CsrMatrix,
  shared: Omit<WeightedSumsPayload, 'block'>,
  { stage, context }: { readonly stage: string; readonly context: RunContext },
): Promise<WeightedSums> {
  const run = { task: weightedSumsTaskName, stage, shared };
  const blocks = await mapRowBlocks<typeof shared, WeightedSums>(counts, run, context);
  const join = (pick: (block: WeightedSums) => Float64Array, width: number): Float64Array =>
    joinRows(blocks.map(pick), counts.shape[0] * width);
  return {
    sums: join((block) => block.sums, shared.weights.nColumns),
    total: join((block) => block.total, 1),
    squares: join((block) => block.squares, 1),
  };
}

/** {@link weightedSums} of one block. */
export function weightedSumsBlock({ block, sizeFactors, weights }: WeightedSumsPayload): WeightedSums {
  const { nCells, indptr, indices, data } = block;
  const width = weights.nColumns;
  const sums = new Float64Array(nCells * width);
  const total = new Float64Array(nCells);
  const squares = new Float64Array(nCells);
  const normalise = logNormaliser();
  const origin = indptr[0] as number;
  for (let cell = 0; cell < nCells; cell++) {
    const sizeFactor = sizeFactors[block.firstCell + cell] as number;
    const row = cell * width;
    if (Number.isNaN(sizeFactor)) {
      sums.fill(NaN, row, row + width);
      total[cell] = NaN;
      squares[cell] = NaN;
      continue;
    }
    let sum = 0;
    let sumOfSquares = 0;
    const end = (indptr[cell + 1] as number) - origin;
    for (let k = (indptr[cell] as number) - origin; k < end; k++) {
      const gene = indices[k] as number;
      const y = normalise(data[k] as number, sizeFactor);
      sum += y;
      sumOfSquares += y * y;
      const last = weights.indptr[gene + 1] as number;
      for (let m = weights.indptr[gene] as number; m < last; m++) {
        const at = row + (weights.columns[m] as number);
        sums[at] = (sums[at] as number) + (weights.weights[m] as number) * y;
      }
    }
    total[cell] = sum;
    squares[cell] = sumOfSquares;
  }
  return { sums, total, squares };
}
