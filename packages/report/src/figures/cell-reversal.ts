import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import type { LegendItem } from '../svg/legend.js';
import type { Shape } from '../svg/marks.js';
import { ink, okabeIto, stageColour } from '../svg/palette.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut } from './figure.js';
import { drawForest, type ForestEstimate, type ForestSpan } from './forest.js';
import { rowsByPatient } from './patient-rows.js';
import { axisPositions, type CellSpread, type HomeBands, homeBands } from './reversal-bands.js';

type ArmRows = ReadTable<'index' | 'index_low' | 'index_high', 'patient' | 'arm' | 'verdict'>;

/** Faint colours of the spans behind the marks. */
const tints = { from: '#cfe2f0', to: '#f6dccb', spread: '#bfe0d5', quartiles: '#86c7b2' } as const;

/** Where the relapse cells of every arm lie between untreated, 0, and residual, 1. */
export function drawCellReversal(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'cell_reversal', {
    numbers: ['index', 'index_low', 'index_high'],
    texts: ['patient', 'arm', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const text = context.text.figures.origin.cellReversal;
  const isTested = (i: number): boolean =>
    read.texts.verdict[i] !== 'not testable' && Number.isFinite(read.numbers.index[i]);
  const tested = [...read.texts.patient.keys()].filter(isTested);
  const untested = [...read.texts.patient.keys()].filter((i) => !isTested(i));
  if (tested.length === 0) return { kind: 'left-out', reason: text.noneTestable };
  const contrast = contrastWords(context);
  const { rows, spacing } = rowsByPatient(
    tested.map((i) => ({ patient: read.texts.patient[i] ?? '', row: rowOf(context, read, i) })),
  );
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['cell_reversal', 'cell_reversal_positions', 'cell_reversal_null'],
    caption: text.caption(contrast),
    svg: drawForest({
      id: figureName('cell-reversal'),
      title: context.text.figureTitles['cell-reversal'],
      description: text.description(tested.length, untested.length),
      axisTitle: text.axis(contrast),
      labelHeader: text.arm,
      rows,
      spacing,
      left: [context.text.words.cells],
      right: [text.position, text.fraction, text.verdictHeader],
      references: [0, 1],
      band: null,
      legend: legendOf(context, read, tested),
      notes: untestedNotes(context, read, untested),
      number: context.number,
    }),
  };
}

const shapeOf: Readonly<Record<string, Shape>> = { 'partly returned': 'diamond', 'not returned': 'square' };
const colourOf: Readonly<Record<string, string>> = {
  returned: okabeIto.green,
  'not returned': okabeIto.vermillion,
  'partly returned': ink.text,
};

function rowOf(context: ReportContext, read: ArmRows, i: number): ForestEstimate {
  const { result, number } = context;
  const at = (name: string): number => numbersOrMissing(result, 'cell_reversal', name)[i] ?? NaN;
  const verdict = read.texts.verdict[i] ?? '';
  const text = context.text.figures.origin.cellReversal;
  const position = 1 - (read.numbers.index[i] as number);
  const [low, high] = [1 - (read.numbers.index_high[i] as number), 1 - (read.numbers.index_low[i] as number)];
  const [patient, arm] = [read.texts.patient[i] ?? '', read.texts.arm[i] ?? ''];
  const range = number.interval(low, high);
  return {
    kind: 'estimate',
    label: arm,
    remark: null,
    value: position,
    tick: 1 - at('sample_index'),
    low,
    high,
    shape: shapeOf[verdict] ?? 'circle',
    colour: colourOf[verdict] ?? ink.muted,
    fill: isTechnical(context, i) ? 'hollow' : 'filled',
    weight: 'single',
    behind: [
      ...bandSpans(homeBands(context, patient, arm)),
      ...spreadSpans(axisPositions(context, { patient, arm, part: 'back' })),
    ],
    left: [number.integer(at('n_relapse'))],
    right: [
      range === '' ? number.fixed(position) : `${number.fixed(position)} [${range}]`,
      fractionText(context, [at('fraction_relapse'), at('fraction_relapse_low'), at('fraction_relapse_high')]),
      text.verdict(verdict),
    ],
  };
}

function isTechnical({ result }: ReportContext, i: number): boolean {
  return textsOrMissing(result, 'cell_reversal', 'interval_basis')[i] === 'technical only';
}

function fractionText({ number }: ReportContext, [value, low, high]: readonly [number, number, number]): string {
  if (!Number.isFinite(value)) return '';
  const decimals = value < 0.1 ? 1 : 0;
  const written = number.percent(value, decimals);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return written;
  return `${written} [${number.fixed(100 * low, decimals)}–${number.fixed(100 * high, decimals)}]`;
}

function bandSpans({ from, to }: HomeBands): readonly ForestSpan[] {
  return [
    { low: -from, high: from, colour: tints.from, height: 20 },
    { low: 1 - to, high: 1 + to, colour: tints.to, height: 20 },
  ].filter(({ low }) => Number.isFinite(low));
}

function spreadSpans(spread: CellSpread | null): readonly ForestSpan[] {
  if (spread === null) return [];
  const { q05, q25, q75, q95 } = spread;
  return [
    { low: q05, high: q95, colour: tints.spread, height: 6 },
    { low: q25, high: q75, colour: tints.quartiles, height: 11 },
  ].filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
}

function legendOf(context: ReportContext, read: ArmRows, tested: readonly number[]): readonly LegendItem[] {
  const text = context.text.figures.origin.cellReversal;
  const words = contrastWords(context);
  const verdicts = ['returned', 'partly returned', 'not returned', 'cannot tell'].filter((verdict) =>
    tested.some((i) => read.texts.verdict[i] === verdict),
  );
  const samples = numbersOrMissing(context.result, 'cell_reversal', 'sample_index');
  return [
    ...verdicts.map(
      (verdict): LegendItem => ({
        text: text.verdict(verdict),
        shape: shapeOf[verdict] ?? 'circle',
        fill: colourOf[verdict] ?? ink.muted,
      }),
    ),
    ...(tested.some((i) => isTechnical(context, i))
      ? [{ text: text.technical, shape: 'circle', fill: ink.paper, stroke: ink.muted } as const]
      : []),
    ...(tested.some((i) => Number.isFinite(samples[i]))
      ? [{ text: text.sampleLevel, shape: 'tick', fill: ink.text } as const]
      : []),
    { text: text.band(words.from), shape: 'square', fill: tints.from, stroke: stageColour('untreated') },
    { text: text.band(words.to), shape: 'square', fill: tints.to, stroke: stageColour('residual') },
    { text: text.quartiles, shape: 'square', fill: tints.quartiles },
    { text: text.spread, shape: 'square', fill: tints.spread },
  ];
}

function untestedNotes(context: ReportContext, read: ArmRows, rows: readonly number[]): readonly string[] {
  const text = context.text.figures.origin.cellReversal;
  const reasons = textsOrMissing(context.result, 'cell_reversal', 'reason');
  const groups = new Map<string, string[]>();
  for (const i of rows) {
    const [patient, arm] = [read.texts.patient[i] ?? '', read.texts.arm[i] ?? ''];
    const reason = text.reason(reasons[i] ?? '', context.text.stage);
    groups.set(reason, [...(groups.get(reason) ?? []), arm === '' ? patient : `${patient} · ${arm}`]);
  }
  return [...groups].map(([reason, arms]) => text.notTestable(arms, reason));
}
