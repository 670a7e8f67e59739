import type { RunContext } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import type { GeneSet } from '../../data/resources.js';
import { type CellScores, genePositions, type ScoredCells } from './cell-scores.js';
import { coverageOf, measureSets } from './gene-weights.js';
import { sumRankTerms } from './rank-sums.js';

/** What {@link aucell} is. */
export const aucellInfo: MethodInfo = {
  id: 'aucell',
  title: 'AUCell: area under the recovery curve of a gene set in each cell',
  version: '1.0.0',
  doi: ['10.1038/nmeth.4463'],
  input: 'raw or normalised counts, cells × genes: only the order within a cell counts',
  output: 'score per cell and set, 0 to 1',
  random: false,
};

/** Options of {@link aucell}. */
export interface AucellOptions {
  readonly sets: readonly Pick<GeneSet, 'name' | 'genes'>[];
  /** Share of the ranked genes the curve is followed through. Default 0.05. */
  readonly topFraction?: number;
}

/**
 * Scores each cell by how early a set's genes come among its most expressed ones. With u = ⌈`topFraction` · genes⌉ and ranks r
 * by decreasing expression, the area under the recovery curve of a set of n measured genes is
 *
 * `Σ max(0, u − r) / Σ_{i = 1}^{min(n, u − 1)} (u − i)`.
 *
 * Genes of equal count have no order. Each adds the mean of its term over the ranks its run of ties covers, which is the
 * expected score when ties are broken at random: nothing is drawn, and the order of the genes leaves no trace.
 *
 * A cell's score depends on no other cell. Cost: one sort of the stored values of each cell.
 *
 * @returns scores from 0 to 1, cells × sets; NaN for a set without a measured gene
 * @throws OptionError for bad options; ShapeError for repeated or misfitting gene names
 * @see doi:10.1038/nmeth.4463; decoupler 2.2 `mt.aucell`, equal to it within rounding where no counts are tied. Difference:
 * R's AUCell and decoupler break ties at random (once), here the expectation over all orders is taken.
 */
export async function aucell(cells: ScoredCells, options: AucellOptions, context: RunContext): Promise<CellScores> {
  const sets = measureSets(options.sets, genePositions(cells));
  const nTop = topGenes(options, cells.genes.length);
  const columns = sets.map((set) => set.up.positions);
  const request = { columns, term: 'recovery', maxRank: nTop } as const;
  const { sums, nDetected } = await sumRankTerms(cells, request, { stage: 'aucell', context });
  const largest = columns.map((genes) => largestArea(genes.length, nTop));
  return {
    method: 'aucell',
    sets: sets.map((set) => set.name),
    nCells: cells.counts.shape[0],
    scores: sums.map((sum, i) => sum / (largest[i % sets.length] as number)),
    coverage: coverageOf(sets),
    warnings: shallowWarning(nDetected, nTop),
  };
}

function topGenes({ topFraction = 0.05 }: AucellOptions, nGenes: number): number {
  if (!(topFraction > 0 && topFraction <= 1)) {
    throw new OptionError('topFraction must lie between 0 and 1.', { found: String(topFraction) });
  }
  return Math.max(2, Math.min(nGenes, Math.ceil(topFraction * nGenes)));
}

function largestArea(nGenes: number, nTop: number): number {
  const n = Math.min(nGenes, nTop - 1);
  return n * nTop - (n * (n + 1)) / 2;
}

function shallowWarning(nDetected: Uint32Array, nTop: number): readonly Warning[] {
  const nShallow = nDetected.filter((n) => n < nTop).length;
  if (nShallow === 0) return [];
  const message = `${String(nShallow)} of ${String(nDetected.length)} cells have fewer than ${String(nTop)} genes with counts: part of their recovery curve is over genes without counts.`;
  return [{ code: 'aucell-shallow-cells', message }];
}
