import { type CellCounts } from '../cells/cell-counts.js';
import { type RunContext, rngFor } from '../core/context.js';
import type { Rng } from '../core/rng.js';
import { studentQuantile } from '../stats/distributions.js';
import type { Stage } from '../study/types.js';
import { axisMembers, geneFinder } from './find-genes.js';
import { groupComparison, type GroupPair } from './group-comparison.js';
import {
  type GroupProfiles,
  groupScore,
  type GroupSums,
  groupVariance,
  jackknifeDf,
  profileGroups,
  sumGroups,
} from './group-sums.js';
import { scoreAxes, type ScoreAxesOptions } from './score-axes.js';
import type { WeaknessAxis } from './sets/axis-gene.js';
import type { TumourCellState, AxisCellStates, StateContrastId, AxisStateRow } from './types.js';

/** Cells with what is known of each. */
export interface WeaknessCells {
  readonly cells: CellCounts;
  /** What each cell was called, for instance `normal: myeloid cell`. */
  readonly label: readonly string[];
  /** 1 for cells that count as tumour. */
  readonly tumour: Uint8Array;
  /** 1 called persister, 0 not, −1 where no call could be made. */
  readonly called: Int8Array;
}

/** One kind of cells of one patient at one stage. */
export interface StateGroup {
  readonly patient: string;
  readonly stage: Stage;
  readonly state: TumourCellState;
}

/** Tumour cells summed by patient, stage and state. */
export interface StateSums {
  readonly groups: readonly StateGroup[];
  readonly sums: GroupSums;
}

/** Sums the tumour cells of each patient by stage and persister call. */
export function sumStates(
  { cells, tumour, called }: WeaknessCells,
  axes: readonly WeaknessAxis[],
  context: RunContext,
): StateSums {
  const places = new Map<string, number>();
  const groups: StateGroup[] = [];
  const groupOf = Int32Array.from(cells.sampleOf, (sample, cell) => {
    if (tumour[cell] !== 1) return -1;
    const { patient, stage } = cells.samples[sample] as CellCounts['samples'][number];
    const state: TumourCellState = called[cell] === 1 ? 'persister' : called[cell] === 0 ? 'other' : 'all';
    const key = JSON.stringify([patient, stage, state]);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, groups.length);
    return groups.push({ patient, stage, state }) - 1;
  });
  const options = {
    nGroups: groups.length,
    tracked: trackedGenes(cells.genes, axes),
    rng: rngFor(context, 'weaknesses/cell-blocks'),
  };
  return { groups, sums: sumGroups(cells, groupOf, options) };
}

/** Positions of all genes of some axes. */
export function trackedGenes(genes: readonly string[], axes: readonly WeaknessAxis[]): readonly number[] {
  const find = geneFinder(genes);
  return [...new Set(axes.flatMap((axis) => axis.genes.flatMap((gene) => find(gene) ?? [])))];
}

/** What is compared, and how. */
export interface CellStatesOptions extends ScoreAxesOptions {
  readonly contrast: { readonly from: Stage; readonly to: Stage };
  /** Fewest cells of a kind in a patient. */
  readonly minimumCells: number;
}

/**
 * The axes in called persisters against other cells: within the stage under treatment, within the untreated stage, and
 * persisters under treatment against untreated cells. Counts are summed per patient and kind of cell, so that the patient
 * stays the unit; intervals of a patient hold the sampling of cells only.
 */
export function cellStates({ groups, sums }: StateSums, options: CellStatesOptions, rng: Rng): AxisCellStates {
  const profiles = profileGroups(sums, options.minimumCells);
  const { from, to } = options.contrast;
  const contrast = (id: StateContrastId, pairs: readonly GroupPair[]): AxisCellStates['contrasts'][number] => ({
    id,
    axes: scoreAxes(groupComparison(profiles, pairs), options, rng.split(id)),
  });
  const found = [
    contrast('persister-other-to', pairsOf(groups, [to, 'other'], [to, 'persister'])),
    contrast('persister-to-other-from', pairsOf(groups, [from, 'other'], [to, 'persister'])),
    contrast('persister-other-from', pairsOf(groups, [from, 'other'], [from, 'persister'])),
  ];
  const testable = found.some(({ axes }) => axes.some(({ verdict }) => verdict !== 'not testable'));
  const reasons = [
    {
      en: `fewer than three patients have ${String(options.minimumCells)} cells of each kind`,
      fr: `moins de trois patients ont ${String(options.minimumCells)} cellules de chaque sorte`,
    },
  ];
  return {
    status: testable ? 'ok' : 'not testable',
    reasons: testable ? [] : reasons,
    contrasts: found,
    rows: stateRows(groups, profiles, options),
  };
}

/** Pairs of groups of one patient, by stage and state. */
export function pairsOf(
  groups: readonly StateGroup[],
  from: readonly [Stage, TumourCellState],
  to: readonly [Stage, TumourCellState],
): readonly GroupPair[] {
  const place = (patient: string, [stage, state]: readonly [Stage, TumourCellState]): number =>
    groups.findIndex((group) => group.patient === patient && group.stage === stage && group.state === state);
  return [...new Set(groups.map(({ patient }) => patient))]
    .sort()
    .map((patient) => ({ patient, from: place(patient, from), to: place(patient, to) }))
    .filter((pair) => pair.from >= 0 && pair.to >= 0);
}

function stateRows(
  groups: readonly StateGroup[],
  profiles: GroupProfiles,
  { axes, excluded, contrast }: CellStatesOptions,
): readonly AxisStateRow[] {
  const { genes, totals, nCells } = profiles.sums;
  const isDetected = (g: number): boolean => groups.some((_, k) => (totals[k * genes.length + g] as number) > 0);
  const data = { genes, find: geneFinder(genes), excluded, isDetected };
  const half = studentQuantile(0.975, jackknifeDf);
  return axes.flatMap((axis) => {
    const { used } = axisMembers(axis, data);
    return groups.map(({ patient, stage, state }, k): AxisStateRow => {
      const base = groups.findIndex(
        (g) => g.patient === patient && g.stage === contrast.from && g.state !== 'persister',
      );
      const row = { axis: axis.id, patient, stage, state, nCells: nCells[k] as number };
      const usable = base >= 0 && profiles.usable[base] === true && profiles.usable[k] === true && used.length >= 3;
      if (!usable) return { ...row, difference: null, low: null, high: null };
      if (base === k) return { ...row, difference: 0, low: null, high: null };
      const difference = groupScore(profiles, used, k) - groupScore(profiles, used, base);
      const error = Math.sqrt(groupVariance(profiles, used, k) + groupVariance(profiles, used, base));
      return { ...row, difference, low: difference - half * error, high: difference + half * error };
    });
  });
}
