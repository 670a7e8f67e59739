import type { RunContext } from '../core/context.js';
import type { SampleQuality, StudyCells } from '../cells/study-cells.js';
import type { JoinedCells } from './join-cells.js';

/** What cells are labelled by besides their counts. */
export interface StudyCellsOptions {
  readonly quality: readonly SampleQuality[];
  readonly tumourLineages: readonly string[];
}

/** Labels the joined cells: tumour or not. */
export function studyCells(
  { cells, columns, ownLabels }: JoinedCells,
  { quality }: StudyCellsOptions,
  _context: RunContext,
): StudyCells {
  return {
    cells,
    columns,
    label: ownLabels.map((label) => label ?? 'tumour or unresolved'),
    tumour: new Uint8Array(cells.barcodes.length).fill(1),
    quality,
    warnings: quality.flatMap((sample) => sample.warnings),
  };
}
