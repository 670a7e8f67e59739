import { OptionError } from '../core/errors.js';
import type { LinearFit } from './linear-models.js';

/** One comparison of coefficients. */
export interface Contrast {
  readonly name: string;
  /** One weight per column of the fit; see `contrastVector`. */
  readonly weights: ArrayLike<number>;
}

/**
 * Contrasts Cᵀb of fitted coefficients. The unscaled standard deviation of a contrast c is √((s∘c)ᵀ R (s∘c)), with s the
 * gene's own unscaled standard deviations and R the correlation of the coefficients in the UNWEIGHTED design. Without
 * observation weights, or with orthogonal coefficients, this is exact; otherwise it is the approximation of limma's
 * `contrasts.fit`, which can be far off where weights differ much; fit `contrastDesign` for the exact ones.
 *
 * @param fit - from `fitLinearModels`
 * @param contrasts - at least one
 * @returns a fit whose columns are the contrasts; NaN where a coefficient with non-zero weight could not be estimated
 * @throws OptionError when a contrast does not have one weight per coefficient
 * @see limma 3.54 `contrasts.fit`
 */
export function fitContrasts(fit: LinearFit, contrasts: readonly Contrast[]): LinearFit {
  const nColumns = fit.columns.length;
  checkContrasts(contrasts, nColumns);
  const correlation = toCorrelation(fit.covariance, nColumns);
  const nGenes = fit.genes.length;
  const n = contrasts.length;
  const coefficients = new Float64Array(nGenes * n);
  const stdevUnscaled = new Float64Array(nGenes * n);
  contrasts.forEach((contrast, c) => {
    const used = Int32Array.from(Array.from(contrast.weights).flatMap((weight, j) => (weight === 0 ? [] : [j])));
    for (let g = 0; g < nGenes; g++) {
      let value = 0;
      let variance = 0;
      for (const i of used) {
        const scaled = (contrast.weights[i] as number) * (fit.stdevUnscaled[g * nColumns + i] as number);
        value += (contrast.weights[i] as number) * (fit.coefficients[g * nColumns + i] as number);
        for (const j of used) {
          const other = (contrast.weights[j] as number) * (fit.stdevUnscaled[g * nColumns + j] as number);
          variance += scaled * other * (correlation[i * nColumns + j] as number);
        }
      }
      coefficients[g * n + c] = value;
      stdevUnscaled[g * n + c] = Math.sqrt(variance);
    }
  });
  const columns = contrasts.map((contrast) => contrast.name);
  return { ...fit, columns, coefficients, stdevUnscaled, covariance: contrastCovariance(fit, contrasts) };
}

/** Throws unless there is a contrast and each has one finite weight per coefficient, not all zero. */
export function checkContrasts(contrasts: readonly Contrast[], nColumns: number): void {
  if (contrasts.length === 0) throw new OptionError('At least one contrast is needed.');
  for (const { name, weights } of contrasts) {
    if (weights.length !== nColumns) {
      throw new OptionError(`Contrast "${name}" does not fit the coefficients.`, {
        expected: `${String(nColumns)} weights`,
        found: String(weights.length),
      });
    }
    const values = Array.from(weights);
    if (values.every(Number.isFinite) && values.some((weight) => weight !== 0)) continue;
    throw new OptionError(`Contrast "${name}" compares nothing.`, { expected: 'finite weights, not all zero' });
  }
}

function toCorrelation(covariance: Float64Array, n: number): Float64Array {
  const correlation = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const scale = Math.sqrt((covariance[i * n + i] as number) * (covariance[j * n + j] as number));
      correlation[i * n + j] = i === j ? 1 : (covariance[i * n + j] as number) / scale;
    }
  }
  return correlation;
}

function contrastCovariance(fit: LinearFit, contrasts: readonly Contrast[]): Float64Array {
  const p = fit.columns.length;
  const n = contrasts.length;
  const result = new Float64Array(n * n);
  contrasts.forEach(({ weights: a }, i) => {
    contrasts.forEach(({ weights: b }, j) => {
      let sum = 0;
      for (let k = 0; k < p; k++) {
        for (let m = 0; m < p; m++) {
          const product = (a[k] as number) * (b[m] as number);
          if (product !== 0) sum += product * (fit.covariance[k * p + m] as number);
        }
      }
      result[i * n + j] = sum;
    });
  });
  return result;
}
