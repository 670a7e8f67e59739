/** Cells (or counts) of each clone of one sample, largest first; ties in the order of the clones' names. */
export interface CloneSizes {
  readonly clones: readonly string[];
  readonly sizes: Float64Array;
  /** Sum of `sizes`: barcoded cells, or barcode counts of a bulk library. */
  readonly total: number;
}

/** Counts cells by clone; cells without one (null) are left out. */
export function cloneSizes(cloneOf: readonly (string | null)[], weights?: ArrayLike<number>): CloneSizes {
  const sizes = new Map<string, number>();
  cloneOf.forEach((clone, i) => {
    const weight = weights === undefined ? 1 : (weights[i] as number);
    if (clone !== null && weight > 0) sizes.set(clone, (sizes.get(clone) ?? 0) + weight);
  });
  const ranked = [...sizes].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return {
    clones: ranked.map(([clone]) => clone),
    sizes: Float64Array.from(ranked, ([, n]) => n),
    total: ranked.reduce((sum, [, n]) => sum + n, 0),
  };
}
