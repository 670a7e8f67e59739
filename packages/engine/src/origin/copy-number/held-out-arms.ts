import { sameStudySpread } from './copy-states.js';
import { groupSums, type CellRows } from './cell-sums.js';
import { callSpan, spanEffect, type SpanEffect } from './call-span.js';
import { expectGroup, type GroupCounts, ratioBetween } from './gene-ratios.js';
import type { GenomeLayout } from './genome-layout.js';
import type { ReferenceModel } from './reference-model.js';
import { type GeneRatios, spanNoise } from './span-noise.js';
import type { SpanCall } from './types.js';

/** What a contrast between two groups of cells needs. */
export interface ContrastInput extends CellRows {
  readonly layout: GenomeLayout;
  readonly slots: Int32Array;
  readonly reference: ReferenceModel;
  /** Total over the genes in use, and nearest reference group, of each row. */
  readonly depths: Float64Array;
  readonly nearest: Uint8Array;
}

/** Two sides of cells, once by the even bins and once by the odd bins: 1, 0, or −1 for neither. */
export interface TwoSplits {
  readonly byEven: Int8Array;
  readonly byOdd: Int8Array;
}

/**
 * Arms that differ between two groups of cells, judged on genes that had no part in grouping them: the groups made by the even
 * bins are compared on the genes of the odd bins and the other way round, and the two effects averaged. Grouping and judging
 * on the same genes would find a difference in any noise.
 */
export function heldOutArms(input: ContrastInput, splits: TwoSplits, posterior: number): readonly SpanCall[] {
  const onOdd = armEffects(input, splits.byEven, 1);
  const onEven = armEffects(input, splits.byOdd, 0);
  const nCells = splits.byEven.reduce((count, side) => count + (side === 1 ? 1 : 0), 0);
  // The reference cancels between two groups of one patient, and with it what is particular to a profile.
  const options = { posterior, nCells, neutralSpread: sameStudySpread };
  return onOdd.map((a, arm) => callSpan(averaged(a, onEven[arm] as SpanEffect), options));
}

function averaged(a: SpanEffect, b: SpanEffect): SpanEffect {
  const effect = (a.effect + b.effect) / 2;
  // Genes of a half whose effect has the other sign speak against the average.
  const agreeing = (half: SpanEffect): number =>
    half.effect * effect >= 0 ? half.nAgreeing : half.nGenes - half.nAgreeing;
  return {
    effect,
    standardError: Math.sqrt(a.standardError ** 2 + b.standardError ** 2) / 2,
    nGenes: a.nGenes + b.nGenes,
    nAgreeing: agreeing(a) + agreeing(b),
    effectWithoutBest: (a.effectWithoutBest + b.effectWithoutBest) / 2,
  };
}

/** Effects of side 1 against side 0 on the genes of the bins of one parity. */
function armEffects(input: ContrastInput, side: Int8Array, parity: number): readonly SpanEffect[] {
  const { layout, reference } = input;
  const [rest, group] = sideCounts(input, side);
  const ratios = onParity(layout, ratioBetween(reference.sizes, group, rest), parity);
  const noise = spanNoise(layout, ratios);
  return layout.arms.map(({ firstGene, endGene }) => spanEffect(noise, firstGene, endGene));
}

function sideCounts(input: ContrastInput, side: Int8Array): readonly [GroupCounts, GroupCounts] {
  const { reference, slots, depths, nearest } = input;
  const nGenes = reference.sizes.length;
  const nGroups = reference.groups.length;
  const observed = groupSums(input, slots, { groupOf: side, nGroups: 2, nGenes });
  const depth = new Float64Array(2 * nGroups);
  side.forEach((s, i) => {
    if (s < 0) return;
    const at = s * nGroups + (nearest[i] as number);
    depth[at] = (depth[at] as number) + (depths[i] as number);
  });
  const countsOf = (s: number): GroupCounts => ({
    observed: observed.subarray(s * nGenes, (s + 1) * nGenes),
    ...expectGroup(reference, depth.subarray(s * nGroups, (s + 1) * nGroups)),
  });
  return [countsOf(0), countsOf(1)];
}

function onParity(layout: GenomeLayout, ratios: GeneRatios, parity: number): GeneRatios {
  const variance = ratios.variance.map((v, g) => (((layout.binOf[g] as number) & 1) === parity ? v : Infinity));
  return { ...ratios, variance };
}
