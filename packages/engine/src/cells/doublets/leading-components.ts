import type { RunContext } from '../../core/context.js';
import type { Rng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { symmetricEigen } from '../../stats/symmetric-eigen.js';
import { mapRowBlocks } from '../scores/row-blocks.js';
import { covarianceProductTask, type CovarianceProductPayload } from './covariance-product.js';

/** The directions in which the rows of a matrix vary most. */
export interface LeadingComponents {
  /** Mean of each column. */
  readonly means: Float64Array;
  /** Columns × components, row-major, unit columns, by decreasing variance. */
  readonly loadings: Float64Array;
  readonly nComponents: number;
  readonly variances: Float64Array;
}

/** Options of `leadingComponents`. */
export interface LeadingComponentsOptions {
  readonly components: number;
  readonly rng: Rng;
}

const oversampling = 10;
const iterations = 8;
/** Components below this share of the first one's variance are rounding. */
const smallestShare = 1e-9;

/**
 * Leading principal components of a sparse matrix by randomised subspace iteration: from random directions V, eight times
 * V ← orth(CV) with C the covariance of the columns, which is never formed; then the eigenvectors of VᵀCV. Ten more directions
 * than wanted are carried. Directions that stand out from the noise are exact to many digits; among nearly equal variances
 * only their span is found.
 *
 * Cost: 9 passes over the stored values, `components + 10` multiplications each way.
 *
 * @param matrix - rows × columns; columns are centred, not scaled
 * @see doi:10.1137/090771806, algorithm 4.4
 */
export async function leadingComponents(
  matrix: CsrMatrix,
  { components, rng }: LeadingComponentsOptions,
  context: RunContext,
): Promise<LeadingComponents> {
  const [nRows, nColumns] = matrix.shape;
  const means = columnMeans(matrix);
  const width = Math.min(components + oversampling, nColumns, nRows - 1);
  const multiply = async (directions: Float64Array): Promise<Float64Array> => {
    const shared = { directions, nDirections: width };
    const run = { task: covarianceProductTask, stage: 'doublet-components', shared };
    const parts = await mapRowBlocks<Omit<CovarianceProductPayload, 'block'>, Float64Array>(matrix, run, context);
    return covarianceFrom(parts, { directions, width, means, nRows });
  };
  let basis: Float64Array = Float64Array.from({ length: nColumns * width }, () => rng.normal());
  orthonormalise(basis, width);
  for (let i = 0; i < iterations; i++) {
    basis = await multiply(basis);
    orthonormalise(basis, width);
  }
  const { values, vectors } = symmetricEigen(crossProduct(basis, await multiply(basis), width), width);
  const nComponents = values
    .subarray(0, components)
    .filter((value) => value > 0 && value > smallestShare * (values[0] as number)).length;
  const loadings = rotated(basis, vectors, { width, nComponents });
  return { means, loadings, nComponents, variances: values.slice(0, nComponents) };
}

/** Positions of the rows of a matrix on components, rows × components. */
export function projectRows(matrix: CsrMatrix, { means, loadings, nComponents }: LeadingComponents): Float32Array {
  const points = new Float32Array(matrix.shape[0] * nComponents);
  const origin = originOf({ means, loadings, nComponents });
  const position = new Float64Array(nComponents);
  for (let row = 0; row < matrix.shape[0]; row++) {
    position.set(origin);
    const end = matrix.indptr[row + 1] as number;
    for (let k = matrix.indptr[row] as number; k < end; k++) {
      const value = matrix.data[k] as number;
      const at = (matrix.indices[k] as number) * nComponents;
      for (let d = 0; d < nComponents; d++) {
        position[d] = (position[d] as number) + value * (loadings[at + d] as number);
      }
    }
    points.set(position, row * nComponents);
  }
  return points;
}

/** Where a row of zeros lies: minus the projection of the means. */
export function originOf({ means, loadings, nComponents }: Omit<LeadingComponents, 'variances'>): Float64Array {
  const origin = new Float64Array(nComponents);
  for (let g = 0; g < means.length; g++) {
    for (let d = 0; d < nComponents; d++) {
      origin[d] = (origin[d] as number) - (means[g] as number) * (loadings[g * nComponents + d] as number);
    }
  }
  return origin;
}

function columnMeans({ shape, indices, data }: CsrMatrix): Float64Array {
  const means = new Float64Array(shape[1]);
  for (let k = 0; k < indices.length; k++) {
    const column = indices[k] as number;
    means[column] = (means[column] as number) + (data[k] as number);
  }
  return means.map((sum) => sum / shape[0]);
}

/** (XᵀXV − n μμᵀV) / (n − 1), the parts added in their order. */
function covarianceFrom(
  parts: readonly Float64Array[],
  {
    directions,
    width,
    means,
    nRows,
  }: {
    readonly directions: Float64Array;
    readonly width: number;
    readonly means: Float64Array;
    readonly nRows: number;
  },
): Float64Array {
  const product = new Float64Array(directions.length);
  for (const part of parts) {
    for (let i = 0; i < product.length; i++) product[i] = (product[i] as number) + (part[i] as number);
  }
  const along = originOf({ means, loadings: directions, nComponents: width });
  for (let i = 0; i < product.length; i++) {
    const centre = nRows * (means[Math.floor(i / width)] as number) * (along[i % width] as number);
    product[i] = ((product[i] as number) + centre) / (nRows - 1);
  }
  return product;
}

/** Gram–Schmidt on the columns of a row-major table, twice, in place. A column without a new direction becomes zero. */
function orthonormalise(table: Float64Array, width: number): void {
  const nRows = table.length / width;
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < nRows; i++) sum += (table[i * width + a] as number) * (table[i * width + b] as number);
    return sum;
  };
  for (let column = 0; column < width; column++) {
    const before = Math.sqrt(dot(column, column));
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < column; other++) {
        const share = dot(column, other);
        for (let i = 0; i < nRows; i++) {
          const at = i * width + column;
          table[at] = (table[at] as number) - share * (table[i * width + other] as number);
        }
      }
    }
    const length = Math.sqrt(dot(column, column));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let i = 0; i < nRows; i++) table[i * width + column] = (table[i * width + column] as number) * scale;
  }
}

/** AᵀB of two row-major tables. */
function crossProduct(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width * width);
  for (let row = 0; row < a.length; row += width) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        const at = i * width + j;
        product[at] = (product[at] as number) + (a[row + i] as number) * (b[row + j] as number);
      }
    }
  }
  return product;
}

/** The basis turned into the leading eigenvectors, which stand in rows. */
function rotated(
  basis: Float64Array,
  vectors: Float64Array,
  { width, nComponents }: { readonly width: number; readonly nComponents: number },
): Float64Array {
  const nRows = basis.length / width;
  const turned = new Float64Array(nRows * nComponents);
  for (let row = 0; row < nRows; row++) {
    for (let d = 0; d < nComponents; d++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (basis[row * width + i] as number) * (vectors[d * width + i] as number);
      turned[row * nComponents + d] = sum;
    }
  }
  return turned;
}
