import { exp, log2 } from '../../core/pinned-math.js';
import { type CellRows, groupSums } from './cell-sums.js';
import { profileSpread, sameStudySpread } from './copy-states.js';

/** A reference of cells or of profiles, on the genes in use. */
export interface ReferenceModel {
  /** Cells per group; zero for a profile. */
  readonly groups: readonly { readonly name: string; readonly nCells: number }[];
  /** Share of each gene in the total, groups × genes; each group sums to one. */
  readonly shares: Float64Array;
  /** Summed counts behind the shares, groups × genes. */
  readonly totals: Float64Array;
  /** Mean of log2(1 + count scaled to `depth`) over the cells, groups × genes. */
  readonly levels: Float64Array;
  /** Mean size of one observation of each gene. */
  readonly sizes: Float64Array;
  /** Spread of the effects of unaltered arms against this reference, log2. */
  readonly neutralSpread: number;
}

/** Expression of reference cell types, for instance of an atlas: raw counts summed over cells. */
export interface ReferenceProfile {
  readonly genes: readonly string[];
  readonly groups: readonly string[];
  /** Genes × groups, row-major. */
  readonly counts: Float64Array;
}

/** What a reference of cells is made from. */
export interface ReferenceCells extends CellRows {
  /** Reference group of each row; −1 for cells that are not reference. */
  readonly groupOf: Int16Array;
  readonly groupNames: readonly string[];
  /** Total of each row over the genes in use. */
  readonly depths: Float64Array;
  readonly slots: Int32Array;
  readonly sizes: Float64Array;
  /** Total that cells are scaled to. */
  readonly depth: number;
}

/** Shares and log levels of reference cells, by group. */
export function modelOfCells(cells: ReferenceCells): ReferenceModel {
  const { groupOf, groupNames, sizes } = cells;
  const nGenes = sizes.length;
  const totals = groupSums(cells, cells.slots, { groupOf, nGroups: groupNames.length, nGenes });
  const nCells = groupNames.map((_, t) => groupOf.reduce((count, group) => count + (group === t ? 1 : 0), 0));
  return {
    groups: groupNames.map((name, t) => ({ name, nCells: nCells[t] as number })),
    shares: sharesOf(totals, nGenes),
    totals,
    levels: meanLevels(cells, nCells),
    sizes,
    neutralSpread: sameStudySpread,
  };
}

/**
 * Shares and log levels of a profile: levels are those of Poisson counts around share × depth, because a profile does not say
 * how its cells vary.
 *
 * @param genes - the genes in use; those the profile lacks get no share and are not used in ratios
 */
export function modelOfProfile(
  profile: ReferenceProfile,
  genes: readonly string[],
  { sizes, depth }: { readonly sizes: Float64Array; readonly depth: number },
): ReferenceModel {
  const rowOf = new Map(profile.genes.map((gene, row) => [gene, row]));
  const nGroups = profile.groups.length;
  const totals = new Float64Array(nGroups * genes.length);
  genes.forEach((gene, g) => {
    const row = rowOf.get(gene);
    if (row === undefined) return;
    for (let t = 0; t < nGroups; t++) totals[t * genes.length + g] = profile.counts[row * nGroups + t] as number;
  });
  const shares = sharesOf(totals, genes.length);
  return {
    groups: profile.groups.map((name) => ({ name, nCells: 0 })),
    shares,
    totals,
    levels: shares.map((share) => expectedLog(share * depth)),
    sizes,
    neutralSpread: profileSpread,
  };
}

/** E log2(1 + X) of a Poisson variable; log2(1 + μ) less its curvature for large means. */
export function expectedLog(mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 60) return log2(1 + mean) - (mean / (1 + mean) ** 2) * 0.7213475204444817;
  let probability = exp(-mean);
  let sum = 0;
  for (let x = 1; x <= mean + 12 * Math.sqrt(mean) + 12; x++) {
    probability *= mean / x;
    sum += probability * log2(1 + x);
  }
  return sum;
}

function sharesOf(totals: Float64Array, nGenes: number): Float64Array {
  const shares = new Float64Array(totals.length);
  for (let from = 0; from < totals.length; from += nGenes) {
    const group = totals.subarray(from, from + nGenes);
    const total = group.reduce((sum, value) => sum + value, 0);
    if (total > 0)
      shares.set(
        group.map((value) => value / total),
        from,
      );
  }
  return shares;
}

function meanLevels(cells: ReferenceCells, nCells: readonly number[]): Float64Array {
  const { rows, groupOf, depths, slots, depth } = cells;
  const { indptr, indices, data } = cells.counts;
  const nGenes = cells.sizes.length;
  const levels = new Float64Array(nCells.length * nGenes);
  for (let i = 0; i < rows.length; i++) {
    const group = groupOf[i] as number;
    if (group < 0 || !((depths[i] as number) > 0)) continue;
    const scale = depth / (depths[i] as number);
    const row = rows[i] as number;
    const end = indptr[row + 1] as number;
    for (let k = indptr[row] as number; k < end; k++) {
      const gene = slots[indices[k] as number] as number;
      if (gene < 0) continue;
      const at = group * nGenes + gene;
      levels[at] = (levels[at] as number) + log2(1 + (data[k] as number) * scale);
    }
  }
  return levels.map((sum, at) => sum / Math.max(1, nCells[Math.floor(at / nGenes)] as number));
}
