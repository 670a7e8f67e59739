import type { CellCounts } from '../cells/cell-counts.js';
import type { PersisterCalls } from '../persisters/types.js';
import { compareText } from '../programme/compare-text.js';

/** The cells markers are compared between. `residual`: tumour cells under treatment, called or not. */
export const cellGroups = ['persister', 'residual', 'untreated', 'normal'] as const;

/** One of {@link cellGroups}. */
export type CellGroup = (typeof cellGroups)[number];

/** The good cells of a study with what is known about each. */
export interface MarkerCellInput {
  readonly cells: CellCounts;
  /** 1 for cells that count as tumour; the others are normal or host cells. */
  readonly tumour: Uint8Array;
  /** Cells the persister calls were made on, as positions among all cells, and the calls. */
  readonly tumourCells: Uint32Array;
  readonly persisters: Pick<PersisterCalls, 'contrast'> & {
    readonly cells: Pick<PersisterCalls['cells'], 'called'>;
    readonly patients: readonly Pick<PersisterCalls['patients'][number], 'patient' | 'verdict' | 'genes'>[];
  };
}

/** Which cells of which patient are in which group, as positions among all cells. */
export interface GroupedCells {
  /** Patients with cells, sorted. */
  readonly patients: readonly string[];
  /** Per patient the cells of each group; persisters are part of `residual` too. */
  readonly members: readonly Readonly<Record<CellGroup, Uint32Array>>[];
}

/**
 * Sorts cells into groups by patient: called persisters under treatment, all tumour cells under treatment, untreated tumour
 * cells that were not called, and normal or host cells of any stage.
 */
export function groupCells(input: MarkerCellInput): GroupedCells {
  const { cells, tumour, tumourCells, persisters } = input;
  const { from, to } = persisters.contrast;
  const called = new Uint8Array(cells.barcodes.length);
  tumourCells.forEach((cell, i) => {
    called[cell] = persisters.cells.called[i] as number;
  });
  const patients = [...new Set(cells.samples.map(({ patient }) => patient))].sort(compareText);
  const lists = patients.map(() => ({ persister: [], residual: [], untreated: [], normal: [] }));
  for (let cell = 0; cell < called.length; cell++) {
    const { patient, stage } = cells.samples[cells.sampleOf[cell] as number] as CellCounts['samples'][number];
    const own = lists[patients.indexOf(patient)] as Record<CellGroup, number[]>;
    if (tumour[cell] !== 1) own.normal.push(cell);
    else if (stage === to) {
      own.residual.push(cell);
      if (called[cell] === 1) own.persister.push(cell);
    } else if (stage === from && called[cell] !== 1) own.untreated.push(cell);
  }
  const members = lists.map((own) => ({
    persister: Uint32Array.from(own.persister),
    residual: Uint32Array.from(own.residual),
    untreated: Uint32Array.from(own.untreated),
    normal: Uint32Array.from(own.normal),
  }));
  return { patients, members };
}
