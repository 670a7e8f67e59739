import { log } from '../../core/pinned-math.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { lowess } from '../../stats/lowess.js';
import { variableGenes } from '../kernels/variable-genes.js';

/** Genes that vary most, with their spread. */
export interface VariableColumns {
  /** Increasing. */
  readonly columns: Uint32Array;
  /** Standard deviation of normalised counts, one per column kept. */
  readonly deviations: Float64Array;
}

/** Genes seen in fewer cells take no part. */
const fewestCells = 3;
const span = 0.3;

/**
 * Genes whose normalised counts (count / size factor) vary most for their mean: the highest residuals of log(variance / mean)
 * from a LOWESS curve over log(mean), above zero only. Genes seen in fewer than three cells are left out.
 *
 * @param sizeFactors - one per cell, above zero
 */
export function variableColumns(
  counts: CsrMatrix,
  { sizeFactors, number }: { readonly sizeFactors: Float64Array; readonly number: number },
): VariableColumns {
  const { means, variances, detected } = moments(counts, sizeFactors);
  const usable = Uint32Array.from(means.keys()).filter(
    (g) => (detected[g] as number) >= fewestCells && (variances[g] as number) > 0,
  );
  const residuals = new Float64Array(means.length);
  if (usable.length >= 2) {
    const level = Float64Array.from(usable, (g) => log(means[g] as number));
    const spread = Float64Array.from(usable, (g) => log((variances[g] as number) / (means[g] as number)));
    const trend = lowess(level, spread, { span });
    // The curve stands in increasing order of the level, equal ones in their order here.
    const order = Uint32Array.from(usable.keys()).sort((a, b) => (level[a] as number) - (level[b] as number) || a - b);
    order.forEach((i, position) => {
      residuals[usable[i] as number] = (spread[i] as number) - (trend.y[position] as number);
    });
  }
  const columns = variableGenes(residuals, number);
  return { columns, deviations: Float64Array.from(columns, (g) => Math.sqrt(variances[g] as number)) };
}

function moments(
  { shape, indptr, indices, data }: CsrMatrix,
  sizeFactors: Float64Array,
): { readonly means: Float64Array; readonly variances: Float64Array; readonly detected: Uint32Array } {
  const [nCells, nGenes] = shape;
  const sums = new Float64Array(nGenes);
  const squares = new Float64Array(nGenes);
  const detected = new Uint32Array(nGenes);
  for (let cell = 0; cell < nCells; cell++) {
    const end = indptr[cell + 1] as number;
    for (let k = indptr[cell] as number; k < end; k++) {
      const gene = indices[k] as number;
      const value = (data[k] as number) / (sizeFactors[cell] as number);
      sums[gene] = (sums[gene] as number) + value;
      squares[gene] = (squares[gene] as number) + value * value;
      if (value > 0) detected[gene] = (detected[gene] as number) + 1;
    }
  }
  const means = sums.map((sum) => sum / nCells);
  const variances = squares.map((square, g) =>
    Math.max(0, (square - nCells * (means[g] as number) * (means[g] as number)) / (nCells - 1)),
  );
  return { means, variances, detected };
}
