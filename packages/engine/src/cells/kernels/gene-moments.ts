import { logNormaliser } from '../scores/log-normalisation.js';
import type { RowBlock } from '../scores/row-blocks.js';

/** Sums over the cells of one group of log2(count / size factor + 1) and of its square, one per gene. */
export interface GeneMoments {
  readonly group: number;
  readonly nCells: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Some consecutive cells, with the group and size factor of all cells. */
export interface GeneMomentsPayload {
  readonly block: RowBlock;
  readonly sizeFactors: Float64Array;
  readonly groupOf: Uint32Array;
}

/** Block task: the moments of each run of cells of one group. */
export function geneMomentsBlock({ block, sizeFactors, groupOf }: GeneMomentsPayload): readonly GeneMoments[] {
  const found: GeneMoments[] = [];
  const end = block.firstCell + block.nCells;
  for (let first = block.firstCell; first < end; ) {
    let last = first + 1;
    while (last < end && groupOf[last] === groupOf[first]) last++;
    found.push(momentsOf(block, sizeFactors, { group: groupOf[first] as number, first, last }));
    first = last;
  }
  return found;
}

function momentsOf(
  { firstCell, nGenes, indptr, indices, data }: RowBlock,
  sizeFactors: Float64Array,
  { group, first, last }: { readonly group: number; readonly first: number; readonly last: number },
): GeneMoments {
  const sums = new Float64Array(nGenes);
  const squares = new Float64Array(nGenes);
  const base = indptr[0] as number;
  const logOf = logNormaliser();
  for (let cell = first; cell < last; cell++) {
    const end = (indptr[cell - firstCell + 1] as number) - base;
    const factor = sizeFactors[cell] as number;
    for (let k = (indptr[cell - firstCell] as number) - base; k < end; k++) {
      const gene = indices[k] as number;
      const value = logOf(data[k] as number, factor);
      sums[gene] = (sums[gene] as number) + value;
      squares[gene] = (squares[gene] as number) + value * value;
    }
  }
  return {
    group,
    nCells: last - first,
    sums: sums.map((sum) => sum / Math.LN2),
    squares: squares.map((square) => square / (Math.LN2 * Math.LN2)),
  };
}
