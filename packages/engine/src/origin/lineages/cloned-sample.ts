import { assignClones, type SampleClones } from './assign-clones.js';
import type { LineageSampleInfo } from './lineage-study.js';
import type { LineageRow } from './lineages-from-table.js';

/** One sample with the clones of its cells and their states. */
export interface ClonedSample {
  readonly info: LineageSampleInfo;
  readonly clones: SampleClones;
  /** State of each barcoded cell; null where not known. */
  readonly state: readonly (string | null)[];
  /** Cells by state, barcoded or not; null without states. */
  readonly stateCounts: ReadonlyMap<string, number> | null;
}

/** Joins the barcodes of one sample with the states of its cells. */
export function clonedSample(
  info: LineageSampleInfo,
  rows: readonly LineageRow[],
  states: ReadonlyMap<string, string> | undefined,
): ClonedSample {
  const clones = assignClones(rows);
  const state = clones.cells.map((cell) => states?.get(cell) ?? null);
  if (states === undefined) return { info, clones, state, stateCounts: null };
  const stateCounts = new Map<string, number>();
  for (const name of states.values()) stateCounts.set(name, (stateCounts.get(name) ?? 0) + 1);
  return { info, clones, state, stateCounts };
}

/** Patients in the order of their samples. */
export function patientsOf(samples: readonly ClonedSample[]): readonly string[] {
  return [...new Set(samples.map(({ info }) => info.patient))];
}
