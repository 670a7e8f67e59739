import { selectInPlace } from '../../stats/select.js';
import type { RowBlock } from '../scores/row-blocks.js';

/** Bits of a gene in `classOf`. */
export const classBits = { mitochondrial: 1, ribosomal: 2, haemoglobin: 4 } as const;

/** One block of cells to be measured. */
export interface CellMetricsPayload {
  readonly block: RowBlock;
  /** Per gene the classes it belongs to, as bits. */
  readonly classOf: Uint8Array;
  readonly topGenes: number;
}

/** Sums per cell of one block. */
export interface CellSums {
  readonly totalCounts: Float64Array;
  readonly detectedGenes: Uint32Array;
  /** Counts in the cell's own highest genes. */
  readonly top: Float64Array;
  readonly mitochondrial: Float64Array;
  readonly ribosomal: Float64Array;
  readonly haemoglobin: Float64Array;
}

/** Sums the counts of every cell of a block, over all its genes and over classes of them; pure over plain arrays. */
export function cellMetricsBlock({ block, classOf, topGenes }: CellMetricsPayload): CellSums {
  const sums = emptySums(block.nCells);
  const values = new Float64Array(block.nGenes);
  const first = block.indptr[0] as number;
  for (let cell = 0; cell < block.nCells; cell++) {
    const end = (block.indptr[cell + 1] as number) - first;
    let [total, detected, mitochondrial, ribosomal, haemoglobin] = [0, 0, 0, 0, 0];
    for (let k = (block.indptr[cell] as number) - first; k < end; k++) {
      const value = block.data[k] as number;
      if (value === 0) continue;
      values[detected++] = value;
      total += value;
      const bits = classOf[block.indices[k] as number] as number;
      if (bits === 0) continue;
      if (bits & classBits.mitochondrial) mitochondrial += value;
      if (bits & classBits.ribosomal) ribosomal += value;
      if (bits & classBits.haemoglobin) haemoglobin += value;
    }
    sums.totalCounts[cell] = total;
    sums.detectedGenes[cell] = detected;
    sums.mitochondrial[cell] = mitochondrial;
    sums.ribosomal[cell] = ribosomal;
    sums.haemoglobin[cell] = haemoglobin;
    sums.top[cell] = sumOfLargest(values, detected, topGenes);
  }
  return sums;
}

/** Sums of all cells from those of consecutive blocks. */
export function joinSums(blocks: readonly CellSums[], nCells: number): CellSums {
  const joined = emptySums(nCells);
  let at = 0;
  for (const block of blocks) {
    for (const key of Object.keys(joined) as (keyof CellSums)[]) joined[key].set(block[key], at);
    at += block.totalCounts.length;
  }
  return joined;
}

function emptySums(nCells: number): CellSums {
  const column = (): Float64Array => new Float64Array(nCells);
  return {
    totalCounts: column(),
    detectedGenes: new Uint32Array(nCells),
    top: column(),
    mitochondrial: column(),
    ribosomal: column(),
    haemoglobin: column(),
  };
}

/** Sum of the `k` largest of the first `length` values, which are left in another order. */
function sumOfLargest(values: Float64Array, length: number, k: number): number {
  const from = Math.max(0, length - k);
  if (from > 0) selectInPlace(values, from, length);
  let sum = 0;
  for (let i = from; i < length; i++) sum += values[i] as number;
  return sum;
}
