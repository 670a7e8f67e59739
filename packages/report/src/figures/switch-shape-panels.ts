import type { ReportContext } from '../report-context.js';
import { numbersOrMissing, type ReadTable, readColumns, textsOrMissing } from '../tables/read-columns.js';
import type { FittedState } from './activity-densities.js';

/** The columns every patient needs. */
export type SwitchShapes = ReadTable<'two_over_graded' | 'two_over_graded_se', 'patient' | 'verdict'>;

/** The shapes that are fitted to every sample. */
export const fittedShapes = ['two-state', 'graded', 'mixture'] as const;

/** One of {@link fittedShapes}. */
export type FittedShapeName = (typeof fittedShapes)[number];

/** One patient: cells, fits and verdict. */
export interface ShapePanel {
  readonly patient: string;
  readonly verdict: string;
  /** The numbers of the verdict, in two parts that fit one line where there is room. */
  readonly numbers: readonly [string, string];
  /** The controls, or what holds the verdict back. */
  readonly remark: string;
  readonly untreated: readonly number[];
  readonly treated: readonly number[];
  readonly fits: Readonly<Record<FittedShapeName, readonly FittedState[]>>;
}

/** Stages as the table of cells names them. */
export interface StageNames {
  readonly from: string;
  readonly to: string;
}

const controlColumns = ['half_depth', 'deep_cells', 'shallow_cells', 'without_doublets'] as const;

/** The patients that have cells or fits to draw. */
export function shapePanels(context: ReportContext, read: SwitchShapes, stages: StageNames): readonly ShapePanel[] {
  const cellsOf = cellActivities(context);
  const statesOf = fittedStates(context);
  return [...read.texts.patient.keys()]
    .filter((i) => Number.isFinite(read.numbers.two_over_graded[i]))
    .map((i): ShapePanel => {
      const patient = read.texts.patient[i] ?? '';
      return {
        patient,
        verdict: read.texts.verdict[i] ?? '',
        numbers: numbersOf(context, read, i),
        remark: remarkOf(context, read, i),
        untreated: cellsOf(patient, stages.from),
        treated: cellsOf(patient, stages.to),
        fits: statesOf(patient),
      };
    })
    .filter(({ treated, fits }) => treated.length > 0 || fits.graded.length > 0);
}

function numbersOf(context: ReportContext, read: SwitchShapes, i: number): readonly [string, string] {
  const text = context.text.figures.switch.shape;
  const { signed, fixed, pValue } = context.number;
  const of = (column: string): number => numbersOrMissing(context.result, 'switch_shape', column)[i] ?? NaN;
  const [advantage, error] = [read.numbers.two_over_graded[i] as number, read.numbers.two_over_graded_se[i] as number];
  const [cells, separation, dip] = [of('n_cells'), of('separation'), of('dip_p_value')];
  return [
    [
      ...(Number.isFinite(cells) ? [text.cells(cells)] : []),
      text.advantage(signed(advantage, 3), fixed(error, 3)),
    ].join(' · '),
    [
      ...(Number.isFinite(separation) ? [`D ${fixed(separation, 1)}`] : []),
      ...(Number.isFinite(dip) ? [text.dip(pValue(dip))] : []),
    ].join(' · '),
  ];
}

function remarkOf(context: ReportContext, read: SwitchShapes, i: number): string {
  const reason = textsOrMissing(context.result, 'switch_shape', 'reason')[i] ?? '';
  return reason === '' ? controlsOf(context, read, i) : context.text.figures.switch.reason(reason);
}

function controlsOf(context: ReportContext, { texts }: SwitchShapes, i: number): string {
  const said = controlColumns
    .map((column) => textsOrMissing(context.result, 'switch_shape', column)[i] ?? '')
    .filter((verdict) => verdict !== '');
  const alike = said.filter((verdict) => verdict === texts.verdict[i]).length;
  return said.length === 0 ? '' : context.text.figures.switch.shape.controls(alike, said.length);
}

/** Activities of the cells of a patient at a stage. */
function cellActivities(context: ReportContext): (patient: string, stage: string) => readonly number[] {
  const read = readColumns(context.result, 'cells', { numbers: ['persister_activity'], texts: ['patient', 'stage'] });
  if (!read.found) return () => [];
  const groups = new Map<string, number[]>();
  read.numbers.persister_activity.forEach((activity, cell) => {
    if (!Number.isFinite(activity)) return;
    const key = JSON.stringify([read.texts.patient[cell], read.texts.stage[cell]]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [activity]);
    else group.push(activity);
  });
  return (patient, stage) => groups.get(JSON.stringify([patient, stage])) ?? [];
}

/** The states of every shape over the samples of a patient, samples weighing by their cells. */
function fittedStates(
  context: ReportContext,
): (patient: string) => Readonly<Record<FittedShapeName, readonly FittedState[]>> {
  const read = readColumns(context.result, 'switch_states', {
    numbers: ['n_cells', 'median_standard_error', 'share', 'mean', 'spread'],
    texts: ['sample', 'patient', 'shape'],
  });
  if (!read.found) return () => ({ 'two-state': [], graded: [], mixture: [] });
  const { numbers, texts } = read;
  return (patient) => {
    const mine = [...texts.patient.keys()].filter((i) => texts.patient[i] === patient);
    const sizes = new Map(mine.map((i) => [texts.sample[i], numbers.n_cells[i] as number]));
    const nCells = [...sizes.values()].reduce((sum, n) => sum + n, 0);
    const stateOf = (i: number): FittedState => {
      const [spread, noise] = [numbers.spread[i] as number, numbers.median_standard_error[i] as number];
      return {
        share: ((numbers.share[i] as number) * (numbers.n_cells[i] as number)) / nCells,
        mean: numbers.mean[i] as number,
        deviation: Math.sqrt(spread * spread + noise * noise),
      };
    };
    const of = (shape: FittedShapeName): readonly FittedState[] =>
      mine
        .filter((i) => texts.shape[i] === shape)
        .map(stateOf)
        .filter(({ share, mean, deviation }) => Number.isFinite(share * mean) && deviation > 0);
    return { 'two-state': of('two-state'), graded: of('graded'), mixture: of('mixture') };
  };
}
