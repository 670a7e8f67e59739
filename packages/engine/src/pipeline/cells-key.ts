import type { CellAnalysis } from '../claims/analysis.js';
import { hashParts } from '../core/hash.js';

/** What every step hangs on that is made from cells and their calls; empty without cells. */
export function cellsKey(found: CellAnalysis | null): string {
  if (found === null) return '';
  const { counts, samples, barcodes } = found.cells;
  const { activity, called } = found.persisters.cells;
  return hashParts([
    counts.indptr,
    counts.indices,
    counts.data,
    found.tumour,
    activity,
    called,
    JSON.stringify([samples, barcodes]),
  ]);
}
