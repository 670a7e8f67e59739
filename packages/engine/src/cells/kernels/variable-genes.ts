/**
 * The genes that vary most beyond the trend: the highest residuals, above zero only. Ties go to the earlier gene.
 *
 * @param residuals - one per gene, of `geneVariances`
 * @param number - most genes to take
 * @returns columns in increasing order
 */
export function variableGenes(residuals: Float64Array, number: number): Uint32Array {
  const positive = Uint32Array.from(residuals.keys()).filter((g) => (residuals[g] as number) > 0);
  const ranked = positive.sort((a, b) => (residuals[b] as number) - (residuals[a] as number) || a - b);
  return ranked.slice(0, number).sort();
}
