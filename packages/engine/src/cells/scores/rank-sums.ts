import type { RunContext } from '../../core/context.js';
import type { ScoredCells } from './cell-scores.js';
import { weightsByGene } from './gene-weights.js';
import { type RankScoresPayload, rankScoresTaskName, type RankSums, type RankTerm } from './rank-blocks.js';
import { joinRows, mapRowBlocks } from './row-blocks.js';

/** Which sums of rank terms are wanted. */
export interface RankSumRequest {
  /** Positions of the genes of each column. */
  readonly columns: readonly (readonly number[])[];
  readonly term: RankTerm;
  readonly maxRank: number;
}

/** Sums rank terms over the genes of each column in every cell: cells × columns. */
export async function sumRankTerms(
  { counts }: ScoredCells,
  { columns, term, maxRank }: RankSumRequest,
  { stage, context }: { readonly stage: string; readonly context: RunContext },
): Promise<RankSums> {
  const entries = columns.flatMap((genes, column) => genes.map((gene) => ({ gene, column, weight: 1 })));
  const shared: Omit<RankScoresPayload, 'block'> = {
    members: weightsByGene(entries, counts.shape[1], columns.length),
    sizes: Uint32Array.from(columns, (genes) => genes.length),
    term,
    maxRank,
  };
  const blocks = await mapRowBlocks<typeof shared, RankSums>(
    counts,
    { task: rankScoresTaskName, stage, shared },
    context,
  );
  const sums = joinRows(
    blocks.map((block) => block.sums),
    counts.shape[0] * columns.length,
  );
  return { sums, nDetected: Uint32Array.from(blocks.flatMap((block) => Array.from(block.nDetected))) };
}
