import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import type { CsrMatrix } from '../../data/matrix.js';

/** Cells of one block of work, and how many blocks are handed out together. Results depend on the former, not on the latter. */
const cellsPerPart = 1024;
const partsAtOnce = 8;

/** Some consecutive cells of a set. */
export interface CellPart {
  readonly firstCell: number;
  readonly counts: CsrMatrix;
}

/** One task over all cells. */
export interface PartRun<S> {
  readonly task: string;
  /** Name of the step for whoever watches. */
  readonly stage: string;
  /** What every part needs besides its cells. */
  readonly shared: S;
}

/**
 * Runs a block task over all cells and hands over its results in the order of the cells. A few parts are handed out at a time, so that
 * what is copied on the way to workers stays small.
 */
export async function mapCellParts<S extends object, R>(
  counts: CsrMatrix,
  { task, stage, shared }: PartRun<S>,
  context: RunContext,
  take: (result: R) => void,
): Promise<void> {
  const nCells = counts.shape[0];
  const hooks = context.signal === undefined ? {} : { signal: context.signal };
  for (let first = 0; first < nCells; first += cellsPerPart * partsAtOnce) {
    throwIfAborted(context);
    report(context, stage, first, nCells, 'cells');
    const payloads = partsFrom(counts, first).map((part) => ({ ...shared, part }));
    const results = await context.executor.map<S & { readonly part: CellPart }, R>(task, payloads, hooks);
    throwIfAborted(context);
    for (const result of results) take(result);
  }
  report(context, stage, nCells, nCells, 'cells');
}

function partsFrom(counts: CsrMatrix, first: number): readonly CellPart[] {
  const nCells = counts.shape[0];
  const starts = Array.from({ length: partsAtOnce }, (_, i) => first + i * cellsPerPart).filter(
    (cell) => cell < nCells,
  );
  return starts.map((firstCell) => ({ firstCell, counts: rowsOf(counts, firstCell, firstCell + cellsPerPart) }));
}

/** Some consecutive rows, as views of the values. */
function rowsOf({ shape, indptr, indices, data }: CsrMatrix, first: number, end: number): CsrMatrix {
  const pointers = indptr.subarray(first, end + 1);
  const from = pointers[0] as number;
  const to = pointers.at(-1) as number;
  return {
    kind: 'csr',
    shape: [pointers.length - 1, shape[1]],
    indptr: pointers.map((pointer) => pointer - from),
    indices: indices.subarray(from, to),
    data: data.subarray(from, to),
  };
}
