import type { Estimate } from '../../core/method.js';
import { type Column, createTable, type Table } from '../../data/table.js';
import type { CellReversal, ReversalArm, StageDistances } from '../../origin/cell-reversal/index.js';
import { type ColumnsOf, columnsOf } from './column.js';

/** Tables of reversal at cell level; none where it was not looked at. */
export function cellReversalTables(found: CellReversal | null): readonly Table[] {
  return found === null ? [] : [armsTable(found), nullTable(found), positionsTable(found)];
}

function armsTable({ patients }: CellReversal): Table {
  const rows = patients.flatMap((patient) => patient.arms.map((arm) => ({ patient, arm })));
  const columns = columnsOf(rows);
  const { text, number } = columns;
  const estimate = estimateOf(columns);
  const axis = (arm: ReversalArm): StageDistances | undefined => inSpace(arm, 'transcriptome axis');
  return createTable('cell_reversal', 'Where the relapse cells of every patient and arm sit', [
    text('patient', 'Patient', (r) => r.patient.patient),
    text('arm', 'Relapse samples of one treatment', (r) => r.arm.arm),
    text('verdict', 'returned, partly returned, not returned, cannot tell or not testable', (r) => r.arm.verdict),
    text('status', 'ok, or why there is no estimate', (r) => r.arm.status),
    text('reason', 'Why', (r) => r.arm.reasons.join('; ')),
    ...estimate(
      'index',
      '1 − (r − u)/(p − u) of mean cell positions: 1 back at untreated, 0 as residual',
      (r) => r.arm.measure?.index,
    ),
    ...estimate(
      'programme_index',
      'The same on the axis of the shared programme',
      (r) => r.arm.measure?.programmeIndex,
    ),
    ...estimate(
      'others_index',
      'The index of the relapse cells that are not in the persister state',
      (r) => r.arm.measure?.othersIndex,
    ),
    text(
      'interval_basis',
      'replicates, or technical only (cells of single samples)',
      (r) => r.arm.measure?.basis ?? null,
    ),
    number(
      'fraction_untreated',
      'Fraction in the persister state before treatment, as called',
      (r) => r.arm.fractions.from?.value,
    ),
    number('fraction_residual', 'Under treatment', (r) => r.arm.fractions.to?.value),
    number('fraction_relapse', 'At relapse', (r) => r.arm.fractions.back?.value),
    number('fraction_relapse_low', 'Lower end of its 95 % interval', (r) => r.arm.fractions.back?.low),
    number('fraction_relapse_high', 'Upper end of its 95 % interval', (r) => r.arm.fractions.back?.high),
    text('subpopulation', 'yes: most cells went back while a minority stays in the state', (r) =>
      yesNo(r.arm.subpopulation),
    ),
    text('off_the_line', 'yes: the relapse lies away from the line between untreated and residual', (r) =>
      yesNo(r.arm.offTheLine),
    ),
    ...estimate(
      'distance_ratio',
      'Relapse–untreated over residual–untreated Wasserstein distance along the axis, null taken out',
      (r) => axis(r.arm)?.ratio,
    ),
    number('n_untreated', 'Untreated tumour cells', (r) => r.arm.nCells.from),
    number('n_residual', 'Residual tumour cells', (r) => r.arm.nCells.to),
    number('n_relapse', 'Relapse tumour cells', (r) => r.arm.nCells.back),
    number(
      'depth_untreated',
      'Median counts of untreated cells, as sequenced',
      (r) => r.arm.measure?.depth.before.from,
    ),
    number('depth_residual', 'Of residual cells', (r) => r.arm.measure?.depth.before.to),
    number('depth_relapse', 'Of relapse cells', (r) => r.arm.measure?.depth.before.back),
    number('depth_compared', 'Of all three after matching', (r) => r.arm.measure?.depth.after.back),
    text('samples_residual', 'Residual samples it is compared with', (r) => r.arm.samples.to.join(' ')),
    text('samples_relapse', 'Relapse samples of the arm', (r) => r.arm.samples.back.join(' ')),
    text('patient_verdict', 'Verdict over the arms of the patient', (r) => r.patient.verdict),
    text('sample_verdict', 'Verdict of the index over samples', (r) => r.patient.sampleLevel?.verdict ?? null),
    number('sample_index', 'Index over samples, corrected for noise', (r) => r.patient.sampleLevel?.index?.value),
    text('agrees', 'Whether cells and samples say the same; empty where either cannot tell', (r) =>
      yesNo(r.patient.agrees),
    ),
  ]);
}

