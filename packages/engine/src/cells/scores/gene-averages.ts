import type { RunContext } from '../../core/context.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { logNormaliser } from './log-normalisation.js';
import { mapRowBlocks, type RowBlock } from './row-blocks.js';

/** Name of the block task. */
export const geneSumsTaskName = 'cells/gene-sums';

/** The cells of one block. */
export interface GeneSumsPayload {
  readonly block: RowBlock;
  /** One per cell of the whole matrix; NaN leaves a cell out. */
  readonly sizeFactors: Float64Array;
}

/** Mean log-normalised expression of every gene over the cells with counts. Blocks are added in the order of the cells. */
export async function geneAverages(
  counts: CsrMatrix,
  sizeFactors: Float64Array,
  { stage, context }: { readonly stage: string; readonly context: RunContext },
): Promise<Float64Array> {
  const run = { task: geneSumsTaskName, stage, shared: { sizeFactors } };
  const blocks = await mapRowBlocks<{ readonly sizeFactors: Float64Array }, Float64Array>(counts, run, context);
  const nCells = sizeFactors.filter((factor) => !Number.isNaN(factor)).length;
  const sums = new Float64Array(counts.shape[1]);
  for (const block of blocks)
    for (let g = 0; g < sums.length; g++) sums[g] = (sums[g] as number) + (block[g] as number);
  return sums.map((sum) => (nCells === 0 ? 0 : sum / nCells));
}

/** Sum of log-normalised expression per gene over the cells of one block. */
export function geneSumsBlock({ block, sizeFactors }: GeneSumsPayload): Float64Array {
  const { nCells, nGenes, indptr, indices, data } = block;
  const sums = new Float64Array(nGenes);
  const normalise = logNormaliser();
  const origin = indptr[0] as number;
  for (let cell = 0; cell < nCells; cell++) {
    const sizeFactor = sizeFactors[block.firstCell + cell] as number;
    if (Number.isNaN(sizeFactor)) continue;
    const end = (indptr[cell + 1] as number) - origin;
    for (let k = (indptr[cell] as number) - origin; k < end; k++) {
      const gene = indices[k] as number;
      sums[gene] = (sums[gene] as number) + normalise(data[k] as number, sizeFactor);
    }
  }
  return sums;
}
