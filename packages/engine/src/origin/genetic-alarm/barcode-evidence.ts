import { assignClones } from '../lineages/assign-clones.js';
import type { LineageSampleInfo } from '../lineages/lineage-study.js';
import type { LineageRow } from '../lineages/lineages-from-table.js';
import type { GeneticEvidence } from './types.js';

/** State of the cells of a study: per sample, by cell, whether it is a persister. */
export type PersisterStates = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

/**
 * The lineage barcodes of a study as labels for `geneticAlarm`: one entry per patient with barcoded cells, the clone being the
 * only label. Cells whose barcodes cannot be told apart have none.
 *
 * @param states - cells without an entry have no known state
 */
export function barcodeEvidence(
  rows: readonly LineageRow[],
  samples: readonly LineageSampleInfo[],
  states: PersisterStates,
): readonly GeneticEvidence[] {
  const cells = samples.flatMap(({ sample, patient, stage }) => {
    const assigned = assignClones(rows.filter((row) => row.sample === sample));
    return assigned.cells.map((cell, i) => ({
      cell,
      sample,
      patient,
      stage,
      clone: assigned.clone[i] ?? null,
      persister: states.get(sample)?.get(cell) ?? null,
    }));
  });
  return [...new Set(cells.map(({ patient }) => patient))].map((patient) => {
    const own = cells.filter((cell) => cell.patient === patient);
    return {
      patient,
      source: 'barcode',
      abstained: null,
      cell: own.map(({ cell }) => cell),
      sample: own.map(({ sample }) => sample),
      stage: own.map(({ stage }) => stage),
      persister: own.map(({ persister }) => persister),
      labels: [{ name: 'clone', kind: 'clone', values: own.map(({ clone }) => clone) }],
    };
  });
}
