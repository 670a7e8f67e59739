import { ShapeError } from '../core/errors.js';
import { log2 } from '../core/pinned-math.js';
import type { SampleCounts } from '../data/pseudobulk.js';
import { effectiveLibrarySizes, type NormalizedInput } from '../programme/input.js';
import type { ReversalArms } from './reversal-index.js';

/** Counts of random blocks of the cells of each sample, on the genes of the study; null for samples without cells. */
export type CellBlocks = readonly SampleCounts['blocks'][];

/** A statistic of one patient's mean expression per arm. */
export type ArmStatistic = (means: Readonly<Record<'from' | 'to' | 'back', Float64Array>>) => number;

/** Prior count of `logCpm`. */
const prior = 2;

/** Standard error and bias of a statistic from the sampling of cells. */
export interface CellSampling {
  readonly standardError: number;
  /** Estimated bias of the statistic as computed from all cells; subtract it to correct. */
  readonly bias: number;
}

/**
 * Delete-one-block jackknife over the cells of a patient's samples: standard error
 * `√(Σ_samples (B − 1)/B Σ_b (θ₍₋b₎ − θ̄)²)` and bias `Σ_samples (B − 1)(θ̄ − θ)`. It holds the sampling of cells only; what differs
 * from one animal or biopsy to the next is not in it.
 *
 * @returns null when a sample of the patient has fewer than two blocks
 * @throws ShapeError when a block does not have one count per gene
 * @see Efron and Tibshirani, An Introduction to the Bootstrap, chapter 11
 */
export function cellBlockJackknife(
  input: NormalizedInput,
  arms: ReversalArms,
  options: { readonly blocks: CellBlocks; readonly statistic: ArmStatistic },
): CellSampling | null {
  const { blocks, statistic } = options;
  const columns = [...arms.from, ...arms.to, ...arms.back];
  if (columns.some((s) => (blocks[s]?.count ?? 0) < 2)) return null;
  checkBlocks(input, blocks);
  const sizes = effectiveLibrarySizes(input.counts);
  const meanSize = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const means = armMeans(input, arms);
  const whole = statistic(means);
  let variance = 0;
  let bias = 0;
  for (const arm of ['from', 'to', 'back'] as const) {
    for (const s of arms[arm]) {
      const values = splitBlocks(blocks[s] ?? null, input.counts.genes.length).map((block) => {
        const without = withoutBlock(input, { sample: s, block, size: sizes[s] as number, meanSize });
        return statistic({
          ...means,
          [arm]: replaceOne(input, means[arm], { sample: s, without, n: arms[arm].length }),
        });
      });
      const { mean, squares } = spread(values);
      variance += ((values.length - 1) / values.length) * squares;
      bias += (values.length - 1) * (mean - whole);
    }
  }
  return { standardError: Math.sqrt(variance), bias };
}

/** Mean log expression of each arm, one number per gene. */
export function armMeans(
  { logExpression }: NormalizedInput,
  arms: ReversalArms,
): Readonly<Record<'from' | 'to' | 'back', Float64Array>> {
  const n = logExpression.samples.length;
  const meanOf = (columns: readonly number[]): Float64Array =>
    Float64Array.from(logExpression.genes, (_, g) => {
      let sum = 0;
      for (const s of columns) sum += logExpression.values[g * n + s] as number;
      return sum / columns.length;
    });
  return { from: meanOf(arms.from), to: meanOf(arms.to), back: meanOf(arms.back) };
}

/** Log expression of a sample without one of its blocks, with the library size and the prior scaled to what is left. */
function withoutBlock(
  { counts }: NormalizedInput,
  {
    sample,
    block,
    size,
    meanSize,
  }: { readonly sample: number; readonly block: Float64Array; readonly size: number; readonly meanSize: number },
): Float64Array {
  const n = counts.samples.length;
  const column = Float64Array.from(counts.genes, (_, g) => counts.values[g * n + sample] as number);
  const total = column.reduce((sum, y) => sum + y, 0);
  const left = total - block.reduce((sum, y) => sum + y, 0);
  const scaled = (size * left) / total;
  const added = (prior * scaled) / meanSize;
  return column.map((y, g) => log2(((y - (block[g] as number) + added) / (scaled + 2 * added)) * 1e6));
}

function replaceOne(
  { logExpression }: NormalizedInput,
  mean: Float64Array,
  { sample, without, n }: { readonly sample: number; readonly without: Float64Array; readonly n: number },
): Float64Array {
  const stride = logExpression.samples.length;
  return mean.map(
    (value, g) => value + ((without[g] as number) - (logExpression.values[g * stride + sample] as number)) / n,
  );
}

function spread(values: readonly number[]): { readonly mean: number; readonly squares: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, squares: values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) };
}

function splitBlocks(blocks: SampleCounts['blocks'], nGenes: number): readonly Float64Array[] {
  if (blocks === null) return [];
  return Array.from({ length: blocks.count }, (_, b) => blocks.values.subarray(b * nGenes, (b + 1) * nGenes));
}

function checkBlocks({ counts }: NormalizedInput, blocks: CellBlocks): void {
  blocks.forEach((ofSample, s) => {
    if (ofSample === null || ofSample.values.length === ofSample.count * counts.genes.length) return;
    throw new ShapeError(`The cell blocks of sample "${counts.samples[s] ?? String(s)}" do not fit the genes.`, {
      expected: `${String(counts.genes.length)} counts per block`,
    });
  });
}
