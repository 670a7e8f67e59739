import { OptionError, ShapeError } from '../core/errors.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** Options of `principalComponents`. */
export interface PcaOptions {
  /** Components wanted; fewer come back when the table has a lower rank. */
  readonly components: number;
  /** Divides each gene by its standard deviation first; genes that do not vary stay at zero. Default false. */
  readonly scale?: boolean;
}

/** Principal components of the samples. */
export interface PrincipalComponents {
  readonly samples: readonly string[];
  readonly genes: readonly string[];
  readonly nComponents: number;
  /** Sample positions, samples × components, row-major, in units of the (scaled) expression. */
  readonly scores: Float64Array;
  /** Unit gene directions, genes × components, row-major. */
  readonly loadings: Float64Array;
  /** Standard deviation of the scores of each component. */
  readonly standardDeviations: Float64Array;
  /** Share of the total variance of each component. */
  readonly explained: Float64Array;
}

/**
 * Principal components of samples over genes: with X the genes × samples table centred by gene, scores are V Λ^½ and loadings
 * X V Λ^−½ from the eigenvectors of XᵀX (or of XXᵀ when there are fewer genes than samples). The sign of each component makes
 * its score of largest size positive; the first sample wins a tie.
 *
 * @param matrix - genes × samples, without missing values
 * @throws ShapeError for fewer than two samples or a missing value; OptionError when `components` is not a positive integer
 * @see R's `prcomp(t(x))`, same up to sign. Working on products keeps components down to about 1e-7 of the first one;
 * smaller ones are dropped.
 */
export function principalComponents(matrix: ExpressionMatrix, options: PcaOptions): PrincipalComponents {
  const { components, scale = false } = options;
  const nSamples = matrix.samples.length;
  const nGenes = matrix.genes.length;
  if (!Number.isInteger(components) || components < 1) {
    throw new OptionError('The number of components must be a positive integer.', { found: String(components) });
  }
  if (nSamples < 2 || nGenes < 1) throw new ShapeError('Principal components need two samples and one gene at least.');
  const x = centred(matrix, scale);
  const bySample = nSamples <= nGenes;
  const gram = bySample ? columnProducts(x, nGenes, nSamples) : rowProducts(x, nGenes, nSamples);
  const n = bySample ? nSamples : nGenes;
  const { values, vectors } = symmetricEigen(gram, n);
  let total = 0;
  for (let i = 0; i < n; i++) total += gram[i * n + i] as number;
  const nComponents = values.subarray(0, components).filter((v) => v > 1e-14 * (values[0] as number) && v > 0).length;
  const scores = new Float64Array(nSamples * nComponents);
  const loadings = new Float64Array(nGenes * nComponents);
  for (let k = 0; k < nComponents; k++) {
    const root = Math.sqrt(values[k] as number);
    const vector = vectors.subarray(k * n, (k + 1) * n);
    const score = bySample ? vector.map((v) => v * root) : timesColumns(x, vector, nSamples);
    const loading = bySample ? timesRows(x, vector, nGenes).map((v) => v / root) : vector;
    const sign = signOf(score);
    for (let s = 0; s < nSamples; s++) scores[s * nComponents + k] = sign * (score[s] as number);
    for (let g = 0; g < nGenes; g++) loadings[g * nComponents + k] = sign * (loading[g] as number);
  }
  const kept = values.slice(0, nComponents);
  return {
    samples: matrix.samples,
    genes: matrix.genes,
    nComponents,
    scores,
    loadings,
    standardDeviations: kept.map((value) => Math.sqrt(value / (nSamples - 1))),
    explained: kept.map((value) => value / total),
  };
}

/** The scores of each sample as a view of at most `components` numbers, for instance for `wardClustering`. */
export function scoreRows(pca: PrincipalComponents, components: number = pca.nComponents): readonly Float64Array[] {
  const n = pca.nComponents;
  return pca.samples.map((_, s) => pca.scores.subarray(s * n, s * n + Math.min(n, components)));
}

function centred(matrix: ExpressionMatrix, scale: boolean): Float64Array {
  const n = matrix.samples.length;
  const x = matrix.values.slice();
  for (let g = 0; g < matrix.genes.length; g++) {
    const row = x.subarray(g * n, (g + 1) * n);
    const mean = row.reduce((sum, value) => sum + value, 0) / n;
    let squares = 0;
    for (let s = 0; s < n; s++) {
      row[s] = (row[s] as number) - mean;
      squares += (row[s] as number) * (row[s] as number);
    }
    if (!Number.isFinite(squares)) {
      throw new ShapeError(`Gene "${matrix.genes[g] as string}" has missing or infinite values.`, {
        hint: 'Principal components need complete rows.',
      });
    }
    if (!scale) continue;
    const deviation = Math.sqrt(squares / (n - 1));
    // A constant row leaves rounding noise of the size of its mean, which must not be blown up to unit variance.
    const varies = deviation > 1e-12 * Math.abs(mean);
    for (let s = 0; s < n; s++) row[s] = varies ? (row[s] as number) / deviation : 0;
  }
  return x;
}

/** XᵀX of a row-major genes × samples table; lower triangle. */
function columnProducts(x: Float64Array, nGenes: number, n: number): Float64Array {
  const products = new Float64Array(n * n);
  for (let g = 0; g < nGenes; g++) {
    const start = g * n;
    for (let i = 0; i < n; i++) {
      const value = x[start + i] as number;
      for (let j = 0; j <= i; j++) {
        products[i * n + j] = (products[i * n + j] as number) + value * (x[start + j] as number);
      }
    }
  }
  return products;
}

/** XXᵀ of a row-major genes × samples table; lower triangle. */
function rowProducts(x: Float64Array, nGenes: number, n: number): Float64Array {
  const products = new Float64Array(nGenes * nGenes);
  for (let i = 0; i < nGenes; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let s = 0; s < n; s++) sum += (x[i * n + s] as number) * (x[j * n + s] as number);
      products[i * nGenes + j] = sum;
    }
  }
  return products;
}

/** X v: one number per gene. */
function timesRows(x: Float64Array, v: Float64Array, nGenes: number): Float64Array {
  const result = new Float64Array(nGenes);
  for (let g = 0; g < nGenes; g++) {
    let sum = 0;
    for (let s = 0; s < v.length; s++) sum += (x[g * v.length + s] as number) * (v[s] as number);
    result[g] = sum;
  }
  return result;
}

/** Xᵀ v: one number per sample. */
function timesColumns(x: Float64Array, v: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n);
  for (let g = 0; g < v.length; g++) {
    for (let s = 0; s < n; s++) result[s] = (result[s] as number) + (v[g] as number) * (x[g * n + s] as number);
  }
  return result;
}

/** Sign that makes the largest entry positive. Entries within rounding of the largest count as ties, so hosts agree. */
function signOf(score: Float64Array): number {
  const largest = score.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const first = score.find((value) => Math.abs(value) >= largest * (1 - 1e-9)) ?? 0;
  return first < 0 ? -1 : 1;
}
