import type { CellCounts } from '../cells/cell-counts.js';
import type { PatientOutcome } from './assemble-calls.js';
import {
  type FractionBasis,
  type KnownFraction,
  replicateVariation,
  type ReplicateVariation,
} from './fraction-estimate.js';
import { leastSeparation } from './verdict.js';

/** Variation between replicates, and the groups of samples that have any. */
export interface Replication {
  readonly variation: ReplicateVariation | null;
  readonly replicated: ReadonlySet<string>;
}

/** Compares the fractions of replicate samples, those of one patient, stage and treatment. */
export function replicationOf(cells: CellCounts, outcomes: readonly PatientOutcome[]): Replication {
  const groups = new Map<string, KnownFraction[]>();
  for (const { plan, states } of outcomes) {
    plan.samples.forEach((s, j) => {
      const known = states?.samples[j];
      if (known === undefined || known.nEffective === 0 || (states?.separation ?? 0) < leastSeparation) return;
      const key = groupOf(cells, s);
      groups.set(key, [...(groups.get(key) ?? []), known]);
    });
  }
  const replicated = new Set([...groups].filter(([, members]) => members.length >= 2).map(([key]) => key));
  return { variation: replicateVariation([...groups.values()]), replicated };
}

/** Samples of one patient, stage and treatment are replicates of one another. */
export function groupOf({ samples }: CellCounts, sample: number): string {
  const { patient, stage, treatment } = samples[sample] as CellCounts['samples'][number];
  return JSON.stringify([patient, stage, treatment]);
}

/** What the interval of a sample holds. */
export function basisOf(replication: Replication, group: string): FractionBasis {
  if (replication.variation === null) return 'technical-only';
  return replication.replicated.has(group) ? 'own-replicates' : 'borrowed-replicates';
}
