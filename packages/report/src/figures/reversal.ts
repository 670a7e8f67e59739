import { optionNumber, type ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { ink, okabeIto } from '../svg/palette.js';
import type { Shape } from '../svg/marks.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut } from './figure.js';
import { bandColour, drawForest, type ForestEstimate } from './forest.js';

type ReversalRows = ReadTable<'index' | 'low' | 'high', 'patient' | 'verdict'>;

/** How far relapse went back from the treated stage towards the starting stage, per patient; 1 is all the way. */
export function drawReversal(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'reversal', {
    numbers: ['index', 'low', 'high'],
    texts: ['patient', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const text = context.text.figures.reversal;
  const order = [...read.texts.patient.keys()];
  const isTested = (i: number): boolean =>
    read.texts.verdict[i] !== 'not testable' && Number.isFinite(read.numbers.index[i]);
  const tested = order.filter(isTested);
  const untested = order.filter((i) => !isTested(i));
  if (tested.length === 0) return { kind: 'left-out', reason: text.noneTestable };
  const margin = optionNumber(context.result, 'reversalMargin');
  const contrast = contrastWords(context);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['reversal'],
    caption: text.caption({ ...contrast, margin }),
    svg: drawForest({
      id: figureName('reversal'),
      title: context.text.figureTitles.reversal,
      description: text.description(tested.length, untested.length),
      axisTitle: text.axis(contrast),
      labelHeader: context.text.words.patient,
      rows: tested.map((i) => reversalRow(context, read, i)),
      left: [text.samples],
      right: [text.index, text.genes, text.verdict],
      references: [0, 1],
      band: margin === null ? null : { low: 1 - margin, high: 1 + margin },
      legend: margin === null ? [] : [{ text: text.band(margin), shape: 'square', fill: bandColour }],
      notes: untestedNotes(context, read, untested),
      number: context.number,
    }),
  };
}

const shapeOf: Readonly<Record<string, Shape>> = { returned: 'circle', partial: 'diamond', 'not returned': 'square' };
const colourOf: Readonly<Record<string, string>> = { returned: okabeIto.green, 'not returned': okabeIto.vermillion };

function reversalRow(context: ReportContext, read: ReversalRows, i: number): ForestEstimate {
  const { fixed, interval, integer } = context.number;
  const column = (name: string): number => numbersOrMissing(context.result, 'reversal', name)[i] ?? NaN;
  const verdict = read.texts.verdict[i] ?? '';
  const value = read.numbers.index[i] as number;
  const [low, high] = [read.numbers.low[i] as number, read.numbers.high[i] as number];
  const range = interval(low, high);
  const counts = ['n_from', 'n_to', 'n_back'].map((name) => integer(column(name)));
  return {
    kind: 'estimate',
    label: read.texts.patient[i] ?? '',
    remark: '',
    value,
    low,
    high,
    shape: shapeOf[verdict] ?? 'circle',
    colour: colourOf[verdict] ?? ink.muted,
    fill: verdict === 'returned' || verdict === 'not returned' ? 'filled' : 'hollow',
    weight: 'single',
    left: [counts.join(' / ')],
    right: [
      range === '' ? fixed(value) : `${fixed(value)} [${range}]`,
      `${integer(column('genes_not_returned'))} / ${integer(column('genes_tested'))}`,
      context.text.reversalVerdicts[verdict] ?? verdict,
    ],
  };
}

function untestedNotes(context: ReportContext, read: ReversalRows, rows: readonly number[]): readonly string[] {
  const reasons = textsOrMissing(context.result, 'reversal', 'reason');
  const groups = new Map<string, string[]>();
  for (const i of rows) {
    const reason = context.text.reason(reasons[i] ?? '');
    groups.set(reason, [...(groups.get(reason) ?? []), read.texts.patient[i] ?? '']);
  }
  return [...groups].map(([reason, patients]) => context.text.figures.reversal.notTestable(patients, reason));
}
