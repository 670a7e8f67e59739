import { createTable, type Table } from '../../data/table.js';
import type { GateMarker, GatePatient, GatePerformance } from '../../markers/gate-performance.js';
import type { MarkerGates } from '../../markers/marker-gates.js';
import { columnsOf } from './column.js';

/** Tables of the gates; empty where no gate could be tried. */
export function gateTables(gates: MarkerGates): readonly Table[] {
  return [markerGatesTable(gates), gatePatientsTable(gates)];
}

/** A gate in the words of a flow laboratory, for instance `ABCA1+ KRT8−`. */
export function gateName(markers: readonly Pick<GateMarker, 'gene' | 'sign'>[]): string {
  return markers.map(({ gene, sign }) => `${gene}${sign}`).join(' ');
}

/** One row per gate and way of measuring it. */
function markerGatesTable({ sizes }: MarkerGates): Table {
  const rows = sizes.flatMap(({ size, gates, nested, pValue }) => [
    ...gates.flatMap(({ rank, markers, apparent, crossPatient }) => [
      { size, rank, markers, how: 'cross-patient', performance: crossPatient, pValue: null },
      { size, rank, markers, how: 'apparent', performance: apparent, pValue: null },
    ]),
    { size, rank: null, markers: [] as readonly GateMarker[], how: 'nested', performance: nested, pValue },
  ]);
  const { text, number } = columnsOf<(typeof rows)[number]>(rows);
  const of = (pick: (performance: GatePerformance) => number | null) => (row: (typeof rows)[number]) =>
    pick(row.performance);
  return createTable('marker_gates', 'Gates of one to three markers and how they do on other patients', [
    number('size', 'Markers', (r) => r.size),
    number('rank', 'Rank among gates of that size; empty for the choice made anew without each patient', (r) => r.rank),
    text('gate', 'Markers kept (+) and excluded (−)', (r) => (r.markers.length === 0 ? null : gateName(r.markers))),
    text('levels', 'Counts per 10,000 from which a cell is positive; 0 is any count', (r) =>
      r.markers.length === 0 ? null : r.markers.map(({ gene, level }) => `${gene} ${String(level)}`).join('; '),
    ),
    text(
      'measured',
      'nested: chosen without the patient. cross-patient: thresholds without the patient. apparent: on the patients it was chosen on',
      (r) => r.how,
    ),
    number(
      'patients',
      'Patients',
      of((p) => p.patients.length),
    ),
    number(
      'sensitivity',
      'Share of persister cells kept, mean over patients',
      of((p) => p.sensitivity.value),
    ),
    number(
      'sensitivity_low',
      'Lower end of its 95 % interval over patients',
      of((p) => p.sensitivity.low),
    ),
    number(
      'sensitivity_high',
      'Upper end of its 95 % interval over patients',
      of((p) => p.sensitivity.high),
    ),
    number(
      'specificity',
      'Share of untreated tumour cells left out, mean over patients',
      of((p) => p.specificity.value),
    ),
    number(
      'specificity_low',
      'Lower end of its 95 % interval over patients',
      of((p) => p.specificity.low),
    ),
    number(
      'specificity_high',
      'Upper end of its 95 % interval over patients',
      of((p) => p.specificity.high),
    ),
    number(
      'specificity_normal',
      'Share of normal or host cells left out',
      of((p) => p.specificityNormal.value),
    ),
    number(
      'youden',
      'Sensitivity + lower specificity − 1, mean over patients',
      of((p) => p.youden.value),
    ),
    number(
      'youden_low',
      'Lower end of its 95 % interval over patients',
      of((p) => p.youden.low),
    ),
    number(
      'youden_high',
      'Upper end of its 95 % interval over patients',
      of((p) => p.youden.high),
    ),
    number('p_shuffled', 'P against labels shuffled within patients, the whole choice repeated', (r) => r.pValue),
  ]);
}

/** One row per size and left-out patient: the gate chosen without it, measured on it. */
function gatePatientsTable({ sizes }: MarkerGates): Table {
  const rows = sizes.flatMap(({ size, nested }) =>
    nested.patients.map((patient, p): GatePatient & { size: number; chosen: readonly GateMarker[] } => ({
      ...patient,
      size,
      chosen: nested.chosen[p] ?? [],
    })),
  );
  const { text, number } = columnsOf(rows);
  return createTable('marker_gate_patients', 'The gate chosen without each patient, on that patient', [
    number('size', 'Markers', (r) => r.size),
    text('patient', 'Patient left out', (r) => r.patient),
    text('gate', 'Gate chosen on the others', (r) => gateName(r.chosen)),
    text('levels', 'Counts per 10,000 from which a cell is positive; 0 is any count', (r) =>
      r.chosen.map(({ gene, level }) => `${gene} ${String(level)}`).join('; '),
    ),
    number('n_persister', 'Persister cells', (r) => r.nPersister),
    number('n_untreated', 'Untreated tumour cells', (r) => r.nUntreated),
    number('n_normal', 'Normal or host cells', (r) => r.nNormal),
    number('sensitivity', 'Share of persister cells kept', (r) => r.sensitivity.value),
    number('sensitivity_low', 'Lower end of its exact 95 % interval over cells', (r) => r.sensitivity.low),
    number('sensitivity_high', 'Upper end of its exact 95 % interval over cells', (r) => r.sensitivity.high),
    number('specificity', 'Share of untreated tumour cells left out', (r) => r.specificity.value),
    number('specificity_normal', 'Share of normal or host cells left out', (r) => r.specificityNormal),
    number('youden', 'Sensitivity + lower specificity − 1', (r) => r.youden),
  ]);
}
