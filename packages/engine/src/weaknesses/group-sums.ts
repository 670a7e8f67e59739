import type { CellCounts } from '../cells/cell-counts.js';
import type { Rng } from '../core/rng.js';
import { log2 } from '../core/pinned-math.js';
import { createExpressionMatrix } from '../data/expression.js';
import { effectiveLibrarySizes } from '../programme/input.js';
import { logCpm } from '../stats/log-cpm.js';
import type { SignedGene } from './find-genes.js';

/** Random parts a group of cells is cut into for the jackknife. */
const nBlocks = 10;
/** Count added to every gene of an average group, as in `logCpm`. */
const prior = 2;

/** Counts summed over groups of cells. */
export interface GroupSums {
  readonly genes: readonly string[];
  readonly nGroups: number;
  readonly nCells: Int32Array;
  /** Groups × genes, row-major. */
  readonly totals: Float64Array;
  /** Cells with a count of the gene, groups × genes. */
  readonly detected: Int32Array;
  /** Groups × blocks: all counts. */
  readonly blockLibraries: Float64Array;
  /** Groups × blocks × tracked genes. */
  readonly blockCounts: Float64Array;
  /** Place of each gene among the tracked ones; −1 for the others. */
  readonly trackedAt: Int32Array;
  readonly nTracked: number;
}

/**
 * Sums counts over groups of cells, and over ten random blocks of each for the genes followed. Sums rather than means of
 * per-cell scores, because a mean of logarithms falls with the depth of the cells.
 *
 * Cost: one pass over the stored values.
 *
 * @param groupOf - group of each cell; −1 leaves it out
 */
export function sumGroups(
  cells: Pick<CellCounts, 'counts' | 'genes'>,
  groupOf: Int32Array,
  options: { readonly nGroups: number; readonly tracked: readonly number[]; readonly rng: Rng },
): GroupSums {
  const { nGroups, tracked, rng } = options;
  const { indptr, indices, data } = cells.counts;
  const nGenes = cells.genes.length;
  const nTracked = tracked.length;
  const sums = {
    genes: cells.genes,
    nGroups,
    nCells: new Int32Array(nGroups),
    totals: new Float64Array(nGroups * nGenes),
    detected: new Int32Array(nGroups * nGenes),
    blockLibraries: new Float64Array(nGroups * nBlocks),
    blockCounts: new Float64Array(nGroups * nBlocks * nTracked),
    trackedAt: new Int32Array(nGenes).fill(-1),
    nTracked,
  };
  tracked.forEach((gene, t) => (sums.trackedAt[gene] = t));
  for (let cell = 0; cell < groupOf.length; cell++) {
    const group = groupOf[cell] as number;
    const block = group * nBlocks + rng.integer(nBlocks);
    if (group < 0) continue;
    sums.nCells[group] = (sums.nCells[group] as number) + 1;
    const end = indptr[cell + 1] as number;
    for (let k = indptr[cell] as number; k < end; k++)
      addValue(sums, group, block, indices[k] as number, data[k] as number);
  }
  return sums;
}

function addValue(sums: GroupSums, group: number, block: number, gene: number, count: number): void {
  const at = group * sums.genes.length + gene;
  sums.totals[at] = (sums.totals[at] as number) + count;
  if (count > 0) sums.detected[at] = (sums.detected[at] as number) + 1;
  sums.blockLibraries[block] = (sums.blockLibraries[block] as number) + count;
  const t = sums.trackedAt[gene] as number;
  if (t < 0) return;
  const place = block * sums.nTracked + t;
  sums.blockCounts[place] = (sums.blockCounts[place] as number) + count;
}

/** Normalised expression of groups. */
export interface GroupProfiles {
  readonly sums: GroupSums;
  /** Groups with enough cells. */
  readonly usable: readonly boolean[];
  /** log2 counts per million (TMM), groups × genes; NaN for groups that cannot be used. */
  readonly logExpression: Float64Array;
  /** Effective library of each group over its counts; NaN for groups that cannot be used. */
  readonly factors: Float64Array;
  /** Mean effective library of the usable groups. */
  readonly meanLibrary: number;
}

