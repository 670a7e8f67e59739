import { callSpan, spanEffect } from './call-span.js';
import { groupSums } from './cell-sums.js';
import { findSegments } from './find-segments.js';
import { expectGroup, geneRatios } from './gene-ratios.js';
import type { GenomeLayout } from './genome-layout.js';
import type { ContrastInput } from './held-out-arms.js';
import { huberMean, type SpanNoise, spanNoise } from './span-noise.js';
import type { ArmCall, SegmentCall } from './types.js';

/** Copy number of a group of cells against the reference. */
export interface GroupProfile {
  readonly nCells: number;
  readonly arms: readonly ArmCall[];
  readonly segments: readonly SegmentCall[];
  /** Log2 ratio of each bin, smoothed. */
  readonly profile: Float32Array;
}

/** What groups are profiled with. */
export interface GroupProfileOptions {
  readonly posterior: number;
  readonly windowGenes: number;
}

/**
 * Calls every arm and finds altered segments for groups of cells, each against what the reference expects of it.
 *
 * @param groupOf - group of each row; −1 for rows in none
 */
export function groupProfiles(
  input: ContrastInput,
  groups: { readonly groupOf: ArrayLike<number>; readonly nGroups: number },
  options: GroupProfileOptions,
): readonly GroupProfile[] {
  const { reference, slots, depths, nearest, layout } = input;
  const nGenes = layout.genes.length;
  const nReference = reference.groups.length;
  const sums = groupSums(input, slots, { ...groups, nGenes });
  const depth = new Float64Array(groups.nGroups * nReference);
  const nCells = new Uint32Array(groups.nGroups);
  for (let i = 0; i < input.rows.length; i++) {
    const group = groups.groupOf[i] as number;
    if (group < 0) continue;
    const at = group * nReference + (nearest[i] as number);
    depth[at] = (depth[at] as number) + (depths[i] as number);
    nCells[group] = (nCells[group] as number) + 1;
  }
  return Array.from(nCells, (n, group) => {
    const observed = sums.subarray(group * nGenes, (group + 1) * nGenes);
    const expected = expectGroup(reference, depth.subarray(group * nReference, (group + 1) * nReference));
    const noise = spanNoise(layout, geneRatios(reference.sizes, { observed, ...expected }));
    return profileOf(layout, noise, n, { ...options, neutralSpread: reference.neutralSpread });
  });
}

function profileOf(
  layout: GenomeLayout,
  noise: SpanNoise,
  nCells: number,
  { windowGenes, ...options }: GroupProfileOptions & { readonly neutralSpread: number },
): GroupProfile {
  const call = { ...options, nCells };
  const arms = layout.arms.map(({ label, firstGene, endGene }) => ({
    arm: label,
    ...callSpan(spanEffect(noise, firstGene, endGene), call),
  }));
  const segments = findSegments(layout, noise, call);
  return { nCells, arms, segments, profile: smoothedRatios(layout, noise, windowGenes) };
}

/** Robust mean ratio of the genes within half a window of each bin, on its arm. */
function smoothedRatios(layout: GenomeLayout, noise: SpanNoise, windowGenes: number): Float32Array {
  return Float32Array.from(layout.bins, ({ arm, firstGene, endGene }) => {
    const bounds = layout.arms[arm] as GenomeLayout['arms'][number];
    const reach = Math.max(0, Math.round((windowGenes - (endGene - firstGene)) / 2));
    const from = Math.max(bounds.firstGene, firstGene - reach);
    const end = Math.min(bounds.endGene, endGene + reach);
    const genes = Array.from({ length: end - from }, (_, i) => from + i).filter((g) => (noise.weight[g] as number) > 0);
    return huberMean(noise, genes);
  });
}
