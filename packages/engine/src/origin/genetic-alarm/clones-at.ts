import type { CloneCounts } from './composition-change.js';
import type { GeneticEvidence, GeneticLabel } from './types.js';

/** Cells by value of a label, in each sample of a stage. */
export function clonesAt(
  { sample, stage }: GeneticEvidence,
  { values }: GeneticLabel,
  wanted: string,
): readonly CloneCounts[] {
  const counts = new Map<string, Map<string, number>>();
  values.forEach((clone, i) => {
    if (clone === null || stage[i] !== wanted) return;
    const own = counts.get(sample[i] as string) ?? new Map<string, number>();
    counts.set(sample[i] as string, own.set(clone, (own.get(clone) ?? 0) + 1));
  });
  return [...counts.values()];
}
