import type { ExpressionMatrix } from '../data/expression.js';

/**
 * Noise that two comparisons with the same control samples have in common: the mean over genes of `s² / n`, the sampling
 * variance of a gene's control mean. Null with fewer than two control samples.
 */
export function sharedControlVariance(expression: ExpressionMatrix, controls: readonly number[]): number | null {
  const n = controls.length;
  if (n < 2) return null;
  let total = 0;
  for (let g = 0; g < expression.genes.length; g++) {
    const values = controls.map((s) => expression.values[g * expression.samples.length + s] as number);
    const centre = values.reduce((sum, v) => sum + v, 0) / n;
    total += values.reduce((sum, v) => sum + (v - centre) * (v - centre), 0) / (n - 1) / n;
  }
  return total / expression.genes.length;
}
