import { heldOutArms, type ContrastInput } from './held-out-arms.js';
import type { GenomeRegion } from './genome-regions.js';
import { type HalfScores, halfScores } from './region-scores.js';
import { type SplitDirection, splitDirections } from './split-directions.js';
import { fitTwoGroups, logOddsHigh } from './two-group-mixture.js';

/** What clones are looked for in. */
export interface CloneSearch extends ContrastInput {
  /** Mean residuals, rows × bins. */
  readonly bins: Float32Array;
  readonly regions: readonly GenomeRegion[];
}

/** When to stop. */
export interface CloneOptions {
  readonly minCloneCells: number;
  readonly maxClones: number;
  readonly posterior: number;
  readonly onSplit?: () => void;
}

/** Cells that the candidates of one split are judged on, spread evenly; the split itself is then applied to all. */
const mostJudged = 5000;

/**
 * Divides cells into clones from the top down. A group is split along the first direction (see `splitDirections`) whose two
 * sides differ in at least one arm on genes that had no part in the splitting (`heldOutArms`) and both have `minCloneCells`;
 * when no direction passes it is one clone. One clone is therefore a possible answer, and the likely one when cells differ in
 * their programmes only. Deterministic.
 *
 * @param cells - places of the cells among the rows of the search
 * @returns clone of each cell, from 0, by order of first appearance
 */
export function findClones(search: CloneSearch, cells: Uint32Array, options: CloneOptions): Uint8Array {
  const leaves: Uint32Array[] = [];
  const open: Uint32Array[] = [cells];
  while (open.length > 0) {
    const group = open.shift() as Uint32Array;
    const room = leaves.length + open.length + 2 <= options.maxClones;
    const parts = room && group.length >= 2 * options.minCloneCells ? splitGroup(search, group, options) : null;
    options.onSplit?.();
    if (parts === null) leaves.push(group);
    else open.push(...parts);
  }
  const order = leaves.sort((a, b) => (a[0] as number) - (b[0] as number));
  const cloneOf = new Uint8Array(search.rows.length);
  order.forEach((leaf, clone) => {
    for (const cell of leaf) cloneOf[cell] = clone;
  });
  return cells.length === 0 ? new Uint8Array(0) : Uint8Array.from(cells, (cell) => cloneOf[cell] as number);
}

function splitGroup(
  search: CloneSearch,
  group: Uint32Array,
  options: CloneOptions,
): readonly [Uint32Array, Uint32Array] | null {
  const judged = evenlySpread(group, mostJudged);
  const scores = halfScores(search.bins, search, judged);
  for (const direction of splitDirections(scores, search.regions)) {
    if (!differs(search, judged, scores, direction, options)) continue;
    const parts = divide(search, group, direction);
    if (Math.min(parts[0].length, parts[1].length) >= options.minCloneCells) return parts;
  }
  return null;
}

function differs(
  search: CloneSearch,
  cells: Uint32Array,
  scores: HalfScores,
  direction: SplitDirection,
  { minCloneCells, posterior }: CloneOptions,
): boolean {
  const byEven = sidesOf(project(scores.even, scores, direction));
  const byOdd = sidesOf(project(scores.odd, scores, direction));
  if (smaller(byEven) < minCloneCells / 2 || smaller(byOdd) < minCloneCells / 2) return false;
  const pick = <A extends Float64Array | Uint8Array | Uint32Array>(values: A): A =>
    (values.constructor as unknown as { from: (v: ArrayLike<number>, f: (cell: number) => number) => A }).from(
      cells,
      (cell) => values[cell] as number,
    );
  const input = { ...search, rows: pick(search.rows), depths: pick(search.depths), nearest: pick(search.nearest) };
  return heldOutArms(input, { byEven, byOdd }, posterior).some(({ call }) => call === 'loss' || call === 'gain');
}

/** Splits all cells of a group along a direction, with both halves of the genes: the low side, then the high one. */
export function divide(
  search: Pick<CloneSearch, 'bins' | 'layout' | 'regions'>,
  group: Uint32Array,
  direction: SplitDirection,
): readonly [Uint32Array, Uint32Array] {
  const scores = halfScores(search.bins, search, group);
  const even = project(scores.even, scores, direction);
  const both = project(scores.odd, scores, direction).map((value, i) => value + (even[i] as number));
  const sides = sidesOf(both);
  return [group.filter((_, i) => sides[i] === 0), group.filter((_, i) => sides[i] === 1)];
}

function sidesOf(values: Float64Array): Int8Array {
  const mixture = fitTwoGroups(values);
  return Int8Array.from(values, (value) => (logOddsHigh(mixture, value) > 0 ? 1 : 0));
}

function project(half: Float32Array, { nCells, nRegions }: HalfScores, direction: SplitDirection): Float64Array {
  return Float64Array.from({ length: nCells }, (_, i) => {
    let sum = 0;
    for (let r = 0; r < nRegions; r++) sum += (half[i * nRegions + r] as number) * (direction[r] as number);
    return sum;
  });
}

function smaller(sides: Int8Array): number {
  const ones = sides.reduce((sum, side) => sum + side, 0);
  return Math.min(ones, sides.length - ones);
}

/** At most `most` of the cells, at equal steps. */
export function evenlySpread(cells: Uint32Array, most: number): Uint32Array {
  if (cells.length <= most) return cells;
  return Uint32Array.from({ length: most }, (_, i) => cells[Math.floor((i * cells.length) / most)] as number);
}