/** One row per distance: between two stages, and between two halves of one stage. */
function nullTable({ patients, contrast }: CellReversal): Table {
  const rows = patients.flatMap(({ arms }) =>
    arms.flatMap((arm) => (arm.measure?.distances ?? []).flatMap((space) => distanceRows(arm, space))),
  );
  const { text, number } = columnsOf(rows);
  return createTable('cell_reversal_null', 'Distances between stages beside those within a stage', [
    text('patient', 'Patient', (r) => r.arm.patient),
    text('arm', 'Relapse samples of one treatment', (r) => r.arm.arm),
    text(
      'space',
      'transcriptome axis, programme axis (Wasserstein) or components (sliced Wasserstein)',
      (r) => r.space,
    ),
    text('kind', 'between stages, or within one: the null', (r) => (r.from === r.to ? 'within' : 'between')),
    text('first', 'Stage', (r) => contrast[r.from]),
    text('second', 'Stage it is compared with', (r) => contrast[r.to]),
    text('unit', 'What was cut in two for the null: samples or cells', (r) => r.unit),
    number('n_cells', 'Cells of either side in every draw', (r) => r.nCells),
    number('distance', 'Mean over draws', (r) => r.distance.mean),
    number('low', '5 % quantile of the draws', (r) => r.distance.low),
    number('high', '95 % quantile of the draws', (r) => r.distance.high),
    number('ratio', 'Relapse–untreated over residual–untreated, null taken out', (r) => r.ratio),
    text('separable', 'Whether residual and untreated lie further apart than halves of either do', (r) =>
      yesNo(r.separable),
    ),
    text('back', 'Whether the relapse lies within the null of untreated, or within the margin', (r) => yesNo(r.back)),
  ]);
}

type Part = 'from' | 'to' | 'back';

function distanceRows(arm: ReversalArm, found: StageDistances): readonly DistanceRow[] {
  const { space, nCells, separable, back } = found;
  const row = (from: Part, to: Part, distance: DistanceRow['distance'], unit: string | null): DistanceRow => {
    const ratio = from === 'back' && to === 'from' ? (found.ratio.value ?? NaN) : NaN;
    return { arm, space, nCells, separable, back, from, to, distance, unit, ratio };
  };
  return [
    row('to', 'from', found.residualUntreated, null),
    row('back', 'from', found.relapseUntreated, null),
    row('back', 'to', found.relapseResidual, null),
    ...found.nulls.map((own) => row(own.part, own.part, own, own.unit)),
  ];
}

interface DistanceRow extends Pick<StageDistances, 'space' | 'nCells' | 'separable' | 'back'> {
  readonly arm: ReversalArm;
  readonly from: Part;
  readonly to: Part;
  readonly distance: StageDistances['relapseUntreated'];
  readonly unit: string | null;
  readonly ratio: number;
}

function positionsTable({ patients, contrast }: CellReversal): Table {
  const rows = patients.flatMap(({ arms }) =>
    arms.flatMap((arm) => (arm.measure?.positions ?? []).map((summary) => ({ arm, ...summary }))),
  );
  const { text, number } = columnsOf(rows);
  return createTable('cell_reversal_positions', 'Positions of the cells of each stage between untreated and residual', [
    text('patient', 'Patient', (r) => r.arm.patient),
    text('arm', 'Relapse samples of one treatment', (r) => r.arm.arm),
    text('axis', 'transcriptome axis (the patient’s own, cross-fitted) or programme axis', (r) => r.space),
    text('stage', 'Stage', (r) => contrast[r.part]),
    number('n_cells', 'Cells', (r) => r.nCells),
    number('mean', 'Mean position: 0 mean untreated, 1 mean residual', (r) => r.mean),
    number('q05', '5 % quantile of the cells', (r) => r.quantiles.q05),
    number('q25', '25 % quantile', (r) => r.quantiles.q25),
    number('median', 'Median', (r) => r.quantiles.q50),
    number('q75', '75 % quantile', (r) => r.quantiles.q75),
    number('q95', '95 % quantile', (r) => r.quantiles.q95),
  ]);
}

/** An estimate as three columns: value and the ends of its 90 % interval. */
function estimateOf<R>({ number }: ColumnsOf<R>) {
  return (name: string, description: string, pick: (row: R) => Estimate | null | undefined): readonly Column[] => [
    number(name, description, (row) => pick(row)?.value),
    number(`${name}_low`, 'Lower end of its 90 % interval', (row) => pick(row)?.low),
    number(`${name}_high`, 'Upper end of its 90 % interval', (row) => pick(row)?.high),
  ];
}

function inSpace({ measure }: ReversalArm, space: StageDistances['space']): StageDistances | undefined {
  return measure?.distances.find((d) => d.space === space);
}

function yesNo(value: boolean | null): string | null {
  return value === null ? null : value ? 'yes' : 'no';
}
