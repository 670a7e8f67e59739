import type { CellCounts } from '../cells/cell-counts.js';
import type { Rng } from '../core/rng.js';
import type { Stage } from '../study/types.js';
import { trackedGenes, type CellStatesOptions, type WeaknessCells } from './cell-states.js';
import { groupComparison, type GroupPair } from './group-comparison.js';
import { profileGroups, sumGroups } from './group-sums.js';
import { compartmentsOf, immuneCompartments } from './immune-compartments.js';
import { scoreAxes } from './score-axes.js';
import type { AhrActivity, AxisScore } from './types.js';

/** Without single cells. */
export const ahrWithoutCells: AhrActivity = {
  verdict: 'not testable',
  reasons: [
    {
      en: 'AhR has to be read in CD8 T cells, and the study has no single cells',
      fr: 'AhR doit être lu dans les lymphocytes T CD8, et l’étude n’a pas de cellules uniques',
    },
  ],
  compartments: [],
};

/**
 * AhR targets at one stage against another in the CD8 T, NK and myeloid cells of every patient. The verdict is that of CD8 T cells;
 * the others stand beside.
 *
 * @param options - `axes`: the AhR axis only
 */
export function ahrActivity(data: WeaknessCells, options: CellStatesOptions, rng: Rng): AhrActivity {
  const compartment = compartmentsOf(data.cells, data.label, data.tumour);
  const compartments = immuneCompartments.map((name, c) => {
    const nCells = compartment.reduce((sum, found) => sum + (found === c ? 1 : 0), 0);
    return { compartment: name, nCells, score: scoreCompartment(data, compartment, c, options, rng.split(name)) };
  });
  const [cd8] = compartments;
  const verdict = cd8?.score.verdict ?? 'not testable';
  return { verdict, reasons: verdict === 'not testable' ? (cd8?.score.reasons ?? []) : [], compartments };
}

function scoreCompartment(
  { cells }: WeaknessCells,
  compartment: Int8Array,
  wanted: number,
  options: CellStatesOptions,
  rng: Rng,
): AxisScore {
  const { pairs, groupOf, nGroups } = patientGroups(cells, compartment, wanted, options.contrast);
  const tracked = trackedGenes(cells.genes, options.axes);
  const sums = sumGroups(cells, groupOf, { nGroups, tracked, rng: rng.split('blocks') });
  const comparison = groupComparison(profileGroups(sums, options.minimumCells), pairs);
  return scoreAxes(comparison, options, rng.split('sets'))[0] as AxisScore;
}

/** Two groups per patient: the cells of the compartment at either stage. */
function patientGroups(
  cells: CellCounts,
  compartment: Int8Array,
  wanted: number,
  { from, to }: { readonly from: Stage; readonly to: Stage },
): { readonly pairs: readonly GroupPair[]; readonly groupOf: Int32Array; readonly nGroups: number } {
  const patients = [...new Set(cells.samples.map(({ patient }) => patient))].sort();
  const groupOf = Int32Array.from(cells.sampleOf, (sample, cell) => {
    const { patient, stage } = cells.samples[sample] as CellCounts['samples'][number];
    if (compartment[cell] !== wanted || (stage !== from && stage !== to)) return -1;
    return 2 * patients.indexOf(patient) + (stage === to ? 1 : 0);
  });
  return {
    pairs: patients.map((patient, p) => ({ patient, from: 2 * p, to: 2 * p + 1 })),
    groupOf,
    nGroups: 2 * patients.length,
  };
}
