import type { CsrMatrix } from '../data/matrix.js';
import { symmetricEigen } from '../stats/symmetric-eigen.js';
import { solveRows } from './refit-usage.js';
import { type NmfKernel, strideOf } from './nmf-kernel.js';
import { cellScale, type PerMillionMoments } from './genes-to-factorise.js';

/** What the programmes of a sample are in terms of all its genes. Both are programmes × genes. */
export interface GeneSpectra {
  /**
   * Change of a gene, in standard deviations of its counts per million, per unit of usage: which genes mark the programme. Zero
   * for genes that do not vary.
   */
  readonly scores: readonly Float64Array[];
  /** Counts per million of a cell that uses this programme alone. */
  readonly perMillion: readonly Float64Array[];
}

/** Usages of the programmes, cells × stride. */
export interface Usages {
  readonly usage: Float64Array;
  readonly programmes: number;
}

/** All genes of a sample, raw, cells × genes, with the moments of their counts per million. */
export interface MeasuredCounts {
  readonly counts: CsrMatrix;
  readonly moments: PerMillionMoments;
}

/** Sums over the cells that both fits start from, genes × stride. */
interface Products {
  readonly raw: Float64Array;
  readonly shares: Float64Array;
}

/**
 * Carries programmes found on the variable genes over to all genes, with the usages fixed: by least squares of the standardised
 * counts per million on the usages, without intercept (scores), and by non-negative least squares of the counts per million on the
 * usages that sum to one per cell (spectra).
 *
 * @see doi:10.7554/eLife.43803; cNMF 1.7 `gene_spectra_score` and `gene_spectra_tpm`
 */
export function geneSpectra(kernel: NmfKernel, { counts, moments }: MeasuredCounts, used: Usages): GeneSpectra {
  const { usage, programmes } = used;
  const stride = strideOf(programmes);
  const shares = usageShares(usage, stride);
  const products = sumOverCells(counts, { raw: usage, shares }, stride);
  const perMillion = new Float64Array(counts.shape[1] * stride);
  solveRows(kernel, perMillion, { gram: gramOf(shares, stride), products: products.shares, stride });
  const scores = standardisedSlopes(products.raw, usage, { stride, moments });
  const take = (from: Float64Array): readonly Float64Array[] =>
    Array.from({ length: programmes }, (_, j) =>
      Float64Array.from({ length: counts.shape[1] }, (_, g) => from[g * stride + j] as number),
    );
  return { scores: take(scores), perMillion: take(perMillion) };
}

/** Usages of each cell over their sum; a cell without any keeps zeros. */
export function usageShares(usage: Float64Array, stride: number): Float64Array {
  const shares = usage.slice();
  for (let row = 0; row < usage.length; row += stride) {
    let sum = 0;
    for (let j = 0; j < stride; j++) sum += usage[row + j] as number;
    if (sum > 0) for (let j = 0; j < stride; j++) shares[row + j] = (usage[row + j] as number) / sum;
  }
  return shares;
}

/** Σ over the cells of counts per million × usages, for both kinds of usages in one pass over the counts. */
function sumOverCells(counts: CsrMatrix, { raw, shares }: Products, stride: number): Products {
  const sums = new Float64Array(counts.shape[1] * 2 * stride);
  const perMillion = cellScale(counts, 1e6);
  const weights = new Float64Array(2 * stride);
  for (let cell = 0; cell < counts.shape[0]; cell++) {
    for (let j = 0; j < stride; j++) {
      weights[j] = (perMillion[cell] as number) * (raw[cell * stride + j] as number);
      weights[stride + j] = (perMillion[cell] as number) * (shares[cell * stride + j] as number);
    }
    const end = counts.indptr[cell + 1] as number;
    for (let p = counts.indptr[cell] as number; p < end; p++) {
      const count = counts.data[p] as number;
      const gene = (counts.indices[p] as number) * 2 * stride;
      for (let j = 0; j < 2 * stride; j++) {
        sums[gene + j] = (sums[gene + j] as number) + count * (weights[j] as number);
      }
    }
  }
  return { raw: halves(sums, stride, 0), shares: halves(sums, stride, stride) };
}

/** The columns of one kind of usages. */
function halves(sums: Float64Array, stride: number, from: number): Float64Array {
  const half = new Float64Array(sums.length / 2);
  for (let i = 0; i < half.length; i++) {
    const row = Math.floor(i / stride);
    half[i] = sums[2 * row * stride + from + (i - row * stride)] as number;
  }
  return half;
}

/** (UᵀU)⁺ Uᵀ (T − mean) / sd, gene by gene. */
function standardisedSlopes(
  products: Float64Array,
  usage: Float64Array,
  { stride, moments }: { readonly stride: number; readonly moments: PerMillionMoments },
): Float64Array {
  const inverse = pseudoInverse(gramOf(usage, stride), stride);
  const totals = new Float64Array(stride);
  for (let i = 0; i < usage.length; i++) totals[i % stride] = (totals[i % stride] as number) + (usage[i] as number);
  const slopes = new Float64Array(products.length);
  moments.mean.forEach((mean, g) => {
    const deviation = Math.sqrt(moments.variance[g] as number);
    if (!(deviation > 0)) return;
    for (let j = 0; j < stride; j++) {
      let slope = 0;
      for (let l = 0; l < stride; l++) {
        const centred = (products[g * stride + l] as number) - mean * (totals[l] as number);
        slope += (inverse[j * stride + l] as number) * centred;
      }
      slopes[g * stride + j] = slope / deviation;
    }
  });
  return slopes;
}

function gramOf(factor: Float64Array, stride: number): Float64Array {
  const gram = new Float64Array(stride * stride);
  for (let row = 0; row < factor.length; row += stride) {
    for (let j = 0; j < stride; j++) {
      for (let l = 0; l < stride; l++) {
        const at = j * stride + l;
        gram[at] = (gram[at] as number) + (factor[row + j] as number) * (factor[row + l] as number);
      }
    }
  }
  return gram;
}

/** Moore–Penrose inverse of a symmetric matrix, directions under 1e-12 of the largest left out. */
function pseudoInverse(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const inverse = new Float64Array(n * n);
  values.forEach((value, k) => {
    if (!(value > 1e-12 * (values[0] as number))) return;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        inverse[i * n + j] =
          (inverse[i * n + j] as number) + ((vectors[k * n + i] as number) * (vectors[k * n + j] as number)) / value;
      }
    }
  });
  return inverse;
}
