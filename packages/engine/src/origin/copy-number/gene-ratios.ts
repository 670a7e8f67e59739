import { log2 } from '../../core/pinned-math.js';
import type { ReferenceModel } from './reference-model.js';
import type { GeneRatios } from './span-noise.js';

/** Counts of a group of cells, and what the reference expects for it. */
export interface GroupCounts {
  /** Sum over cells of each gene in use. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** Relative variance of the expectation, from the size of the reference. */
  readonly expectedVariance: Float64Array;
}

/** Genes expected to be observed less often than this in a group of cells, or in the reference, are not used. */
const leastObservations = 3;
/** 1 / (ln 2)². */
const log2Variance = 2.0813689810056077;

/**
 * What the reference expects of a group: Σ_t D_t λ_t with D_t the summed totals of the group's cells nearest to reference
 * group t and λ_t that group's expression shares.
 */
export function expectGroup(
  reference: ReferenceModel,
  depthByGroup: ArrayLike<number>,
): Pick<GroupCounts, 'expected' | 'expectedVariance'> {
  const nGenes = reference.sizes.length;
  const expected = new Float64Array(nGenes);
  const variance = new Float64Array(nGenes);
  for (let t = 0; t < reference.groups.length; t++) {
    const depth = depthByGroup[t] as number;
    if (depth === 0) continue;
    for (let g = 0; g < nGenes; g++) {
      const part = depth * (reference.shares[t * nGenes + g] as number);
      const total = reference.totals[t * nGenes + g] as number;
      expected[g] = (expected[g] as number) + part;
      if (part > 0) variance[g] = (variance[g] as number) + (part * part * (reference.sizes[g] as number)) / total;
    }
  }
  return {
    expected,
    expectedVariance: variance.map((v, g) =>
      (expected[g] as number) > 0 ? v / (expected[g] as number) ** 2 : Infinity,
    ),
  };
}

/**
 * log2((O + q/2) / (E + q/2)) of each gene with q the mean size of one observation (Σx²/Σx), and its variance
 * (q / max(O, E) + variance of E) / (ln 2)². Genes with fewer than three observations expected, or behind the expectation, are
 * not used.
 */
export function geneRatios(sizes: Float64Array, group: GroupCounts): GeneRatios {
  const { observed, expected, expectedVariance } = group;
  const log2Ratio = new Float64Array(sizes.length);
  const variance = new Float64Array(sizes.length);
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes[g] as number;
    const [o, e, v] = [observed[g] as number, expected[g] as number, expectedVariance[g] as number];
    const usable = e >= leastObservations * size && v <= 1 / leastObservations;
    log2Ratio[g] = log2((o + size / 2) / (e + size / 2));
    variance[g] = usable ? log2Variance * (size / Math.max(o, e) + v) : Infinity;
  }
  return { log2Ratio, variance };
}

/** Ratio of two groups of cells, each against its own expectation. The reference's own error cancels and is not counted. */
export function ratioBetween(sizes: Float64Array, group: GroupCounts, other: GroupCounts): GeneRatios {
  const known = (counts: GroupCounts): GroupCounts => ({
    ...counts,
    expectedVariance: counts.expectedVariance.map((v) => (v <= 1 / leastObservations ? 0 : Infinity)),
  });
  const [a, b] = [geneRatios(sizes, known(group)), geneRatios(sizes, known(other))];
  return {
    log2Ratio: a.log2Ratio.map((value, g) => value - (b.log2Ratio[g] as number)),
    variance: a.variance.map((value, g) => value + (b.variance[g] as number)),
  };
}
