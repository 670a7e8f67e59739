import { type RegulonNetwork, transposeNetwork } from './regulon-network.js';

/**
 * The centred cross-products of the regulons, `A = XᵀX − n x̄x̄ᵀ`, factored: `A⁻¹ = MᵀM` on the columns that are kept.
 * Row-major p × p.
 */
export interface GramFactor {
  readonly size: number;
  /** Inverse of the lower Cholesky factor; rows of columns that were left out are zero. */
  readonly inverse: Float64Array;
  /** Mean weight of each regulator over all genes. */
  readonly means: Float64Array;
  /** Columns kept (1) or left out as linear combinations of columns before them (0). */
  readonly kept: Uint8Array;
  /** Columns whose own coefficient the data identify (1): neither left out nor part of any combination that was. */
  readonly identified: Uint8Array;
}

/** A pivot below this fraction of its column's own sum of squares counts as zero. */
const pivotTolerance = 1e-10;

/** A column takes part in a linear dependence when its scaled coefficient is above this. */
const dependenceTolerance = 1e-6;

/**
 * Assembles and factors the cross-products of all regulons. Cost: p³/3 multiplications for p regulators.
 *
 * The Cholesky route squares the condition number of X, which regulon matrices of small whole weights can afford; the
 * caller adds one step of iterative refinement.
 */
export function factorGram(network: RegulonNetwork): GramFactor {
  const size = network.regulators.length;
  const means = columnMeans(network);
  const gram = centredGram(network, means);
  const diagonal = Float64Array.from({ length: size }, (_, i) => gram[i * size + i] as number);
  const kept = new Uint8Array(size);
  const identified = new Uint8Array(size).fill(1);
  // `gram` becomes the Cholesky factor row by row, `inverse` its inverse.
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const pivot = factorRow(gram, size, i, kept);
    const scale = diagonal[i] as number;
    if (scale > 0 && pivot > pivotTolerance * scale) {
      kept[i] = 1;
      gram[i * size + i] = Math.sqrt(pivot);
      invertRow(gram, inverse, size, i);
    } else {
      markDependence(gram, inverse, { size, row: i, diagonal, kept }, identified);
      gram.fill(0, i * size, (i + 1) * size);
    }
  }
  return { size, inverse, means, kept, identified };
}

/** `A⁻¹ b` on the kept columns, zero elsewhere. */
export function solveGram(factor: GramFactor, right: Float64Array): Float64Array {
  const { size, inverse } = factor;
  const solution = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += (inverse[row + k] as number) * (right[k] as number);
    for (let k = 0; k <= i; k++) solution[k] = (solution[k] as number) + (inverse[row + k] as number) * sum;
  }
  return solution;
}

/** The diagonal of `A⁻¹`. */
export function inverseDiagonal(factor: GramFactor): Float64Array {
  const { size, inverse } = factor;
  const diagonal = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k <= i; k++) diagonal[k] = (diagonal[k] as number) + (inverse[i * size + k] as number) ** 2;
  }
  return diagonal;
}

function columnMeans(network: RegulonNetwork): Float64Array {
  return Float64Array.from(network.regulators, (_, r) => {
    let sum = 0;
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      sum += network.weights[k] as number;
    }
    return sum / network.genes.length;
  });
}

/** Lower triangle of `XᵀX − n x̄x̄ᵀ`, from the regulators that meet at each gene. */
function centredGram(network: RegulonNetwork, means: Float64Array): Float64Array {
  const size = network.regulators.length;
  const n = network.genes.length;
  const gram = new Float64Array(size * size);
  const { indptr, indices, weights } = transposeNetwork(network);
  for (let g = 0; g < n; g++) {
    for (let a = indptr[g] as number; a < (indptr[g + 1] as number); a++) {
      const row = (indices[a] as number) * size;
      const weight = weights[a] as number;
      // Regulators of a gene come in ascending order, so this stays in the lower triangle.
      for (let b = indptr[g] as number; b <= a; b++) {
        const at = row + (indices[b] as number);
        gram[at] = (gram[at] as number) + weight * (weights[b] as number);
      }
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      gram[i * size + j] = (gram[i * size + j] as number) - n * (means[i] as number) * (means[j] as number);
    }
  }
  return gram;
}

/** Replaces row `i` of the matrix by row `i` of its Cholesky factor and returns the pivot, not yet rooted. */
function factorRow(gram: Float64Array, size: number, i: number, kept: Uint8Array): number {
  const row = i * size;
  for (let j = 0; j < i; j++) {
    if (kept[j] === 0) {
      gram[row + j] = 0;
      continue;
    }
    const other = j * size;
    gram[row + j] = ((gram[row + j] as number) - dot(gram, row, other, j)) / (gram[other + j] as number);
  }
  return (gram[row + i] as number) - dot(gram, row, row, i);
}

/** Row `i` of the inverse of a lower triangle, from the rows above it. */
function invertRow(gram: Float64Array, inverse: Float64Array, size: number, i: number): void {
  const row = i * size;
  for (let k = 0; k < i; k++) {
    const factor = gram[row + k] as number;
    if (factor !== 0) subtractRow(inverse, row, k * size, k + 1, factor);
  }
  const pivot = gram[row + i] as number;
  for (let k = 0; k < i; k++) inverse[row + k] = (inverse[row + k] as number) / pivot;
  inverse[row + i] = 1 / pivot;
}

/** Marks a dependent column, and the columns it depends on, as not identified. */
function markDependence(
  gram: Float64Array,
  inverse: Float64Array,
  state: { size: number; row: number; diagonal: Float64Array; kept: Uint8Array },
  identified: Uint8Array,
): void {
  const { size, row, diagonal, kept } = state;
  identified[row] = 0;
  const own = diagonal[row] as number;
  for (let k = 0; k < row; k++) {
    if (kept[k] === 0) continue;
    let coefficient = 0;
    for (let i = k; i < row; i++) {
      coefficient += (inverse[i * size + k] as number) * (gram[row * size + i] as number);
    }
    if (Math.abs(coefficient) * Math.sqrt((diagonal[k] as number) / own) > dependenceTolerance) identified[k] = 0;
  }
}

/** Dot product of two stretches of one array; four partial sums keep the processor busy. */
function dot(values: Float64Array, a: number, b: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = length - (length % 4);
  for (let k = 0; k < whole; k += 4) {
    s0 += (values[a + k] as number) * (values[b + k] as number);
    s1 += (values[a + k + 1] as number) * (values[b + k + 1] as number);
    s2 += (values[a + k + 2] as number) * (values[b + k + 2] as number);
    s3 += (values[a + k + 3] as number) * (values[b + k + 3] as number);
  }
  for (let k = whole; k < length; k++) s0 += (values[a + k] as number) * (values[b + k] as number);
  return s0 + s1 + (s2 + s3);
}

function subtractRow(values: Float64Array, to: number, from: number, length: number, factor: number): void {
  for (let k = 0; k < length; k++) {
    values[to + k] = (values[to + k] as number) - factor * (values[from + k] as number);
  }
}
