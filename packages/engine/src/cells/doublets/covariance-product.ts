import type { RowBlock } from '../scores/row-blocks.js';

/** Name of the block task. */
export const covarianceProductTask = 'cells/covariance-product';

/** Some rows of X with the directions V to multiply with. */
export interface CovarianceProductPayload {
  readonly block: RowBlock;
  /** Columns × directions, row-major. */
  readonly directions: Float64Array;
  readonly nDirections: number;
}

/** Block task: Xᵀ(XV) over the rows of a block, columns × directions. */
export function covarianceProductBlock({ block, directions, nDirections }: CovarianceProductPayload): Float64Array {
  const product = new Float64Array(directions.length);
  const projected = new Float64Array(nDirections);
  const origin = block.indptr[0] as number;
  for (let row = 0; row < block.nCells; row++) {
    const start = (block.indptr[row] as number) - origin;
    const end = (block.indptr[row + 1] as number) - origin;
    projected.fill(0);
    for (let k = start; k < end; k++) {
      const value = block.data[k] as number;
      const at = (block.indices[k] as number) * nDirections;
      for (let d = 0; d < nDirections; d++) {
        projected[d] = (projected[d] as number) + value * (directions[at + d] as number);
      }
    }
    for (let k = start; k < end; k++) {
      const value = block.data[k] as number;
      const at = (block.indices[k] as number) * nDirections;
      for (let d = 0; d < nDirections; d++) {
        product[at + d] = (product[at + d] as number) + value * (projected[d] as number);
      }
    }
  }
  return product;
}
