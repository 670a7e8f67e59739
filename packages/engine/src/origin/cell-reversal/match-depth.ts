import type { Rng } from '../../core/rng.js';

/**
 * Gives every value the number that cells of the same rank share in all groups: at rank q of its group, the smallest (or largest)
 * of the groups' q-quantiles. Every group then has one and the same distribution of targets.
 *
 * @param values - one per cell
 * @param groupOf - group of each cell, 0 … nGroups − 1, each with at least one cell
 * @returns targets, at most (at least) the value of each cell up to interpolation between ranks
 */
export function matchAcrossGroups(
  values: Float64Array,
  groupOf: Uint8Array,
  choose: 'smallest' | 'largest',
): Float64Array {
  const nGroups = groupOf.reduce((most, g) => Math.max(most, g), 0) + 1;
  const ranked = Array.from({ length: nGroups }, (_, g) =>
    Uint32Array.from(groupOf.keys())
      .filter((c) => groupOf[c] === g)
      .sort((a, b) => (values[a] as number) - (values[b] as number) || a - b),
  );
  const pick = choose === 'smallest' ? Math.min : Math.max;
  const targets = new Float64Array(values.length);
  for (const own of ranked) {
    own.forEach((cell, rank) => {
      const q = (rank + 0.5) / own.length;
      targets[cell] = pick(...ranked.map((other) => quantileOfRanked(values, other, q)));
    });
  }
  return targets;
}

/** Linear interpolation between cells, the r-th of n standing at (r + ½)/n. */
function quantileOfRanked(values: Float64Array, ranked: Uint32Array, q: number): number {
  const h = Math.min(ranked.length - 1, Math.max(0, q * ranked.length - 0.5));
  const k = Math.floor(h);
  const low = values[ranked[k] as number] as number;
  const high = values[ranked[Math.min(k + 1, ranked.length - 1)] as number] as number;
  return low + (h - k) * (high - low);
}

/** How many of `count` molecules stay when each does so with probability `share`. */
export function thinned(count: number, share: number, rng: Rng): number {
  if (share >= 1) return count;
  let kept = 0;
  for (let i = 0; i < count; i++) if (rng.uniform() < share) kept++;
  return kept;
}
