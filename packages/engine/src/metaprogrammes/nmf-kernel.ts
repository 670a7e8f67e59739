/** Stored values of a matrix, major by major, as the products of a factorisation read them. */
export interface SparseMajors {
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly data: Float64Array;
}

/**
 * The three loops a factorisation spends its time in. Factors are row-major with `stride` numbers a row, an even number; the
 * numbers past the rank are zero. {@link openNmfKernel} makes the specification; another implementation gives the same bytes, since every
 * number of a result is the same sequence of roundings, whichever of them are computed side by side.
 */
export interface NmfKernel {
  /** Zeroed memory that the other functions can work on; all of it together within the bytes the kernel was opened with. */
  readonly floats: (length: number) => Float64Array;
  readonly integers: (length: number) => Uint32Array;
  /** `out[i, j] = Σ data[p] · factor[indices[p], j]` over the stored values p of major i, in their order. */
  readonly multiply: (matrix: SparseMajors, factor: Float64Array, out: Float64Array, stride: number) => void;
  /** `out[j, l] = Σ factor[i, j] · factor[i, l]` over the rows i, in their order. */
  readonly gram: (factor: Float64Array, out: Float64Array, stride: number) => void;
  /**
   * Every row w of `factor` moves towards the non-negative minimiser of `wᵀ gram w − 2 wᵀ products[i]` by cyclic coordinate
   * descent: at most `sweeps` sweeps, ended once a sweep moves less than a hundredth of what the first one did (squared distance in the
   * metric of the diagonal).
   */
  readonly descend: (factor: Float64Array, problem: RowProblems, sweeps: number) => void;
}

/** Makes a kernel with room for `bytes` of numbers. Its memory goes when the kernel is let go. */
export type OpenNmfKernel = (bytes: number) => NmfKernel;

/** Normal equations of the rows of one factor. */
export interface RowProblems {
  readonly gram: Float64Array;
  readonly products: Float64Array;
  readonly stride: number;
}

/** Part of the first sweep's movement below which a row is left alone. */
export const sweepTolerance = 0.01;

/** Opens the plain TypeScript kernel, the specification of every other. */
export const openNmfKernel: OpenNmfKernel = () => kernel;

const kernel: NmfKernel = {
  floats: (length) => new Float64Array(length),
  integers: (length) => new Uint32Array(length),
  multiply,
  gram,
  descend,
};

/** Numbers in a row of a factor of some rank: the rank, made even. */
export function strideOf(rank: number): number {
  return rank + (rank % 2);
}

/** Two columns at a time: their sums stay in registers. */
function multiply(
  { indptr, indices, data }: SparseMajors,
  factor: Float64Array,
  out: Float64Array,
  stride: number,
): void {
  const nMajors = indptr.length - 1;
  for (let i = 0; i < nMajors; i++) {
    const start = indptr[i] as number;
    const end = indptr[i + 1] as number;
    for (let j = 0; j < stride; j += 2) {
      let sum0 = 0;
      let sum1 = 0;
      for (let p = start; p < end; p++) {
        const value = data[p] as number;
        const at = (indices[p] as number) * stride + j;
        sum0 += value * (factor[at] as number);
        sum1 += value * (factor[at + 1] as number);
      }
      out[i * stride + j] = sum0;
      out[i * stride + j + 1] = sum1;
    }
  }
}

function gram(factor: Float64Array, out: Float64Array, stride: number): void {
  out.fill(0, 0, stride * stride);
  for (let row = 0; row < factor.length; row += stride) {
    for (let j = 0; j < stride; j++) {
      const value = factor[row + j] as number;
      if (value === 0) continue;
      for (let l = 0; l < stride; l++) {
        out[j * stride + l] = (out[j * stride + l] as number) + value * (factor[row + l] as number);
      }
    }
  }
}

function descend(factor: Float64Array, problem: RowProblems, sweeps: number): void {
  const residual = new Float64Array(problem.stride);
  const inverse = inverseDiagonalOf(problem);
  for (let row = 0; row < factor.length; row += problem.stride) {
    startResidual(residual, factor, row, problem);
    let first = 0;
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const moved = sweepRow({ residual, inverse }, factor, row, problem);
      if (sweep === 0) first = moved;
      if (moved <= sweepTolerance * first) break;
    }
  }
}

/** One over each curvature; zero, which leaves a coordinate where it is, for those without any. */
function inverseDiagonalOf({ gram: g, stride }: RowProblems): Float64Array {
  return Float64Array.from({ length: stride }, (_, j) => {
    const curvature = g[j * stride + j] as number;
    return curvature > 0 ? 1 / curvature : 0;
  });
}

/** `products − gram · w`: minus half the gradient of one row. */
function startResidual(residual: Float64Array, factor: Float64Array, row: number, problem: RowProblems): void {
  const { gram: g, products, stride } = problem;
  for (let l = 0; l < stride; l++) residual[l] = products[row + l] as number;
  for (let j = 0; j < stride; j++) {
    const value = factor[row + j] as number;
    if (value === 0) continue;
    for (let l = 0; l < stride; l++) residual[l] = (residual[l] as number) - value * (g[j * stride + l] as number);
  }
}

/** One sweep over the coordinates of a row; returns the squared distance moved. */
function sweepRow(
  { residual, inverse }: { readonly residual: Float64Array; readonly inverse: Float64Array },
  factor: Float64Array,
  row: number,
  { gram: g, stride }: RowProblems,
): number {
  let moved = 0;
  for (let j = 0; j < stride; j++) {
    const before = factor[row + j] as number;
    const after = Math.max(0, before + (residual[j] as number) * (inverse[j] as number));
    const step = after - before;
    if (step === 0) continue;
    factor[row + j] = after;
    for (let l = 0; l < stride; l++) residual[l] = (residual[l] as number) - step * (g[j * stride + l] as number);
    moved += step * step * (g[j * stride + j] as number);
  }
  return moved;
}
