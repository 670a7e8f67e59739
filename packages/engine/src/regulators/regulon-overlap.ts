import { type RegulonNetwork, regulonSize, transposeNetwork } from './regulon-network.js';

/** Another regulator that shares targets with a regulon. */
export interface SharedRegulon {
  readonly regulator: string;
  readonly nShared: number;
  /** Shared targets over the regulon's own targets. */
  readonly fraction: number;
  /** Of the shared targets, the fraction both regulators move the same way. */
  readonly sameSign: number;
}

/**
 * For each regulator, those that share more than a fraction of its targets: activities of such regulators are not
 * independent evidence.
 *
 * @param threshold - fraction of the regulon's own targets, 0 to 1
 * @returns per regulator, in the order of the network, the sharers with the largest fraction first
 */
export function regulonOverlap(network: RegulonNetwork, threshold: number): readonly (readonly SharedRegulon[])[] {
  const size = network.regulators.length;
  const shared = new Uint32Array(size * size);
  const agreeing = new Uint32Array(size * size);
  const { indptr, indices, weights } = transposeNetwork(network);
  for (let g = 0; g < network.genes.length; g++) {
    for (let a = indptr[g] as number; a < (indptr[g + 1] as number); a++) {
      for (let b = indptr[g] as number; b < (indptr[g + 1] as number); b++) {
        if (a === b) continue;
        const at = (indices[a] as number) * size + (indices[b] as number);
        shared[at] = (shared[at] as number) + 1;
        if ((weights[a] as number) * (weights[b] as number) > 0) agreeing[at] = (agreeing[at] as number) + 1;
      }
    }
  }
  return network.regulators.map((_, r) => {
    const targets = regulonSize(network, r);
    return network.regulators
      .map((regulator, other) => ({
        regulator,
        nShared: shared[r * size + other] as number,
        fraction: (shared[r * size + other] as number) / targets,
        sameSign: (agreeing[r * size + other] as number) / Math.max(1, shared[r * size + other] as number),
      }))
      .filter((entry) => entry.fraction > threshold)
      .sort((a, b) => b.fraction - a.fraction || b.nShared - a.nShared);
  });
}
