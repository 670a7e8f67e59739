import { type RunContext, report, throwIfAborted } from '../../core/context.js';
import type { CsrMatrix, SparseIndices, SparseValues } from '../../data/matrix.js';

/** Some consecutive cells of a matrix, as views of its arrays. Row pointers count from the start of the whole matrix. */
export interface RowBlock {
  readonly firstCell: number;
  readonly nCells: number;
  readonly nGenes: number;
  /** `nCells + 1` pointers; the block's own values start at `indptr[0]` of the matrix. */
  readonly indptr: Uint32Array | Float64Array;
  readonly indices: SparseIndices;
  readonly data: SparseValues;
}

/** Cells per block: enough work to be worth a message, little enough to stop within a fraction of a second. */
const cellsPerBlock = 1024;

/** Cuts a matrix into blocks of a fixed number of cells, without copying. */
export function rowBlocks(counts: CsrMatrix, size: number = cellsPerBlock): readonly RowBlock[] {
  const [nCells, nGenes] = counts.shape;
  return Array.from({ length: Math.ceil(nCells / size) }, (_, b) => {
    const firstCell = b * size;
    const end = Math.min(nCells, firstCell + size);
    const indptr = counts.indptr.subarray(firstCell, end + 1);
    const [from, to] = [indptr[0] as number, indptr[end - firstCell] as number];
    return {
      firstCell,
      nCells: end - firstCell,
      nGenes,
      indptr,
      indices: counts.indices.subarray(from, to),
      data: counts.data.subarray(from, to),
    };
  });
}

/** How to run one task over the blocks of a matrix. */
export interface BlockRun<S> {
  readonly task: string;
  /** Name of the step for whoever watches. */
  readonly stage: string;
  /** What every block needs besides its cells. */
  readonly shared: S;
}

/** Runs a block task over all cells; the results are in the order of the cells. */
export async function mapRowBlocks<S extends object, R>(
  counts: CsrMatrix,
  { task, stage, shared }: BlockRun<S>,
  context: RunContext,
): Promise<R[]> {
  throwIfAborted(context);
  const payloads = rowBlocks(counts).map((block) => ({ ...shared, block }));
  return context.executor.map<S & { readonly block: RowBlock }, R>(task, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, stage, done, total, 'blocks of cells');
    },
  });
}

/** Joins the cells × columns tables of consecutive blocks. */
export function joinRows(parts: readonly Float64Array[], length: number): Float64Array {
  const joined = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
