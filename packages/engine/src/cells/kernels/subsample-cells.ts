import { rngFor, type RunContext } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import { selectRows } from '../../data/compact-counts.js';
import { type CellCounts, sampleRanges } from '../cell-counts.js';

/** How many cells to keep. */
export interface SubsampleOptions {
  /** Most cells in all. Every sample keeps the same number, or all of its cells where it has fewer. */
  readonly maxCells: number;
}

/** The cells that were kept. */
export interface SubsampledCells {
  readonly cells: CellCounts;
  /** Which cells of the original these are, in increasing order. */
  readonly kept: Uint32Array;
  /** Most cells of one sample. */
  readonly perSample: number;
}

/**
 * Draws cells at random so that at most `maxCells` remain, as evenly over the samples as they allow: the largest n such that the
 * samples together hold at most `maxCells` when each keeps min(n, its cells). Samples keep their order, and so do cells.
 * The draw of a sample depends on the seed, its name and its cells only.
 *
 * @throws OptionError when not even one cell per sample fits
 */
export function subsampleCells(
  cells: CellCounts,
  { maxCells }: SubsampleOptions,
  context: Pick<RunContext, 'seed'>,
): SubsampledCells {
  const ranges = sampleRanges(cells);
  const sizes = ranges.map(([start, end]) => end - start);
  const nSamples = sizes.filter((size) => size > 0).length;
  if (!Number.isInteger(maxCells) || maxCells < nSamples) {
    throw new OptionError('Too few cells to keep one of each sample.', {
      expected: `maxCells of at least ${String(nSamples)}`,
      found: String(maxCells),
    });
  }
  const perSample = largestShare(sizes, maxCells);
  const kept = Uint32Array.from(
    ranges.flatMap(([start, end], s) => {
      const rng = rngFor(context as RunContext, `subsample/${cells.samples[s]?.sample ?? ''}`);
      return drawSorted(end - start, perSample, (n) => rng.integer(n)).map((cell) => start + cell);
    }),
  );
  return { cells: selectCells(cells, kept), kept, perSample };
}

/** Some cells of a set, in increasing order. */
export function selectCells(cells: CellCounts, kept: Uint32Array): CellCounts {
  if (kept.length === cells.barcodes.length) return cells;
  return {
    ...cells,
    counts: selectRows(cells.counts, kept),
    barcodes: Array.from(kept, (cell) => cells.barcodes[cell] as string),
    sampleOf: kept.map((cell) => cells.sampleOf[cell] as number),
  };
}

function largestShare(sizes: readonly number[], maxCells: number): number {
  const total = (share: number): number => sizes.reduce((sum, size) => sum + Math.min(size, share), 0);
  let low = 1;
  let high = Math.max(1, ...sizes);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (total(middle) <= maxCells) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** `wanted` of the numbers 0 … n − 1 in increasing order, each set as likely (selection sampling). */
function drawSorted(n: number, wanted: number, integer: (n: number) => number): number[] {
  const drawn: number[] = [];
  let missing = Math.min(n, wanted);
  for (let i = 0; i < n && missing > 0; i++) {
    if (integer(n - i) >= missing) continue;
    drawn.push(i);
    missing--;
  }
  return drawn;
}
