import { ShapeError } from '../core/errors.js';

/**
 * A genes × samples table of numbers, row-major by gene: the value of gene `g` in sample `s` is `values[g * samples.length + s]`.
 * This is the orientation of limma and edgeR (rows are genes); single-cell data use `Dataset` with cells as rows.
 */
export interface ExpressionMatrix {
  readonly genes: readonly string[];
  readonly samples: readonly string[];
  readonly values: Float64Array;
}

/** Checks lengths once and returns the table. */
export function createExpressionMatrix(
  genes: readonly string[],
  samples: readonly string[],
  values: Float64Array,
): ExpressionMatrix {
  if (values.length !== genes.length * samples.length) {
    throw new ShapeError('The values of an expression table do not fit its genes and samples.', {
      expected: `${String(genes.length)} genes × ${String(samples.length)} samples`,
      found: `${String(values.length)} values`,
    });
  }
  return { genes, samples, values };
}

/** The row of one gene, as a view. */
export function geneRow(matrix: ExpressionMatrix, gene: number): Float64Array {
  const n = matrix.samples.length;
  return matrix.values.subarray(gene * n, (gene + 1) * n);
}

/** The same table with only the given sample columns, in the given order. */
export function selectSamples(matrix: ExpressionMatrix, columns: readonly number[]): ExpressionMatrix {
  const n = matrix.samples.length;
  const values = new Float64Array(matrix.genes.length * columns.length);
  for (let g = 0, k = 0; g < matrix.genes.length; g++) {
    for (const column of columns) values[k++] = matrix.values[g * n + column] as number;
  }
  return { genes: matrix.genes, samples: columns.map((c) => matrix.samples[c] as string), values };
}

/** The same table with only the given gene rows, in the given order. */
export function selectGenes(matrix: ExpressionMatrix, rows: readonly number[]): ExpressionMatrix {
  const n = matrix.samples.length;
  const values = new Float64Array(rows.length * n);
  rows.forEach((row, i) => {
    values.set(matrix.values.subarray(row * n, (row + 1) * n), i * n);
  });
  return { genes: rows.map((r) => matrix.genes[r] as string), samples: matrix.samples, values };
}
