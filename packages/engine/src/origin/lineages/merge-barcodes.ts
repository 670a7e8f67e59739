/** One merge: a rare barcode read as an error of a common one. */
export interface BarcodeMerge {
  readonly from: string;
  readonly to: string;
}

/**
 * Merges barcodes that differ by one letter from a much more common one (directional rule of UMI-tools: the parent has at
 * least 2n − 1 of the child's n), from the rarest up, so that chains end at the commonest.
 *
 * Cost: 3 × length lookups per barcode.
 *
 * @param counts - cells or reads per barcode
 * @returns barcodes that change their name, in the order of the barcodes
 * @see Smith et al. 2017, doi 10.1101/gr.209601.116; only substitutions are merged, not insertions
 */
export function mergeBarcodes(counts: ReadonlyMap<string, number>): readonly BarcodeMerge[] {
  const parents = new Map<string, string>();
  for (const [barcode, n] of counts) {
    const parent = commonestNeighbour(barcode, n, counts);
    if (parent !== null) parents.set(barcode, parent);
  }
  return [...parents.keys()].sort().map((from) => ({ from, to: rootOf(from, parents) }));
}

function commonestNeighbour(barcode: string, n: number, counts: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  for (let i = 0; i < barcode.length; i++) {
    for (const letter of 'ACGT') {
      const neighbour = `${barcode.slice(0, i)}${letter}${barcode.slice(i + 1)}`;
      if (neighbour === barcode) continue;
      const m = counts.get(neighbour) ?? 0;
      if (m < 2 * n - 1 || m <= n) continue;
      const bestCount = best === null ? 0 : (counts.get(best) as number);
      if (best === null || m > bestCount || (m === bestCount && neighbour < best)) best = neighbour;
    }
  }
  return best;
}

/** Parents are strictly commoner than their children, so this ends. */
function rootOf(barcode: string, parents: ReadonlyMap<string, string>): string {
  const parent = parents.get(barcode);
  return parent === undefined ? barcode : rootOf(parent, parents);
}
