import type { GeneCounts } from './gene-counts.js';

/**
 * Counts per 10,000 from which a cell is positive; 0 stands for any count at all. Fixed beforehand, so that no patient's cells
 * shape the grid that another patient's thresholds are chosen from.
 */
export const gateLevels: readonly number[] = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Cells of each patient in the order persister, untreated, normal: three blocks per patient. */
export type CellBlocks3 = readonly (readonly [Uint32Array, Uint32Array, Uint32Array])[];

/** "This gene at this level or above", as one bit per cell. */
export interface Literal {
  readonly gene: number;
  readonly level: number;
  readonly bits: Uint32Array;
  /** Positive cells per block. */
  readonly counts: Float64Array;
}

/** Every literal of some genes over the same cells. */
export interface LiteralSet {
  readonly literals: readonly Literal[];
  /** First word and word after the last of each block; blocks start at word boundaries. */
  readonly starts: Uint32Array;
  /** Cells per block. */
  readonly sizes: Float64Array;
  readonly nPatients: number;
}

/** Whether a cell with a count is at a level or above. */
export function isPositive(count: number, depth: number, level: number): boolean {
  return level === 0 ? count > 0 : count > 0 && 1e4 * count >= level * depth;
}

/** A level that fewer than this share of the cells reach is no marker: to exclude those few changes nothing. */
const fewestPositive = 0.01;

/**
 * Makes the literals of the first `nGenes` genes. A level that keeps the same number of cells as the one below, or fewer than
 * one in a hundred, is left out.
 */
export function buildLiterals({ values, depth }: GeneCounts, nGenes: number, patients: CellBlocks3): LiteralSet {
  const blocks = patients.flat();
  const starts = new Uint32Array(blocks.length + 1);
  blocks.forEach((cells, b) => {
    starts[b + 1] = (starts[b] as number) + ((cells.length + 31) >>> 5);
  });
  const nCells = blocks.reduce((sum, cells) => sum + cells.length, 0);
  const literals: Literal[] = [];
  for (let gene = 0; gene < nGenes; gene++) {
    const row = values.subarray(gene * depth.length, (gene + 1) * depth.length);
    let last = -1;
    for (const level of gateLevels) {
      const literal = literalOf({ gene, level, row, depth }, blocks, starts);
      const total = literal.counts.reduce((sum, count) => sum + count, 0);
      if (total === 0 || total < fewestPositive * nCells) break;
      if (total !== last) literals.push(literal);
      last = total;
    }
  }
  return { literals, starts, sizes: Float64Array.from(blocks, (cells) => cells.length), nPatients: patients.length };
}

function literalOf(
  { gene, level, row, depth }: { gene: number; level: number; row: Float32Array; depth: Float64Array },
  blocks: readonly Uint32Array[],
  starts: Uint32Array,
): Literal {
  const bits = new Uint32Array(starts[blocks.length] as number);
  const counts = new Float64Array(blocks.length);
  blocks.forEach((cells, b) => {
    const start = starts[b] as number;
    let count = 0;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as number;
      if (!isPositive(row[cell] as number, depth[cell] as number, level)) continue;
      const word = start + (i >>> 5);
      bits[word] = (bits[word] as number) | (1 << (i & 31));
      count++;
    }
    counts[b] = count;
  });
  return { gene, level, bits, counts };
}

/** Cells per block that are in both. */
export function countBoth(a: Uint32Array, b: Uint32Array, starts: Uint32Array, out: Float64Array): void {
  for (let block = 0; block + 1 < starts.length; block++) {
    const end = starts[block + 1] as number;
    let count = 0;
    for (let word = starts[block] as number; word < end; word++) {
      let x = (a[word] as number) & (b[word] as number);
      x -= (x >>> 1) & 0x55555555;
      x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
      count += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    out[block] = count;
  }
}
