import type { CsrMatrix } from '../../data/matrix.js';
import { logNormaliser } from '../scores/log-normalisation.js';
import type { CellPart } from './cell-parts.js';

/** Sums over the cells of one group of log2(count / size factor + 1) and of its square, one per gene. */
export interface GeneMoments {
  readonly group: number;
  readonly nCells: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** A part, with the size factor and group of all cells. */
export interface GeneMomentsPayload {
  readonly part: CellPart;
  readonly sizeFactors: Float64Array;
  readonly groupOf: Uint32Array;
}

/** Block task: the moments of each run of cells of one group. */
export function geneMomentsBlock({ part, sizeFactors, groupOf }: GeneMomentsPayload): readonly GeneMoments[] {
  const { firstCell, counts } = part;
  const nCells = counts.shape[0];
  const found: GeneMoments[] = [];
  for (let first = 0; first < nCells; ) {
    const group = groupOf[firstCell + first] as number;
    let last = first + 1;
    while (last < nCells && groupOf[firstCell + last] === group) last++;
    const factors = sizeFactors.subarray(firstCell + first, firstCell + last);
    found.push({ group, nCells: last - first, ...momentsOf(counts, first, factors) });
    first = last;
  }
  return found;
}

/** Moments over as many rows from `first` on as there are size factors. */
function momentsOf(
  { shape, indptr, indices, data }: CsrMatrix,
  first: number,
  sizeFactors: Float64Array,
): Pick<GeneMoments, 'sums' | 'squares'> {
  const sums = new Float64Array(shape[1]);
  const squares = new Float64Array(shape[1]);
  const logOf = logNormaliser();
  sizeFactors.forEach((factor, i) => {
    const end = indptr[first + i + 1] as number;
    for (let k = indptr[first + i] as number; k < end; k++) {
      const gene = indices[k] as number;
      const value = logOf(data[k] as number, factor);
      sums[gene] = (sums[gene] as number) + value;
      squares[gene] = (squares[gene] as number) + value * value;
    }
  });
  return {
    sums: sums.map((sum) => sum / Math.LN2),
    squares: squares.map((square) => square / (Math.LN2 * Math.LN2)),
  };
}
