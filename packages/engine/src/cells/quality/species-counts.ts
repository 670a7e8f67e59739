import type { RowBlock } from '../scores/row-blocks.js';
import type { SpeciesCounts } from './barnyard.js';

/** Name under which the block task is registered. */
export const speciesCountsTask = 'cells/species-counts';

/** One block of cells whose counts are added up by species. */
export interface SpeciesCountsPayload {
  readonly block: RowBlock;
  /** Per gene 1 for the tumour's species, 2 for the host's, 0 for neither. */
  readonly side: Uint8Array;
}

/** Adds up the counts of every cell of a block by species; pure over plain arrays. */
export function speciesCountsBlock({ block, side }: SpeciesCountsPayload): SpeciesCounts {
  const sums: SpeciesCounts = { tumour: new Float64Array(block.nCells), host: new Float64Array(block.nCells) };
  const first = block.indptr[0] as number;
  for (let cell = 0; cell < block.nCells; cell++) {
    const end = (block.indptr[cell + 1] as number) - first;
    let [tumour, host] = [0, 0];
    for (let k = (block.indptr[cell] as number) - first; k < end; k++) {
      const of = side[block.indices[k] as number];
      if (of === 1) tumour += block.data[k] as number;
      else if (of === 2) host += block.data[k] as number;
    }
    sums.tumour[cell] = tumour;
    sums.host[cell] = host;
  }
  return sums;
}
