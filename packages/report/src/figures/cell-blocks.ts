import type { ReadTable } from '../tables/read-columns.js';
import { namesIn, rowsOf, stagesIn } from './table-order.js';

/** The label columns of the table `copy_number_heatmap` as read. */
export type HeatmapRows = ReadTable<never, 'patient' | 'stage' | 'clone' | 'state'>;

/** The name the table gives to reference cells in place of a clone. */
export const referenceClone = 'reference';

/** A cell: its row in the table and what the strips beside the map show. */
export interface CellRow {
  readonly index: number;
  readonly clone: string | null;
  readonly state: string | null;
  readonly stage: string | null;
}

/** The cells of one patient, from top to bottom. */
export interface CellBlock {
  readonly patient: string;
  readonly rows: readonly CellRow[];
}

/** Cells of one clone that stand together. */
export interface CloneRun {
  readonly clone: string | null;
  readonly first: number;
  readonly length: number;
}

/**
 * Cells by patient, clone, state and stage: numbered clones first, then those that cannot be told, reference cells last.
 * Where patients have more than `most` cells together, each keeps an even share of its own.
 */
export function cellBlocks({ texts }: HeatmapRows, most: number): readonly CellBlock[] {
  const share = Math.min(1, most / texts.patient.length);
  const stages = stagesIn(texts.stage);
  return namesIn(texts.patient).map((patient) => {
    const rows = rowsOf(texts.patient, patient).map((index) => ({
      index,
      clone: texts.clone[index] ?? null,
      state: texts.state[index] ?? null,
      stage: texts.stage[index] ?? null,
    }));
    const stageAt = ({ stage }: CellRow): number => stages.indexOf(stage ?? '');
    rows.sort(
      (a, b) =>
        cloneRank(a.clone) - cloneRank(b.clone) ||
        stateRank(a.state) - stateRank(b.state) ||
        stageAt(a) - stageAt(b) ||
        a.index - b.index,
    );
    return { patient, rows: evenShare(rows, share) };
  });
}

/** A share of the rows, evenly spread from the first to the last; at least one. */
function evenShare(rows: readonly CellRow[], share: number): readonly CellRow[] {
  const n = Math.max(1, Math.floor(rows.length * share));
  return Array.from({ length: n }, (_, k) => rows[Math.floor(((k + 0.5) * rows.length) / n)] as CellRow);
}

/** Runs of cells of one clone, from top to bottom. */
export function cloneRuns(rows: readonly CellRow[]): readonly CloneRun[] {
  const runs: { clone: string | null; first: number; length: number }[] = [];
  rows.forEach(({ clone }, first) => {
    const last = runs[runs.length - 1];
    if (last?.clone === clone) last.length += 1;
    else runs.push({ clone, first, length: 1 });
  });
  return runs;
}

function cloneRank(clone: string | null): number {
  if (clone === null) return 1e6;
  return clone === referenceClone ? 1e7 : Number(clone) || 0;
}

function stateRank(state: string | null): number {
  if (state === 'persister') return 0;
  return state === null ? 2 : 1;
}
