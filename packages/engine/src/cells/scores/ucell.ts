import type { RunContext } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { type CellScores, genePositions, type ScoredCells } from './cell-scores.js';
import { coverageOf, type MeasuredGenes, type MeasuredSet, measureSets, type ScoredSet } from './gene-weights.js';
import { sumRankTerms } from './rank-sums.js';

/** What {@link ucell} is. */
export const ucellInfo: MethodInfo = {
  id: 'ucell',
  title: 'UCell: rank-based score of a gene set in each cell',
  version: '1.0.0',
  doi: ['10.1016/j.csbj.2021.06.043'],
  input: 'raw or normalised counts, cells × genes: only the order within a cell counts',
  output: 'score per cell and set, 0 to 1',
  random: false,
};

/** Options of {@link ucell}. */
export interface UcellOptions {
  readonly sets: readonly ScoredSet[];
  /** Ranks beyond this one count as this one. Default 1500; at most the number of genes. */
  readonly maxRank?: number;
  /** Weight of the genes that go down. Default 1. */
  readonly downWeight?: number;
  /** Genes of a set that were not measured: counted as unexpressed (`impute`, default), or left out (`skip`). */
  readonly missingGenes?: 'impute' | 'skip';
}

/**
 * Scores each cell by the ranks of a set's genes in it. With ranks r by decreasing expression, ties averaged and ranks over
 * m = `maxRank` set to m, a set of n genes scores
 *
 * `1 − (Σ r − n(n + 1)/2) / (n m − n(n + 1)/2)`,
 *
 * the Mann–Whitney U scaled to 1 (the first n genes of the cell) … 0 (all beyond rank m). A signed set scores
 * `max(0, up − downWeight · down)`. The genes without counts are one run of ties, ranked with their average rank.
 *
 * A cell's score depends on no other cell. Cost: one sort of the stored values of each cell.
 *
 * @returns scores from 0 to 1, cells × sets
 * @throws OptionError for bad options or a set longer than `maxRank`; ShapeError for repeated or misfitting gene names
 * @see doi:10.1016/j.csbj.2021.06.043; pyUCell 0.8, equal to it within its single precision where unexpressed genes rank
 * beyond `maxRank`. Differences: pyUCell puts every unexpressed gene at `maxRank`, here (as in R's UCell) they take their
 * average rank, which matters for panels of few genes. Earlier versions of R's UCell cap ranks at m + 1 and divide by n m,
 * which gives scores higher by up to (n + 1)/(2m).
 */
export async function ucell(cells: ScoredCells, options: UcellOptions, context: RunContext): Promise<CellScores> {
  const { downWeight = 1, missingGenes = 'impute' } = options;
  const sets = measureSets(options.sets, genePositions(cells));
  const maxRank = limitOf(options, cells.genes.length);
  const sizeOf = (genes: MeasuredGenes): number =>
    genes.positions.length + (missingGenes === 'impute' ? genes.missing.length : 0);
  for (const { name, up, down } of sets) requireFits(name, Math.max(sizeOf(up), sizeOf(down)), maxRank);
  if (!(downWeight >= 0)) throw new OptionError('downWeight must be zero or more.', { found: String(downWeight) });
  const columns = sets.flatMap(({ up, down }) => [up, down]);
  const request = { columns: columns.map((genes) => genes.positions), term: 'average-rank', maxRank } as const;
  const { sums } = await sumRankTerms(cells, request, { stage: 'ucell', context });
  const scoreAt = (at: number, genes: MeasuredGenes): number => {
    const nUnmeasured = sizeOf(genes) - genes.positions.length;
    return scaledScore((sums[at] as number) + nUnmeasured * maxRank, sizeOf(genes), maxRank);
  };
  const scores = Float64Array.from({ length: cells.counts.shape[0] * sets.length }, (_, i) => {
    const { up, down } = sets[i % sets.length] as MeasuredSet;
    return Math.max(0, scoreAt(2 * i, up) - downWeight * scoreAt(2 * i + 1, down));
  });
  return {
    method: 'ucell',
    sets: sets.map((set) => set.name),
    nCells: cells.counts.shape[0],
    scores,
    coverage: coverageOf(sets),
    warnings: limitWarning(options.maxRank, maxRank),
  };
}

/** The score of `n` genes with a sum of ranks; zero for no genes. */
function scaledScore(rankSum: number, n: number, maxRank: number): number {
  const lowest = (n * (n + 1)) / 2;
  return n === 0 ? 0 : 1 - (rankSum - lowest) / (n * maxRank - lowest);
}

function limitOf({ maxRank = 1500 }: UcellOptions, nGenes: number): number {
  if (!Number.isInteger(maxRank) || maxRank < 2) {
    throw new OptionError('maxRank has to be a whole number of at least 2.', { found: String(maxRank) });
  }
  return Math.max(2, Math.min(maxRank, nGenes));
}

function requireFits(name: string, size: number, maxRank: number): void {
  if (size <= maxRank) return;
  throw new OptionError(`Gene set "${name}" is longer than maxRank.`, {
    expected: `at most ${String(maxRank)} genes`,
    found: String(size),
    hint: 'Raise maxRank or shorten the set: beyond maxRank all genes count the same.',
  });
}

function limitWarning(asked: number | undefined, used: number): readonly Warning[] {
  if ((asked ?? 1500) === used) return [];
  const message = `UCell ranks only ${String(used)} genes, because no more were measured; scores do not compare with those of whole transcriptomes.`;
  return [{ code: 'ucell-few-genes', message }];
}
