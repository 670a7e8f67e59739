import type { NmfKernel, RowProblems } from './nmf-kernel.js';
import type { NmfWorkspace } from './nmf-workspace.js';

/** Fits non-negative usages to spectra that stay as they are in the workspace; returns the squared error over ‖X‖². */
export function refitUsage(workspace: NmfWorkspace): number {
  const { kernel, counts, rows, stride, usage, spectra, usageProducts, usageGram, spectraGram } = workspace;
  usage.fill(0);
  kernel.gram(spectra, spectraGram, stride);
  kernel.multiply(rows, spectra, usageProducts, stride);
  solveRows(kernel, usage, { gram: spectraGram, products: usageProducts, stride });
  kernel.gram(usage, usageGram, stride);
  return squaredError(counts.squares, dot(usageProducts, usage), dot(usageGram, spectraGram)) / counts.squares;
}

/** Runs coordinate descent until the rows stand still: non-negative least squares with a fixed Gram matrix. */
export function solveRows(kernel: NmfKernel, factor: Float64Array, problem: RowProblems): void {
  let before = -Infinity;
  for (let round = 0; round < 100; round++) {
    kernel.descend(factor, problem, 20);
    const gain = dot(factor, problem.products);
    if (Math.abs(gain - before) <= 1e-10 * Math.abs(gain)) return;
    before = gain;
  }
}

/** ‖X‖² − 2 ⟨X, W Hᵀ⟩ + ‖W Hᵀ‖². */
export function squaredError(squares: number, cross: number, own: number): number {
  return squares - 2 * cross + own;
}

/** Inner product. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
