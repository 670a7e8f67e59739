import { report, type RunContext, throwIfAborted } from '../core/context.js';
import { log1p } from '../core/pinned-math.js';
import { type CellCounts, sampleRanges } from '../cells/cell-counts.js';
import { selectRows } from '../data/compact-counts.js';
import type { CsrMatrix } from '../data/matrix.js';

/** Mean expression of the genes in each sample. */
export interface SampleMeans {
  readonly genes: readonly string[];
  /** Samples × genes, row-major: mean over cells of ln(1 + counts per ten thousand); NaN for a sample without cells. */
  readonly means: Float64Array;
  /** Cells of each sample. */
  readonly nCells: readonly number[];
}

/** Counts to which a cell is scaled before taking logarithms. */
const target = 1e4;
/** Cells per block of work. */
const blockCells = 5000;
/** Counts below this have their logarithm kept per cell. */
const keptLogarithms = 64;

/** Mean of ln(1 + counts per ten thousand) of every gene in every sample, over blocks of cells merged in order. */
export async function meanExpression(cells: CellCounts, context: RunContext): Promise<SampleMeans> {
  const nGenes = cells.genes.length;
  const ranges = sampleRanges(cells);
  const means = new Float64Array(ranges.length * nGenes);
  for (const [s, [start, end]] of ranges.entries()) {
    throwIfAborted(context);
    report(context, 'mean expression of samples', s, ranges.length, 'samples');
    const blocks: CsrMatrix[] = [];
    for (let first = start; first < end; first += blockCells) {
      blocks.push(selectRows(cells.counts, rowsFrom(first, Math.min(end, first + blockCells))));
    }
    const sums = await context.executor.map<CsrMatrix, Float64Array>('metaprogrammes/log-sums', blocks, {
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const row = means.subarray(s * nGenes, (s + 1) * nGenes);
    for (const sum of sums) for (let g = 0; g < nGenes; g++) row[g] = (row[g] as number) + (sum[g] as number);
    for (let g = 0; g < nGenes; g++) row[g] = (row[g] as number) / (end - start);
  }
  return { genes: cells.genes, means, nCells: ranges.map(([start, end]) => end - start) };
}

/** Consecutive rows. */
export function rowsFrom(first: number, end: number): Uint32Array {
  return Uint32Array.from({ length: end - first }, (_, i) => first + i);
}

/** Sums over the cells of a block of ln(1 + counts per ten thousand); the block task behind {@link meanExpression}. */
export function logSumsBlock(counts: CsrMatrix): Float64Array {
  const sums = new Float64Array(counts.shape[1]);
  const logarithms = new Float64Array(keptLogarithms);
  for (let cell = 0; cell < counts.shape[0]; cell++) {
    const [start, end] = [counts.indptr[cell] as number, counts.indptr[cell + 1] as number];
    let total = 0;
    for (let p = start; p < end; p++) total += counts.data[p] as number;
    if (!(total > 0)) continue;
    const scale = target / total;
    logarithms.fill(NaN);
    for (let p = start; p < end; p++) {
      const gene = counts.indices[p] as number;
      sums[gene] = (sums[gene] as number) + logarithmOf(counts.data[p] as number, scale, logarithms);
    }
  }
  return sums;
}

function logarithmOf(count: number, scale: number, kept: Float64Array): number {
  if (count >= keptLogarithms || count !== Math.floor(count)) return log1p(count * scale);
  let value = kept[count] as number;
  if (Number.isNaN(value)) {
    value = log1p(count * scale);
    kept[count] = value;
  }
  return value;
}
