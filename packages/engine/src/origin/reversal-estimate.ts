import type { Estimate } from '../core/method.js';
import type { Rng } from '../core/rng.js';
import type { NormalizedInput } from '../programme/input.js';
import { percentileInterval } from '../stats/bootstrap.js';
import { normalQuantile } from '../stats/distributions.js';
import { quantile } from '../stats/quantile.js';
import { type ArmStatistic, type CellBlocks, cellBlockJackknife } from './cell-block-jackknife.js';
import {
  bootstrapProducts,
  meanWeights,
  noiseOf,
  type ReversalArms,
  type ReversalProducts,
  reversalProducts,
  type SampleProducts,
  sampleProducts,
} from './reversal-index.js';

/** Where an interval comes from: replicate samples, cells of single samples (technical only), or nowhere. */
export type IntervalBasis = 'replicates' | 'cell-blocks' | 'none';

/** One reversal index, as it is and corrected for noise. */
export interface IndexEstimate {
  readonly nGenes: number;
  /** `1 − ⟨R − U, P − U⟩ / |P − U|²`. Noise pulls it towards one half. */
  readonly plain: Estimate;
  /** The same with what noise adds to either inner product taken out: what the verdict is read from. */
  readonly corrected: Estimate;
  readonly basis: IntervalBasis;
  /** Share of `|P − U|²` that is not replicate noise; null without replicates. */
  readonly shiftSignal: number | null;
}

/** What an interval may be made from. */
export interface IndexOptions {
  /** Bootstrap draws. */
  readonly bootstraps: number;
  /** Counts of blocks of cells per sample, for patients without replicates. */
  readonly blocks?: CellBlocks;
}

const level = 0.9;

/**
 * Estimates the reversal index of one patient over some genes.
 *
 * With at least two samples per stage: replicates are resampled within stage, the noise that replicates show is taken out of
 * both inner products, and once more out of each draw, which carries it twice. Where over 5 % of the draws leave no shift
 * from U to P, the index is a ratio over noise and is declared not identifiable. Without replicates but with cell blocks: a
 * jackknife over blocks, technical only. Otherwise the plain index has no interval.
 */
export function estimateIndex(
  input: NormalizedInput,
  where: { readonly arms: ReversalArms; readonly rows: readonly number[] },
  options: IndexOptions,
  rng: Rng,
): IndexEstimate {
  const products = sampleProducts(input.logExpression, where.arms, where.rows);
  const observed = reversalProducts(products, meanWeights(products.sizes));
  const noise = noiseOf(products);
  if (noise !== null && products.sizes[2] >= 2) {
    return fromReplicates(where.rows.length, { products, observed, noise }, options.bootstraps, rng);
  }
  return fromCells(input, where, observed, options);
}

/** The index of two inner products after taking `times` the noise out of both. */
function indexOf(products: ReversalProducts, noise: ReversalProducts, times: number): number {
  const denominator = products.denominator - times * noise.denominator;
  return denominator > 0 ? 1 - (products.numerator - times * noise.numerator) / denominator : NaN;
}

function fromReplicates(
  nGenes: number,
  measured: {
    readonly products: SampleProducts;
    readonly observed: ReversalProducts;
    readonly noise: ReversalProducts;
  },
  nDraws: number,
  rng: Rng,
): IndexEstimate {
  const { products, observed, noise } = measured;
  const draws = bootstrapProducts(products, nDraws, rng);
  const interval = (times: number): { readonly low: number | null; readonly high: number | null } =>
    percentileInterval(
      draws.map((draw) => indexOf(draw, noise, times)),
      { level },
    );
  const shiftLow = quantile(
    draws.map((draw) => draw.denominator - 2 * noise.denominator),
    0.05,
  );
  const method = '90 % bootstrap over replicates within stage';
  const found = shiftLow > 0;
  const reasons = found ? [] : ['residual samples differ from untreated by hardly more than replicate noise'];
  const withInterval = (value: number, times: number): Estimate => {
    const { low, high } = found ? interval(times) : { low: null, high: null };
    const status = found ? ('ok' as const) : ('not-identifiable' as const);
    return { value: Number.isNaN(value) ? null : value, low, high, level, method, status, reasons };
  };
  return {
    nGenes,
    // A draw holds the noise of the replicates and that of resampling them: one is taken out for the plain index, both for the corrected.
    plain: withInterval(indexOf(observed, noise, 0), 1),
    corrected: withInterval(indexOf(observed, noise, 1), 2),
    basis: 'replicates',
    shiftSignal: 1 - noise.denominator / observed.denominator,
  };
}

function fromCells(
  input: NormalizedInput,
  { arms, rows }: { readonly arms: ReversalArms; readonly rows: readonly number[] },
  observed: ReversalProducts,
  { blocks }: IndexOptions,
): IndexEstimate {
  const plain = 1 - observed.numerator / observed.denominator;
  const statistic: ArmStatistic = (means) => indexOfMeans(means, rows);
  const sampling = blocks === undefined ? null : cellBlockJackknife(input, arms, { blocks, statistic });
  const common = { nGenes: rows.length, shiftSignal: null };
  if (sampling === null) {
    const reasons = ['fewer than two samples in a stage, and no cells to resample: no interval'];
    const none = { low: null, high: null, level, method: 'none', status: 'not-identifiable' as const, reasons };
    return { ...common, plain: { value: plain, ...none }, corrected: { value: null, ...none }, basis: 'none' };
  }
  const half = normalQuantile((1 + level) / 2) * sampling.standardError;
  const around = (value: number): Estimate => {
    return {
      value,
      low: value - half,
      high: value + half,
      level,
      method: '90 % jackknife over blocks of cells (technical only)',
      status: 'ok',
      reasons: ['the interval holds the sampling of cells only, not of animals or biopsies'],
    };
  };
  return { ...common, plain: around(plain), corrected: around(plain - sampling.bias), basis: 'cell-blocks' };
}

function indexOfMeans(means: Parameters<ArmStatistic>[0], rows: readonly number[]): number {
  let numerator = 0;
  let denominator = 0;
  for (const g of rows) {
    const shift = (means.to[g] as number) - (means.from[g] as number);
    numerator += ((means.back[g] as number) - (means.from[g] as number)) * shift;
    denominator += shift * shift;
  }
  return 1 - numerator / denominator;
}
