import { type Rng, shuffleInPlace } from '../../core/rng.js';
import type { ContrastPart, ResampledUnit } from './types.js';

/** The parts of a contrast, in the order their cells are coded. */
export const contrastParts: readonly ContrastPart[] = ['from', 'to', 'back'];

/** What is resampled in one stage. */
export interface StageUnits {
  readonly unit: ResampledUnit;
  /** Cells of each unit. */
  readonly cells: readonly Uint32Array[];
}

/** Which cells are placed on an axis that they had no part in. */
export interface CellFolds {
  readonly nFolds: number;
  /** Fold of every cell; −1 for cells of samples too small to stand for themselves. */
  readonly foldOf: Int8Array;
}

/** Blocks of cells of a stage without replicates. */
const nBlocks = 10;
/** Fewest cells of a sample that can stand for itself. */
const fewestPerSample = 10;

/** Most folds of the axes. */
const mostFolds = 5;

/**
 * Divides the cells of a stage into the units that intervals and nulls resample: its samples where two or more have at least ten
 * cells, else ten random blocks of its cells.
 *
 * @param cells - cells of the stage
 * @param sampleOf - sample of every cell of the arm
 */
export function dealUnits(cells: Uint32Array, sampleOf: Uint32Array, rng: Rng): StageUnits {
  const samples = [...new Set(Array.from(cells, (c) => sampleOf[c] as number))]
    .map((s) => cells.filter((c) => sampleOf[c] === s))
    .filter((own) => own.length >= fewestPerSample);
  if (samples.length >= 2) return { unit: 'samples', cells: samples };
  const order = cells.slice();
  shuffleInPlace(order, rng);
  const blocks = Array.from({ length: nBlocks }, (_, b) => order.filter((_c, i) => i % nBlocks === b).sort());
  return { unit: 'cells', cells: blocks };
}

/**
 * Deals the units of every stage to folds in turn: at most five, and no more than the stage with fewest units has, so that every fold
 * holds units of all three stages and no unit is in two folds.
 */
export function foldsOf(units: Readonly<Record<ContrastPart, StageUnits>>, nCells: number): CellFolds {
  const nFolds = Math.min(mostFolds, ...contrastParts.map((part) => units[part].cells.length));
  const foldOf = new Int8Array(nCells).fill(-1);
  for (const part of contrastParts) {
    units[part].cells.forEach((cells, u) => {
      for (const c of cells) foldOf[c] = u % nFolds;
    });
  }
  return { nFolds, foldOf };
}
