import { ShapeError } from '../core/errors.js';

/** Most bins used, and fewest genes a bin should hold. */
const maximumBins = 20;
const genesPerBin = 50;

/**
 * Sorts genes into bins of similar average expression: ranks cut into equal parts, at most 20 and about 50 genes each at
 * least. Genes of equal expression share a bin; genes without a value share the lowest.
 *
 * @param averageExpression - one value per gene (log scale or not: only the order counts)
 * @returns a bin number per gene, from 0
 */
export function expressionBins(averageExpression: Float64Array): Uint32Array {
  const n = averageExpression.length;
  const nBins = Math.max(1, Math.min(maximumBins, Math.floor(n / genesPerBin)));
  const order = Uint32Array.from({ length: n }, (_, g) => g).sort((a, b) => valueAt(a) - valueAt(b) || a - b);
  const bins = new Uint32Array(n);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && valueAt(order[end] as number) === valueAt(order[start] as number)) end++;
    const bin = Math.floor((start * nBins) / n);
    for (let i = start; i < end; i++) bins[order[i] as number] = bin;
    start = end;
  }
  return bins;

  function valueAt(gene: number): number {
    const value = averageExpression[gene] as number;
    return Number.isFinite(value) ? value : -Number.MAX_VALUE;
  }
}

/**
 * The strata within which labels are exchanged: expression bins when the average expression is known, else one for all.
 *
 * @throws ShapeError when there is not one value per gene
 */
export function permutationStrata(nGenes: number, averageExpression: Float64Array | null): Uint32Array {
  if (averageExpression === null) return new Uint32Array(nGenes);
  if (averageExpression.length !== nGenes) {
    throw new ShapeError('The average expression does not fit the genes.', {
      expected: `${String(nGenes)} values`,
      found: String(averageExpression.length),
    });
  }
  return expressionBins(averageExpression);
}
