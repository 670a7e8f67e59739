import { createTable, type Table } from '../../data/table.js';
import { markerTable } from '../../markers/marker-table.js';
import type { Analysis } from '../../claims/analysis.js';
import { columnsOf } from './column.js';

/** All tables about markers tested by name. */
export function markerTables(analysis: Analysis): readonly Table[] {
  return [namedMarkersTable(analysis), markerTable(analysis.namedMarkers)];
}

/** One row per marker and patient, and one for all patients together. */
function namedMarkersTable({ namedMarkers }: Analysis): Table {
  const rows = namedMarkers.flatMap((marker) => [
    ...marker.patients.map((patient) => ({ marker, ...patient })),
    {
      marker,
      patient: 'all',
      effect: marker.pooled.value ?? NaN,
      low: marker.pooled.low,
      high: marker.pooled.high,
    },
  ]);
  const { text, number } = columnsOf(rows);
  return createTable('named_markers', 'Markers tested by name, patient by patient', [
    text('gene', 'Gene', (r) => r.marker.gene),
    text('patient', 'Patient; "all" is the mean over patients', (r) => r.patient),
    number('log2_fold_change', 'log2 fold change', (r) => r.effect),
    number('low', 'Lower end of its 95 % interval', (r) => r.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.high),
    number(
      'rank',
      'Rank among all genes by t of the model of all samples, 1 = most raised',
      (r) => r.marker.fixedEffect?.rank,
    ),
    number('p_adjusted', 'Patient-level P adjusted for the genes named', (r) => r.marker.pAdjustedNamed),
  ]);
}
