import { log2 } from '../core/pinned-math.js';
import type { CollectedCells } from './collect-genes.js';
import type { CellCovariate } from './confounder-adjustment.js';
import type { SampleRole } from './options.js';
import { forEachCount } from './untreated-profile.js';

/** Sets of confounder genes that cells are scored for. */
export type ScoredSet = 's-phase' | 'g2m-phase' | 'dissociation' | 'stress' | 'mitochondrial';

/** What confounders of one patient's cells are scored from. */
export interface ConfounderInput {
  readonly cells: CollectedCells;
  readonly sampleOf: Uint32Array;
  readonly roles: readonly SampleRole[];
  /** Place of each scored confounder set; −1 where none of its genes is measured. */
  readonly sets: Readonly<Record<ScoredSet, number>>;
  /** Measured before; null where it was not. */
  readonly ambient: Float64Array | null;
  readonly mitochondrialFraction: Float64Array | null;
}

/** Scores of every confounder: log2 of a set's counts over their untreated expectation, log2 depth, and what was measured before. */
export function confounderScores(input: ConfounderInput): readonly CellCovariate[] {
  const { cells, sets, mitochondrialFraction, ambient } = input;
  const scored = (['s-phase', 'g2m-phase', 'dissociation', 'stress'] as const).flatMap((name) =>
    sets[name] < 0 ? [] : [{ name, values: setScore(input, sets[name]) }],
  );
  const mitochondrial = mitochondrialFraction ?? (sets.mitochondrial < 0 ? null : shareOf(cells, sets.mitochondrial));
  const depth = cells.total.map((total) => (total > 0 ? log2(total) : NaN));
  const extra = (name: string, values: Float64Array | null): CellCovariate[] =>
    values === null ? [] : [{ name, values }];
  return [...scored, ...extra('mitochondrial', mitochondrial), ...extra('depth', depth), ...extra('ambient', ambient)];
}

function setScore({ cells, sampleOf, roles }: ConfounderInput, slot: number): Float64Array {
  const counts = countsOf(cells, slot);
  let all = 0;
  let depth = 0;
  sampleOf.forEach((j, c) => {
    if (roles[j] !== 'from') return;
    all += counts[c] as number;
    depth += cells.depth[c] as number;
  });
  const rate = all / depth;
  return counts.map((count, c) => log2((count + 0.5) / (rate * (cells.depth[c] as number) + 0.5)));
}

/** Counts of one collected place in every cell. */
export function countsOf(cells: CollectedCells, wanted: number): Float64Array {
  const counts = new Float64Array(cells.nCells);
  for (let c = 0; c < cells.nCells; c++) {
    forEachCount(cells, c, (slot, count) => {
      if (slot === wanted) counts[c] = (counts[c] as number) + count;
    });
  }
  return counts;
}

function shareOf(cells: CollectedCells, slot: number): Float64Array {
  return countsOf(cells, slot).map((count, c) => count / (cells.total[c] as number));
}
