import type { RunContext } from '../../core/context.js';
import { concatRows } from '../../data/concat-rows.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { regroupColumns } from '../../data/regroup-columns.js';
import { type CellPart, mapCellParts } from './cell-parts.js';

/** A part of the cells and which columns to keep of it. */
export interface SelectGenesPayload {
  readonly part: CellPart;
  /** Where each column goes, −1 for out. */
  readonly target: Int32Array;
  readonly nTargets: number;
}

/** Block task: some columns of a part of the cells. */
export function selectGenesBlock({ part, target, nTargets }: SelectGenesPayload): CsrMatrix {
  return regroupColumns(part.counts, target, nTargets);
}

/**
 * The counts of some genes, in the order given. Works on blocks of cells, so that a large matrix can be stopped between them.
 *
 * @param genes - columns, each once
 * @throws AbortedError once the context's signal is aborted
 */
export async function selectGenes(counts: CsrMatrix, genes: Uint32Array, context: RunContext): Promise<CsrMatrix> {
  const target = new Int32Array(counts.shape[1]).fill(-1);
  genes.forEach((gene, to) => {
    target[gene] = to;
  });
  const parts: CsrMatrix[] = [];
  const run = {
    task: 'cells/select-genes',
    stage: 'counts of the genes used',
    shared: { target, nTargets: genes.length },
  };
  await mapCellParts<Omit<SelectGenesPayload, 'part'>, CsrMatrix>(counts, run, context, (part) => parts.push(part));
  return concatRows(parts);
}
