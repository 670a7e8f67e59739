import { OptionError } from '../../core/errors.js';
import { log1p } from '../../core/pinned-math.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { median } from '../../stats/quantile.js';

/** How counts are put on the log scale: y = ln(1 + count / size factor). */
export interface CellNormalisation {
  /** Total every cell is scaled to, or the median total of the cells. Default 10,000, so that a cell depends on no other. */
  readonly targetSum?: number | 'median';
  /** One size factor per cell, above zero, instead of total / target. */
  readonly sizeFactors?: ArrayLike<number>;
}

/**
 * Size factor of each cell: its total over the target, or the one given. NaN for a cell without counts.
 *
 * @throws OptionError for a target that is not above zero, or size factors that do not fit the cells or are not above zero
 */
export function cellSizeFactors(counts: CsrMatrix, { targetSum = 1e4, sizeFactors }: CellNormalisation): Float64Array {
  if (sizeFactors !== undefined) return checkedFactors(sizeFactors, counts.shape[0]);
  const totals = rowTotals(counts);
  const target = targetSum === 'median' ? median(totals.filter((total) => total > 0)) : targetSum;
  if (targetSum !== 'median' && !(targetSum > 0)) {
    throw new OptionError('targetSum must be above zero.', { found: String(targetSum) });
  }
  return totals.map((total) => (total > 0 ? total / target : NaN));
}

/**
 * Makes the function ln(1 + count / size factor) for one cell after another. A cell holds few different counts, so small
 * whole ones are remembered until the next cell.
 */
export function logNormaliser(): (count: number, sizeFactor: number) => number {
  const remembered = new Float64Array(256);
  let current = NaN;
  return (count, sizeFactor) => {
    if (sizeFactor !== current) {
      remembered.fill(-1);
      current = sizeFactor;
    }
    if (count > 255 || count !== Math.floor(count)) return log1p(count / sizeFactor);
    const known = remembered[count] as number;
    if (known >= 0) return known;
    const value = log1p(count / sizeFactor);
    remembered[count] = value;
    return value;
  };
}

function rowTotals({ shape, indptr, data }: CsrMatrix): Float64Array {
  const totals = new Float64Array(shape[0]);
  for (let cell = 0; cell < totals.length; cell++) {
    let total = 0;
    const end = indptr[cell + 1] as number;
    for (let k = indptr[cell] as number; k < end; k++) total += data[k] as number;
    totals[cell] = total;
  }
  return totals;
}

function checkedFactors(sizeFactors: ArrayLike<number>, nCells: number): Float64Array {
  const factors = Float64Array.from(sizeFactors);
  if (factors.length === nCells && factors.every((factor) => factor > 0 && factor < Infinity)) return factors;
  throw new OptionError('Size factors must be above zero, one per cell.', {
    expected: String(nCells),
    found: String(factors.length),
  });
}
