import type { CscMatrix, CsrMatrix } from '../data/matrix.js';

/** Counts of the genes a sample is factorised on, each divided by its standard deviation; both orders of the same values. */
export interface ScaledCounts {
  /** Cells × genes. */
  readonly rows: CsrMatrix;
  readonly columns: CscMatrix;
  /** Σ x². */
  readonly squares: number;
  /** Mean of all entries, zeros included. */
  readonly mean: number;
}

/**
 * Takes some genes and divides the counts of each by their standard deviation over the cells (n − 1), without centring, so that they
 * stay sparse and non-negative. Cells are not scaled: a cell's depth is part of its usages, as in cNMF.
 *
 * @param counts - cells × genes, raw
 * @param genes - columns, increasing, each with counts that differ between cells
 * @see doi:10.7554/eLife.43803
 */
export function scaleCounts(counts: CsrMatrix, genes: Uint32Array): ScaledCounts {
  const columns = scaleColumns(takeColumns(counts, genes));
  const rows = transposed(columns);
  let [sum, squares] = [0, 0];
  for (const value of columns.data) {
    sum += value;
    squares += value * value;
  }
  return { rows, columns, squares, mean: sum / (counts.shape[0] * genes.length) };
}

function takeColumns(counts: CsrMatrix, genes: Uint32Array): CscMatrix {
  const placeOf = new Int32Array(counts.shape[1]).fill(-1);
  genes.forEach((gene, place) => (placeOf[gene] = place));
  const indptr = new Uint32Array(genes.length + 1);
  for (const gene of counts.indices) {
    const place = placeOf[gene] as number;
    if (place >= 0) indptr[place + 1] = (indptr[place + 1] as number) + 1;
  }
  accumulate(indptr);
  const next = indptr.slice(0, genes.length);
  const indices = new Uint32Array(indptr[genes.length] as number);
  const data = new Float64Array(indices.length);
  for (let cell = 0; cell < counts.shape[0]; cell++) {
    const end = counts.indptr[cell + 1] as number;
    for (let p = counts.indptr[cell] as number; p < end; p++) {
      const place = placeOf[counts.indices[p] as number] as number;
      if (place < 0) continue;
      const at = (next[place] as number)++;
      indices[at] = cell;
      data[at] = counts.data[p] as number;
    }
  }
  return { kind: 'csc', shape: [counts.shape[0], genes.length], indptr, indices, data };
}

function scaleColumns(matrix: CscMatrix): CscMatrix {
  const [nCells, nGenes] = matrix.shape;
  const data = new Float64Array(matrix.data.length);
  for (let g = 0; g < nGenes; g++) {
    const [start, end] = [matrix.indptr[g] as number, matrix.indptr[g + 1] as number];
    const values = matrix.data.subarray(start, end);
    let sum = 0;
    for (const value of values) sum += value;
    const mean = sum / nCells;
    let squares = (nCells - values.length) * mean * mean;
    for (const value of values) squares += (value - mean) * (value - mean);
    const deviation = Math.sqrt(squares / (nCells - 1));
    for (let p = start; p < end; p++) data[p] = (matrix.data[p] as number) / deviation;
  }
  return { ...matrix, data };
}

function transposed(matrix: CscMatrix): CsrMatrix {
  const [nRows, nColumns] = matrix.shape;
  const indptr = new Uint32Array(nRows + 1);
  for (const row of matrix.indices) indptr[row + 1] = (indptr[row + 1] as number) + 1;
  accumulate(indptr);
  const next = indptr.slice(0, nRows);
  const indices = new Uint32Array(matrix.indices.length);
  const data = new Float64Array(indices.length);
  for (let column = 0; column < nColumns; column++) {
    const end = matrix.indptr[column + 1] as number;
    for (let p = matrix.indptr[column] as number; p < end; p++) {
      const at = (next[matrix.indices[p] as number] as number)++;
      indices[at] = column;
      data[at] = matrix.data[p] as number;
    }
  }
  return { kind: 'csr', shape: [nRows, nColumns], indptr, indices, data };
}

/** Turns counts at i + 1 into pointers. */
function accumulate(indptr: Uint32Array): void {
  for (let i = 1; i < indptr.length; i++) indptr[i] = (indptr[i] as number) + (indptr[i - 1] as number);
}