/** Puts the groups that have enough cells on one scale: TMM and `logCpm`. */
export function profileGroups(sums: GroupSums, minimumCells: number): GroupProfiles {
  const { genes, nGroups } = sums;
  const libraries = Float64Array.from({ length: nGroups }, (_, g) => libraryOf(sums, g));
  const usable = Array.from(
    { length: nGroups },
    (_, g) => (sums.nCells[g] as number) >= minimumCells && (libraries[g] as number) > 0,
  );
  const kept = usable.flatMap((use, g) => (use ? [g] : []));
  const logExpression = new Float64Array(nGroups * genes.length).fill(NaN);
  const factors = new Float64Array(nGroups).fill(NaN);
  if (kept.length === 0) return { sums, usable, logExpression, factors, meanLibrary: NaN };
  const values = new Float64Array(genes.length * kept.length);
  kept.forEach((group, k) => {
    for (let g = 0; g < genes.length; g++)
      values[g * kept.length + k] = sums.totals[group * genes.length + g] as number;
  });
  const counts = createExpressionMatrix(genes, kept.map(String), values);
  const librarySizes = effectiveLibrarySizes(counts);
  const logged = logCpm(counts, { librarySizes, prior }).values;
  kept.forEach((group, k) => {
    factors[group] = (librarySizes[k] as number) / (libraries[group] as number);
    for (let g = 0; g < genes.length; g++)
      logExpression[group * genes.length + g] = logged[g * kept.length + k] as number;
  });
  const meanLibrary = librarySizes.reduce((sum, size) => sum + size, 0) / kept.length;
  return { sums, usable, logExpression, factors, meanLibrary };
}

/** All counts of a group. */
export function libraryOf({ blockLibraries }: GroupSums, group: number): number {
  let sum = 0;
  for (let b = 0; b < nBlocks; b++) sum += blockLibraries[group * nBlocks + b] as number;
  return sum;
}

/** Signed mean log expression of some genes in one group. */
export function groupScore({ sums, logExpression }: GroupProfiles, set: readonly SignedGene[], group: number): number {
  let sum = 0;
  for (const { position, sign } of set) sum += sign * (logExpression[group * sums.genes.length + position] as number);
  return sum / set.length;
}

/**
 * Variance of a group's score from leaving out one block of its cells after the other, `(B − 1)/B Σ (θ₋b − θ̄)²`. It holds the
 * sampling of cells, not of tumours.
 */
export function groupVariance(profiles: GroupProfiles, set: readonly SignedGene[], group: number): number {
  const { sums } = profiles;
  const filled = Array.from({ length: nBlocks }, (_, b) => b).filter(
    (b) => (sums.blockLibraries[group * nBlocks + b] as number) > 0,
  );
  const left = filled.map((b) => scoreWithout(profiles, set, group, b));
  const centre = left.reduce((sum, value) => sum + value, 0) / left.length;
  const squares = left.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return left.length < 2 ? NaN : ((left.length - 1) / left.length) * squares;
}

/** Degrees of freedom of {@link groupVariance}. */
export const jackknifeDf: number = nBlocks - 1;

function scoreWithout(
  { sums, factors, meanLibrary }: GroupProfiles,
  set: readonly SignedGene[],
  group: number,
  block: number,
): number {
  const place = group * nBlocks + block;
  const library = (libraryOf(sums, group) - (sums.blockLibraries[place] as number)) * (factors[group] as number);
  const added = (prior * library) / meanLibrary;
  let sum = 0;
  for (const { position, sign } of set) {
    const t = sums.trackedAt[position] as number;
    const total = sums.totals[group * sums.genes.length + position] as number;
    const count = total - (sums.blockCounts[place * sums.nTracked + t] as number);
    sum += sign * log2(((count + added) / (library + 2 * added)) * 1e6);
  }
  return sum / set.length;
}
