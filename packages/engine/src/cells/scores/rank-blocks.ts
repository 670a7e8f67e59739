import type { SparseValues } from '../../data/matrix.js';
import type { GeneWeights } from './gene-weights.js';
import type { RowBlock } from './row-blocks.js';

/** Name of the block task. */
export const rankScoresTaskName = 'cells/rank-scores';

/** What a run of equal values adds to a score: by its average rank, or by its expected place in the recovery curve. */
export type RankTerm = 'average-rank' | 'recovery';

/** The cells of one block and the genes whose ranks are wanted. */
export interface RankScoresPayload {
  readonly block: RowBlock;
  readonly members: GeneWeights;
  /** Measured genes per column. */
  readonly sizes: Uint32Array;
  readonly term: RankTerm;
  /** Last rank that counts. */
  readonly maxRank: number;
}

/** Sums over the genes of each column, cells × columns, and how many genes each cell has. */
export interface RankSums {
  readonly sums: Float64Array;
  readonly nDetected: Uint32Array;
}

/**
 * Ranks the genes of each cell by decreasing count and sums a term of the rank over the genes of each column. Only stored
 * values are sorted: genes without counts are one run of ties behind all others.
 */
export function rankScoresBlock({ block, members, sizes, term, maxRank }: RankScoresPayload): RankSums {
  const { nCells, nGenes } = block;
  const { nColumns } = members;
  const sums = new Float64Array(nCells * nColumns);
  const nDetected = new Uint32Array(nCells);
  const termOf = term === 'recovery' ? recoveryTerm : averageRankTerm;
  const scratch = block.data.slice(0, longestRow(block));
  const found = new Uint32Array(nColumns);
  const origin = block.indptr[0] as number;
  for (let cell = 0; cell < nCells; cell++) {
    const start = (block.indptr[cell] as number) - origin;
    const end = (block.indptr[cell + 1] as number) - origin;
    const sorted = sortedPositive(block.data.subarray(start, end), scratch);
    const n = sorted.length;
    nDetected[cell] = n;
    found.fill(0);
    const row = cell * nColumns;
    for (let k = start; k < end; k++) {
      const gene = block.indices[k] as number;
      const first = members.indptr[gene] as number;
      const last = members.indptr[gene + 1] as number;
      if (first === last) continue;
      const value = block.data[k] as number;
      if (!(value > 0)) continue;
      const below = lowerBound(sorted, value);
      const notAbove = upperBound(sorted, value);
      const share = termOf(n - notAbove, notAbove - below, maxRank);
      for (let m = first; m < last; m++) {
        const column = members.columns[m] as number;
        sums[row + column] = (sums[row + column] as number) + share;
        found[column] = (found[column] as number) + 1;
      }
    }
    const absent = n < nGenes ? termOf(n, nGenes - n, maxRank) : 0;
    for (let c = 0; c < nColumns; c++) {
      sums[row + c] = (sums[row + c] as number) + ((sizes[c] as number) - (found[c] as number)) * absent;
    }
  }
  return { sums, nDetected };
}

/** The rank that `nTied` genes share behind `nAhead` others, at most `maxRank`. */
function averageRankTerm(nAhead: number, nTied: number, maxRank: number): number {
  return Math.min(nAhead + (nTied + 1) / 2, maxRank);
}

/** Mean of max(0, maxRank − r) over the ranks r that `nTied` genes may take behind `nAhead` others. */
function recoveryTerm(nAhead: number, nTied: number, maxRank: number): number {
  const inside = Math.max(0, Math.min(nTied, maxRank - nAhead - 1));
  return (inside * (maxRank - nAhead) - (inside * (inside + 1)) / 2) / nTied;
}

function longestRow({ indptr, nCells }: RowBlock): number {
  let longest = 0;
  for (let cell = 0; cell < nCells; cell++) {
    longest = Math.max(longest, (indptr[cell + 1] as number) - (indptr[cell] as number));
  }
  return longest;
}

/** The values above zero in increasing order, in scratch memory. */
function sortedPositive(values: SparseValues, scratch: SparseValues): SparseValues {
  let n = 0;
  for (let k = 0; k < values.length; k++) if ((values[k] as number) > 0) scratch[n++] = values[k] as number;
  return scratch.subarray(0, n).sort();
}

/** How many sorted values are below `value`. */
function lowerBound(sorted: SparseValues, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many sorted values are at most `value`. */
function upperBound(sorted: SparseValues, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
