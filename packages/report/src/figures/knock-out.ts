import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import type { LegendItem } from '../svg/legend.js';
import { ink, okabeIto } from '../svg/palette.js';
import { numbersOrMissing, type ReadTable, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate } from './forest.js';
import { namesByReason } from './names-by-reason.js';

type KnockOutRows = ReadTable<'knock_out' | 'low' | 'high' | 'null_95', 'regulator' | 'status'>;

/** Regulators on one page. */
const mostRows = 24;
const bandColour = '#e2e5e9';
const beyondColour = okabeIto.blue;

/** How far residual tumours are predicted to go back without each regulator, against random regulons. */
export function drawKnockOut(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'knock_out', {
    numbers: ['knock_out', 'low', 'high', 'null_95'],
    texts: ['regulator', 'status'],
  });
  if (!read.found) return leftOut(context, read);
  const order = [...read.texts.regulator.keys()];
  const isTested = (i: number): boolean => Number.isFinite(read.numbers.knock_out[i]);
  const tested = order.filter(isTested);
  const untested = order.filter((i) => !isTested(i));
  if (tested.length === 0) return nothingToDraw(context, 'knock_out');
  const text = context.text.figures.switch.knockOut;
  const contrast = contrastWords(context);
  const hidden = Math.max(0, tested.length - mostRows);
  const rows = tested.slice(0, mostRows).map((i) => rowOf(context, read, i));
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['knock_out', 'knock_out_patients'],
    caption: text.caption(contrast),
    svg: drawForest({
      id: figureName('knock-out'),
      title: context.text.figureTitles['knock-out'],
      description: text.description(tested.length, untested.length),
      axisTitle: text.axis(contrast),
      labelHeader: text.regulator,
      rows,
      left: [],
      right: [text.share, text.patients, text.random],
      references: [0],
      band: null,
      legend: legendOf(context, rows),
      notes: [...(hidden > 0 ? [text.more(hidden)] : []), ...untestedNotes(context, read, untested)],
      number: context.number,
    }),
  };
}

/** Shares in per cent: the axis, the points and the words agree. */
const percentOf = (share: number): number => 100 * share;

function rowOf(context: ReportContext, read: KnockOutRows, i: number): ForestEstimate {
  const { fixed, interval, pValue } = context.number;
  const { switch: words } = context.text.figures;
  const of = (column: string): number => numbersOrMissing(context.result, 'knock_out', column)[i] ?? NaN;
  const [value, low, high] = [percentOf(of('knock_out')), percentOf(of('low')), percentOf(of('high'))];
  const random = percentOf(read.numbers.null_95[i] as number);
  const points = patientShares(context, read.texts.regulator[i] ?? '');
  const towards = points.filter((share) => share > 0).length;
  const range = interval(low, high, (x) => fixed(x, 1));
  const activity = textsOrMissing(context.result, 'knock_out', 'direction')[i];
  const direction = activity === 'less active' ? words.lessActive : activity === null ? '' : words.moreActive;
  const targets = of('n_targets');
  const remark = [direction, Number.isFinite(targets) ? words.knockOut.targets(targets) : ''];
  return {
    kind: 'estimate',
    label: read.texts.regulator[i] ?? '',
    remark: { text: remark.filter((part) => part !== '').join(' · '), tone: 'quiet' },
    value,
    low,
    high,
    tick: percentOf(of('activation')),
    shape: 'circle',
    colour: low > random ? beyondColour : ink.muted,
    fill: low > random ? 'filled' : 'hollow',
    weight: 'single',
    behind: Number.isFinite(random) ? [{ low: 0, high: random, colour: bandColour, height: 24 }] : [],
    points,
    left: [],
    right: [
      range === '' ? fixed(value, 1) : `${fixed(value, 1)} [${range}]`,
      points.length === 0 ? '' : `${String(towards)} / ${String(points.length)}`,
      pValue(of('p_value')),
    ],
  };
}

function patientShares(context: ReportContext, regulator: string): readonly number[] {
  const read = readColumns(context.result, 'knock_out_patients', { numbers: ['knock_out'], texts: ['regulator'] });
  if (!read.found) return [];
  return read.texts.regulator.flatMap((name, i) => {
    const share = read.numbers.knock_out[i] as number;
    return name === regulator && Number.isFinite(share) ? [percentOf(share)] : [];
  });
}

function legendOf(context: ReportContext, rows: readonly ForestEstimate[]): readonly LegendItem[] {
  const text = context.text.figures.switch.knockOut;
  const has = (fill: ForestEstimate['fill']): boolean => rows.some((row) => row.fill === fill);
  return [
    ...(has('filled') ? [{ text: text.beyond, shape: 'circle' as const, fill: beyondColour }] : []),
    ...(has('hollow') ? [{ text: text.notBeyond, shape: 'circle' as const, fill: ink.paper, stroke: ink.muted }] : []),
    { text: text.point, shape: 'circle', fill: ink.pale },
    { text: text.activation, shape: 'tick', fill: ink.text },
    { text: text.band, shape: 'square', fill: bandColour },
  ];
}

function untestedNotes(context: ReportContext, { texts }: KnockOutRows, rows: readonly number[]): readonly string[] {
  const reasons = textsOrMissing(context.result, 'knock_out', 'reason');
  const text = context.text.figures.switch;
  const found = rows.map((i) => ({ name: texts.regulator[i] ?? '', reason: text.reason(reasons[i] ?? '') }));
  return namesByReason(found).map(({ names, reason }) => text.knockOut.notTestable(names, reason));
}
