import type { RunContext } from '../../core/context.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { joinRows, mapRowBlocks, type RowBlock } from '../scores/row-blocks.js';
import type { AmbientGene } from './ambient-genes.js';

/** The ambient RNA of each cell, as a covariate. */
export interface AmbientScore {
  /** One value per cell, NaN without counts. Its expected value does not depend on depth. */
  readonly values: Float64Array;
  /**
   * `ambient-share`: share of the cell's counts that is ambient, from genes the cell does not express, 0 to 1.
   * `towards-empty-droplets`: 0 like the average cell of the sample, 1 like the empty droplets.
   */
  readonly meaning: 'ambient-share' | 'towards-empty-droplets';
}

/** Names under which the block tasks are registered. */
export const ambientScoreTasks = { shares: 'cells/ambient-shares', towards: 'cells/towards-empty-droplets' } as const;

/** Weight of the sample's fraction in that of a cell, in ambient counts. */
const priorCounts = 5;

/** What {@link ambientShares} needs besides the counts. */
export interface AmbientShareInput {
  readonly genes: readonly AmbientGene[];
  /** Ambient fraction of the sample. */
  readonly fraction: number;
}

/**
 * The ambient share of every cell, from the genes of which it holds no more than ambient RNA: `(5 + Σ x) / (5 / ρ + Σ e)` over those genes, with x
 * and e as in `findAmbientGenes`. A cell with little to go by is drawn towards the sample's ρ, which weighs as much as five ambient counts.
 */
export async function ambientShares(
  counts: CsrMatrix,
  input: AmbientShareInput,
  context: RunContext,
): Promise<AmbientScore> {
  const run = { task: ambientScoreTasks.shares, stage: 'ambient score', shared: input };
  const blocks = await mapRowBlocks<AmbientShareInput, Float64Array>(counts, run, context);
  return { values: joinRows(blocks, counts.shape[0]), meaning: 'ambient-share' };
}

/** The ambient shares of some cells; pure over plain arrays. */
export function ambientSharesBlock({
  block,
  genes,
  fraction,
}: AmbientShareInput & { readonly block: RowBlock }): Float64Array {
  const position = new Int32Array(block.nGenes).fill(-1);
  genes.forEach(({ column }, g) => {
    position[column] = g;
  });
  return scoreRows(block, (total, from, to) => {
    let expected = 0;
    for (const { ambientShare, cut } of genes) if (cut * total * ambientShare >= 1) expected += total * ambientShare;
    let found = 0;
    for (let k = from; k < to; k++) {
      const gene = genes[position[block.indices[k] as number] as number];
      if (gene === undefined) continue;
      const [x, e] = [block.data[k] as number, total * gene.ambientShare];
      const t = Math.floor(gene.cut * e);
      if (x <= t) found += x;
      if (t >= 1 && x > t - 1) expected -= e;
    }
    return Math.min(1, (priorCounts + found) / (priorCounts / fraction + expected));
  });
}

/** A score `(Σ s · weights − atMean) / length` of the shares s of a cell. */
export interface ProjectionInput {
  readonly weights: Float64Array;
  readonly atMean: number;
  readonly length: number;
}

/**
 * How far the profile of every cell lies towards the empty droplets: with s the shares of the cell, b the profile of the empty droplets
 * and μ the mean profile of the cells, `Σ (s − μ)(b − μ) w / Σ (b − μ)² w`, `w = 1 / (b + μ)`. Linear in s.
 *
 * @param profiles - each sums to one
 */
export async function towardsEmptyDroplets(
  counts: CsrMatrix,
  { mean, profile }: { readonly mean: Float64Array; readonly profile: Float64Array },
  context: RunContext,
): Promise<AmbientScore> {
  const weights = mean.map((share, gene) => {
    const ambient = profile[gene] as number;
    return share + ambient === 0 ? 0 : (ambient - share) / (ambient + share);
  });
  const atMean = dot(weights, mean);
  const shared = { weights, atMean, length: dot(weights, profile) - atMean };
  const run = { task: ambientScoreTasks.towards, stage: 'ambient score', shared };
  const blocks = await mapRowBlocks<ProjectionInput, Float64Array>(counts, run, context);
  return { values: joinRows(blocks, counts.shape[0]), meaning: 'towards-empty-droplets' };
}

/** The projections of some cells; pure over plain arrays. */
export function towardsEmptyBlock({
  block,
  weights,
  atMean,
  length,
}: ProjectionInput & { readonly block: RowBlock }): Float64Array {
  return scoreRows(block, (total, from, to) => {
    let projected = 0;
    for (let k = from; k < to; k++) {
      projected += (block.data[k] as number) * (weights[block.indices[k] as number] as number);
    }
    return (projected / total - atMean) / length;
  });
}

function scoreRows(block: RowBlock, score: (total: number, from: number, to: number) => number): Float64Array {
  const first = block.indptr[0] as number;
  return Float64Array.from({ length: block.nCells }, (_, cell) => {
    const [from, to] = [(block.indptr[cell] as number) - first, (block.indptr[cell + 1] as number) - first];
    let total = 0;
    for (let k = from; k < to; k++) total += block.data[k] as number;
    return total === 0 ? NaN : score(total, from, to);
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
