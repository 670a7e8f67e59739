import { regulonSize, type RegulonNetwork, transposeNetwork } from '../regulon-network.js';

/** Least share of the smaller regulon's targets that two regulators of one family have in common … */
const sharedTargets = 0.6;
/** … and least share of the common targets they move the same way. */
const sameSign = 0.75;

/**
 * Groups regulators of nearly the same targets, so that the members of a dimer family (FOSL1, JUN, AP1) are read as one
 * hypothesis and not as several. In the order of the ranking every regulator looks for leaders of families that share three in
 * five of the smaller regulon's targets with it, three quarters of them with the same sign, and joins the most similar (common
 * targets over the geometric mean of the sizes, so that a large regulon does not win by its size); without any it leads its own
 * family. Joining a leader and not a member keeps families from growing into chains.
 *
 * @param order - 1 for the regulator that is first; one per regulator of the network
 * @returns the name of each regulator's leader
 */
export function regulatorFamilies(network: RegulonNetwork, order: ArrayLike<number>): readonly string[] {
  const size = network.regulators.length;
  const { shared, agreeing } = commonTargets(network);
  const sorted = network.regulators.map((_, r) => r).sort((a, b) => (order[a] as number) - (order[b] as number));
  const leaders: number[] = [];
  const family = new Int32Array(size);
  for (const r of sorted) {
    const similarity = (l: number): number => {
      const common = shared[r * size + l] as number;
      const sizes = [regulonSize(network, r), regulonSize(network, l)] as const;
      const near = common >= sharedTargets * Math.min(...sizes);
      const alike = (agreeing[r * size + l] as number) >= sameSign * common;
      return near && alike ? common / Math.sqrt(sizes[0] * sizes[1]) : 0;
    };
    const leader = leaders.reduce<{ readonly l: number; readonly value: number } | undefined>((best, l) => {
      const value = similarity(l);
      return value > (best?.value ?? 0) ? { l, value } : best;
    }, undefined)?.l;
    if (leader === undefined) leaders.push(r);
    family[r] = leader ?? r;
  }
  return Array.from(family, (l) => network.regulators[l] as string);
}

function commonTargets(network: RegulonNetwork): { readonly shared: Uint32Array; readonly agreeing: Uint32Array } {
  const size = network.regulators.length;
  const shared = new Uint32Array(size * size);
  const agreeing = new Uint32Array(size * size);
  const { indptr, indices, weights } = transposeNetwork(network);
  for (let g = 0; g < network.genes.length; g++) {
    for (let a = indptr[g] as number; a < (indptr[g + 1] as number); a++) {
      for (let b = indptr[g] as number; b < (indptr[g + 1] as number); b++) {
        const at = (indices[a] as number) * size + (indices[b] as number);
        shared[at] = (shared[at] as number) + 1;
        if ((weights[a] as number) * (weights[b] as number) > 0) agreeing[at] = (agreeing[at] as number) + 1;
      }
    }
  }
  return { shared, agreeing };
}
