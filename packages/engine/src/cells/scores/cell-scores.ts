import { ShapeError } from '../../core/errors.js';
import type { Warning } from '../../core/method.js';
import type { CellCounts } from '../cell-counts.js';

/** The cells a score is computed on: raw counts, cells × genes, with unique gene names. */
export type ScoredCells = Pick<CellCounts, 'counts' | 'genes'>;

/** One score per cell and set, row-major: the score of set `s` in cell `c` is `scores[c * sets.length + s]`. */
export interface CellScores {
  readonly method: 'ucell' | 'aucell' | 'module-score';
  readonly sets: readonly string[];
  readonly nCells: number;
  readonly scores: Float64Array;
  /** What of each set was measured. */
  readonly coverage: readonly SetCoverage[];
  readonly warnings: readonly Warning[];
}

/** How much of a gene set the data hold. */
export interface SetCoverage {
  readonly name: string;
  readonly nGenes: number;
  readonly missing: readonly string[];
}

/** The scores of one set, one per cell. */
export function scoreColumn(result: Pick<CellScores, 'sets' | 'nCells' | 'scores'>, set: number): Float64Array {
  const width = result.sets.length;
  return Float64Array.from({ length: result.nCells }, (_, cell) => result.scores[cell * width + set] as number);
}

/**
 * Position of every gene.
 *
 * @throws ShapeError when a gene is listed twice or the names do not fit the matrix
 */
export function genePositions({ counts, genes }: ScoredCells): ReadonlyMap<string, number> {
  if (genes.length !== counts.shape[1]) {
    throw new ShapeError('The gene names do not fit the counts.', {
      expected: `${String(counts.shape[1])} names`,
      found: String(genes.length),
    });
  }
  const positions = new Map<string, number>();
  genes.forEach((gene, g) => {
    if (positions.has(gene)) {
      throw new ShapeError('A gene occurs twice among the measured genes.', { row: g + 1, found: gene });
    }
    positions.set(gene, g);
  });
  return positions;
}
