import type { SparseIndices, SparseValues } from '@remnant/engine';

/**
 * Sorts one row of a compressed matrix by column, in place; repeated columns keep their order.
 * Rows in order are left alone and rows in reverse order, as early versions of Cell Ranger wrote them, are turned round.
 */
export function sortRow(indices: SparseIndices, data: SparseValues, start: number, end: number): void {
  switch (orderOf(indices, start, end)) {
    case 'up':
      return;
    case 'down':
      indices.subarray(start, end).reverse();
      data.subarray(start, end).reverse();
      return;
    default:
      sortMixed(indices, data, start, end);
  }
}

function orderOf(indices: SparseIndices, start: number, end: number): 'up' | 'down' | 'mixed' {
  let up = true;
  let down = true;
  for (let k = start + 1; k < end; k++) {
    if ((indices[k] as number) < (indices[k - 1] as number)) up = false;
    else down = false;
  }
  if (up) return 'up';
  return down ? 'down' : 'mixed';
}

/** Column and place in one number, exact up to 2⁵³, sort without a comparing function. */
function sortMixed(indices: SparseIndices, data: SparseValues, start: number, end: number): void {
  const n = end - start;
  const keys = new Float64Array(n);
  for (let k = 0; k < n; k++) keys[k] = (indices[start + k] as number) * n + k;
  keys.sort();
  const values = data.slice(start, end);
  for (let k = 0; k < n; k++) {
    const key = keys[k] as number;
    const place = key % n;
    indices[start + k] = (key - place) / n;
    data[start + k] = values[place] as number;
  }
}
