import type { CscMatrix, CsrMatrix } from '../data/matrix.js';
import { type NmfKernel, type OpenNmfKernel, type SparseMajors, strideOf } from './nmf-kernel.js';
import type { ScaledCounts } from './scale-counts.js';

/** A matrix in the memory of a kernel, with room for one factorisation after another of up to some rank. */
export interface NmfWorkspace {
  readonly kernel: NmfKernel;
  readonly counts: ScaledCounts;
  readonly rows: SparseMajors;
  readonly columns: SparseMajors;
  readonly stride: number;
  readonly usage: Float64Array;
  readonly spectra: Float64Array;
  readonly usageProducts: Float64Array;
  readonly spectraProducts: Float64Array;
  readonly usageGram: Float64Array;
  readonly spectraGram: Float64Array;
}

/** Loads a matrix into a kernel of its own. */
export function openWorkspace(open: OpenNmfKernel, counts: ScaledCounts, rank: number): NmfWorkspace {
  const stride = strideOf(rank);
  const [nCells, nGenes] = counts.rows.shape;
  const kernel = open(workspaceBytes(counts, stride));
  return {
    kernel,
    counts,
    stride,
    rows: loadMajors(kernel, counts.rows),
    columns: loadMajors(kernel, counts.columns),
    usage: kernel.floats(nCells * stride),
    spectra: kernel.floats(nGenes * stride),
    usageProducts: kernel.floats(nCells * stride),
    spectraProducts: kernel.floats(nGenes * stride),
    usageGram: kernel.floats(stride * stride),
    spectraGram: kernel.floats(stride * stride),
  };
}

function loadMajors(kernel: NmfKernel, matrix: CsrMatrix | CscMatrix): SparseMajors {
  const indptr = kernel.integers(matrix.indptr.length);
  const indices = kernel.integers(matrix.indices.length);
  const data = kernel.floats(matrix.data.length);
  indptr.set(matrix.indptr);
  indices.set(matrix.indices);
  data.set(matrix.data);
  return { indptr, indices, data };
}

/** Both orders of the stored values, both factors and their products, both Gram matrices, with sixteen bytes of slack each. */
function workspaceBytes(counts: ScaledCounts, stride: number): number {
  const [nCells, nGenes] = counts.rows.shape;
  const stored = counts.rows.data.length;
  return 2 * 12 * stored + 4 * (nCells + nGenes + 2) + 16 * (nCells + nGenes) * stride + 16 * stride * stride + 16 * 16;
}
