import type { Rng } from '../core/rng.js';
import type { NmfWorkspace } from './nmf-workspace.js';
import { dot, squaredError } from './refit-usage.js';

/** Options of {@link nmf}. */
export interface NmfOptions {
  readonly rank: number;
  /** Ends once an iteration lowers the squared error by less than this part of it. */
  readonly tolerance: number;
  readonly maximumIterations: number;
}

/** One factorisation, `counts ≈ usage · spectraᵀ`. Rows are padded to an even stride. */
export interface Nmf {
  /** Cells × stride. */
  readonly usage: Float64Array;
  /** Genes × stride. */
  readonly spectra: Float64Array;
  /** ‖counts − usage · spectraᵀ‖² / ‖counts‖². */
  readonly error: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Sweeps over the coordinates of a row per product; more of them end in worse minima more often. */
const sweeps = 3;

/** How extrapolation starts, grows, and shrinks after a step that raised the error. */
const momentumStart = 0.5;
const momentumGrowth = 1.05;
const ceilingGrowth = 1.01;
const momentumDecay = 1.5;

/**
 * Frobenius non-negative matrix factorisation, min ½‖X − W Hᵀ‖² over W, H ≥ 0, by alternating coordinate descent (HALS) with several
 * sweeps per product: X H and Xᵀ W run over the stored values only, the sweeps over rank × rank Gram matrices. Each factor is then
 * extrapolated, W + β (W − Wₗₐₛₜ) cut at zero; a step that raises the error is taken back and β lowered. Both factors start from
 * |N(0, 1)| √(mean(X) / rank).
 *
 * Cost: 4 × rank operations per stored value and iteration.
 *
 * @returns copies of the factors and how the descent ended
 * @see doi:10.1162/NECO_a_00256 (accelerated HALS), doi:10.1162/neco_a_01157 (extrapolation); scikit-learn 1.9
 * `non_negative_factorization(solver = "cd", init = "random")`, which makes one sweep per product, does not extrapolate, and stops by
 * the size of its steps
 */
export function nmf(workspace: NmfWorkspace, options: NmfOptions, rng: Rng): Nmf {
  const descent = startAtRandom(workspace, options.rank, rng);
  let converged = false;
  let iterations = 0;
  while (!converged && iterations < options.maximumIterations) {
    converged = advance(workspace, descent, options.tolerance);
    iterations += 1;
  }
  const error = converged ? descent.error : settle(workspace, descent);
  const { usage, spectra, counts } = workspace;
  return { usage: usage.slice(), spectra: spectra.slice(), error: error / counts.squares, iterations, converged };
}

/** A descent under way; the factors it stands at are those of the workspace. */
interface Descent {
  /** Both factors before the last extrapolation that was kept. */
  readonly usage: Float64Array;
  readonly spectra: Float64Array;
  /** Usages of the step being tried, before extrapolation. */
  readonly tried: Float64Array;
  /** Extrapolation, its ceiling, and the last one that was kept. */
  beta: number;
  ceiling: number;
  lastBeta: number;
  /** Squared error of the last step kept; infinite after one was taken back. */
  error: number;
}

/** One step; returns whether it hardly lowered the error. */
function advance(workspace: NmfWorkspace, descent: Descent, tolerance: number): boolean {
  updateUsage(workspace);
  descent.tried.set(workspace.usage);
  extrapolate(workspace.usage, descent.usage, descent.beta);
  const error = updateSpectra(workspace);
  if (error > descent.error) {
    takeBack(workspace, descent);
    return false;
  }
  const converged = descent.error - error <= tolerance * error;
  descent.error = error;
  if (!converged) moveOn(workspace, descent);
  return converged;
}

function moveOn({ kernel, stride, spectra, spectraGram }: NmfWorkspace, descent: Descent): void {
  const found = spectra.slice();
  extrapolate(spectra, descent.spectra, descent.beta);
  kernel.gram(spectra, spectraGram, stride);
  descent.usage.set(descent.tried);
  descent.spectra.set(found);
  descent.lastBeta = descent.beta;
  descent.beta = Math.min(descent.ceiling, momentumGrowth * descent.beta);
  descent.ceiling = Math.min(1, ceilingGrowth * descent.ceiling);
}

function takeBack({ kernel, stride, usage, spectra, spectraGram }: NmfWorkspace, descent: Descent): void {
  usage.set(descent.usage);
  spectra.set(descent.spectra);
  kernel.gram(spectra, spectraGram, stride);
  descent.ceiling = descent.lastBeta;
  descent.beta /= momentumDecay;
  descent.error = Infinity;
}

/** Ends a descent that did not converge on factors that were not extrapolated; returns their squared error. */
function settle(workspace: NmfWorkspace, descent: Descent): number {
  takeBack(workspace, descent);
  updateUsage(workspace);
  return updateSpectra(workspace);
}

/** Moves a factor on from its last value, cut at zero. */
function extrapolate(factor: Float64Array, last: Float64Array, beta: number): void {
  for (let i = 0; i < factor.length; i++) {
    const value = factor[i] as number;
    factor[i] = Math.max(0, value + beta * (value - (last[i] as number)));
  }
}

function startAtRandom(workspace: NmfWorkspace, rank: number, rng: Rng): Descent {
  const { kernel, counts, stride, usage, spectra, spectraGram } = workspace;
  const size = Math.sqrt(counts.mean / rank);
  fillRandom(spectra, rank, stride, size, rng);
  fillRandom(usage, rank, stride, size, rng);
  kernel.gram(spectra, spectraGram, stride);
  return {
    usage: usage.slice(),
    spectra: spectra.slice(),
    tried: usage.slice(),
    beta: momentumStart,
    ceiling: 1,
    lastBeta: momentumStart,
    error: Infinity,
  };
}

function updateUsage({ kernel, rows, stride, usage, spectra, usageProducts, spectraGram }: NmfWorkspace): void {
  kernel.multiply(rows, spectra, usageProducts, stride);
  kernel.descend(usage, { gram: spectraGram, products: usageProducts, stride }, sweeps);
}

/** Updates the spectra and their Gram matrix; returns the squared error. */
function updateSpectra(workspace: NmfWorkspace): number {
  const { kernel, counts, columns, stride, usage, spectra, spectraProducts, usageGram, spectraGram } = workspace;
  kernel.gram(usage, usageGram, stride);
  kernel.multiply(columns, usage, spectraProducts, stride);
  kernel.descend(spectra, { gram: usageGram, products: spectraProducts, stride }, sweeps);
  kernel.gram(spectra, spectraGram, stride);
  return squaredError(counts.squares, dot(spectraProducts, spectra), dot(usageGram, spectraGram));
}

function fillRandom(factor: Float64Array, rank: number, stride: number, size: number, rng: Rng): void {
  for (let row = 0; row < factor.length; row += stride) {
    for (let j = 0; j < rank; j++) factor[row + j] = Math.abs(size * rng.normal());
  }
}
