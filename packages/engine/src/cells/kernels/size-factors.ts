import { ShapeError } from '../../core/errors.js';
import type { CsrMatrix } from '../../data/matrix.js';

/**
 * Library size factors: the total count of each cell over the mean total of all cells, so that they average one. A cell without
 * counts has factor one: its expression is zero under any.
 *
 * @param counts - cells × genes, raw counts
 * @returns one per cell, above zero
 * @throws ShapeError when no cell has a count
 * @see scran.js `centerSizeFactors` without blocks, the same numbers
 */
export function librarySizeFactors(counts: CsrMatrix): Float64Array {
  const { indptr, data } = counts;
  const totals = new Float64Array(counts.shape[0]);
  let all = 0;
  let counted = 0;
  for (let cell = 0; cell < totals.length; cell++) {
    let total = 0;
    const end = indptr[cell + 1] as number;
    for (let k = indptr[cell] as number; k < end; k++) total += data[k] as number;
    totals[cell] = total;
    all += total;
    if (total > 0) counted++;
  }
  if (counted === 0) throw new ShapeError('Cells without any count cannot be normalised.');
  const mean = all / counted;
  return totals.map((total) => (total > 0 ? total / mean : 1));
}
