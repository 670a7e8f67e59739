import type { Rng } from '../core/rng.js';
import type { ExpressionMatrix } from '../data/expression.js';

/** Columns of one patient's samples before, under and after treatment: U, P and R. */
export interface ReversalArms {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly back: readonly number[];
}

/** Inner products between one patient's samples: all that the index, its correction and its bootstrap need. */
export interface SampleProducts {
  /** Number of samples per arm, in the order from, to, back. */
  readonly sizes: readonly [number, number, number];
  /** Samples × samples, row-major, each gene centred over the samples. */
  readonly gram: Float64Array;
}

/** The two inner products of the index. */
export interface ReversalProducts {
  /** `⟨R − U, P − U⟩` */
  readonly numerator: number;
  /** `|P − U|²` */
  readonly denominator: number;
}

/**
 * Inner products of the samples over some genes. Centring leaves every contrast between means as it is and keeps precision.
 *
 * @param rows - genes to use
 */
export function sampleProducts(
  expression: ExpressionMatrix,
  arms: ReversalArms,
  rows: readonly number[],
): SampleProducts {
  const columns = [...arms.from, ...arms.to, ...arms.back];
  const n = columns.length;
  const gram = new Float64Array(n * n);
  const centred = new Float64Array(n);
  for (const g of rows) {
    const start = g * expression.samples.length;
    let sum = 0;
    for (const column of columns) sum += expression.values[start + column] as number;
    columns.forEach((column, i) => {
      centred[i] = (expression.values[start + column] as number) - sum / n;
    });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        gram[i * n + j] = (gram[i * n + j] as number) + (centred[i] as number) * (centred[j] as number);
      }
    }
  }
  return { sizes: [arms.from.length, arms.to.length, arms.back.length], gram };
}

/** The two inner products for sample weights that sum to one within each arm. */
export function reversalProducts(products: SampleProducts, weights: Float64Array): ReversalProducts {
  const { sizes, gram } = products;
  const [nFrom, nTo] = sizes;
  const n = weights.length;
  let numerator = 0;
  let denominator = 0;
  for (let i = 0; i < nFrom + nTo; i++) {
    const shift = i < nFrom ? -(weights[i] as number) : (weights[i] as number);
    if (shift === 0) continue;
    for (let j = 0; j < n; j++) {
      const product = shift * (weights[j] as number) * (gram[i * n + j] as number);
      if (j < nFrom) {
        numerator -= product;
        denominator -= product;
      } else if (j < nFrom + nTo) denominator += product;
      else numerator += product;
    }
  }
  return { numerator, denominator };
}

/** Weights `1 / n` within each arm: plain means. */
export function meanWeights(sizes: SampleProducts['sizes']): Float64Array {
  return Float64Array.from(sizes.flatMap((n) => new Array<number>(n).fill(1 / n)));
}

/**
 * What replicate noise adds to the two inner products in expectation. Untreated noise is on both sides of
 * `⟨R − U, P − U⟩`, so it adds `V_U`, the summed sampling variance of the untreated mean; `|P − U|²` gains `V_P + V_U`.
 * Null when either arm has one sample.
 */
export function noiseOf(products: SampleProducts): ReversalProducts | null {
  const [nFrom, nTo] = products.sizes;
  if (nFrom < 2 || nTo < 2) return null;
  const from = varianceOfMean(products, 0, nFrom);
  const to = varianceOfMean(products, nFrom, nTo);
  return { numerator: from, denominator: from + to };
}

/**
 * Bootstrap draws of the two inner products. `n − 1` samples are drawn with replacement from each arm of n, which makes the
 * bootstrap variance of a mean unbiased however small n is.
 *
 * @see Rao and Wu, doi:10.1080/01621459.1988.10478591
 */
export function bootstrapProducts(products: SampleProducts, nDraws: number, rng: Rng): readonly ReversalProducts[] {
  const weights = new Float64Array(products.sizes[0] + products.sizes[1] + products.sizes[2]);
  return Array.from({ length: nDraws }, () => {
    weights.fill(0);
    let start = 0;
    for (const n of products.sizes) {
      for (let k = 0; k < n - 1; k++) {
        const i = start + rng.integer(n);
        weights[i] = (weights[i] as number) + 1 / (n - 1);
      }
      start += n;
    }
    return reversalProducts(products, weights);
  });
}

/** Sum over genes of `s² / n` for the samples of one arm. */
function varianceOfMean({ sizes, gram }: SampleProducts, start: number, n: number): number {
  const stride = sizes[0] + sizes[1] + sizes[2];
  let trace = 0;
  let total = 0;
  for (let i = start; i < start + n; i++) {
    trace += gram[i * stride + i] as number;
    for (let j = start; j < start + n; j++) total += gram[i * stride + j] as number;
  }
  return (trace - total / n) / (n - 1) / n;
}
