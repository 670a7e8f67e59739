import { optionNumber, type ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import type { LegendItem } from '../svg/legend.js';
import { ink, okabeIto } from '../svg/palette.js';
import type { Shape } from '../svg/marks.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut } from './figure.js';
import { bandColour, drawForest, type ForestEstimate } from './forest.js';

type ReversalRows = ReadTable<'index' | 'low' | 'high', 'patient' | 'verdict'>;

/**
 * How far relapse went back from the treated stage towards the starting stage, per patient; 1 is all the way. The mark is
 * the index the verdict is read from, the tick the index before noise is taken out.
 */
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
      left: [],
      right: [text.index, text.corrected, text.notBack, text.provenBack, text.verdict],
      references: [0, 1],
      band: margin === null ? null : { low: 1 - margin, high: 1 + margin },
      legend: legendItems(context, margin),
      notes: untestedNotes(context, read, untested),
      number: context.number,
    }),
  };
}

const shapeOf: Readonly<Record<string, Shape>> = { returned: 'circle', partial: 'diamond', 'not returned': 'square' };
const colourOf: Readonly<Record<string, string>> = { returned: okabeIto.green, 'not returned': okabeIto.vermillion };

/** The index the verdict is read from: corrected for replicate noise where that could be done, else as it is. */
function verdictIndex(context: ReportContext, read: ReversalRows, i: number): readonly [number, number, number] {
  const of = (name: string): number => numbersOrMissing(context.result, 'reversal', name)[i] ?? NaN;
  const corrected = of('index_corrected');
  if (Number.isFinite(corrected)) return [corrected, of('corrected_low'), of('corrected_high')];
  return [read.numbers.index[i] as number, read.numbers.low[i] as number, read.numbers.high[i] as number];
}

function reversalRow(context: ReportContext, read: ReversalRows, i: number): ForestEstimate {
  const { fixed, interval, integer } = context.number;
  const { result, text } = context;
  const count = (name: string): string => integer(numbersOrMissing(result, 'reversal', name)[i] ?? NaN);
  const verdict = read.texts.verdict[i] ?? '';
  const plain = read.numbers.index[i] as number;
  const [value, low, high] = verdictIndex(context, read, i);
  const range = interval(low, high);
  const isTechnical = textsOrMissing(result, 'reversal', 'interval_basis')[i] === 'cell-blocks';
  return {
    kind: 'estimate',
    label: read.texts.patient[i] ?? '',
    remark: { text: ['n_from', 'n_to', 'n_back'].map(count).join(' / '), tone: 'quiet' },
    value,
    tick: plain,
    low,
    high,
    shape: shapeOf[verdict] ?? 'circle',
    colour: colourOf[verdict] ?? ink.muted,
    fill: isTechnical || colourOf[verdict] === undefined ? 'hollow' : 'filled',
    weight: 'single',
    left: [],
    right: [
      fixed(plain),
      range === '' ? fixed(value) : `${fixed(value)} [${range}]`,
      `${count('genes_not_returned')} / ${count('genes_changed')}`,
      `${count('genes_equivalent')} / ${count('genes_tested')}`,
      text.reversalVerdicts[verdict] ?? verdict,
    ],
  };
}

function legendItems(context: ReportContext, margin: number | null): readonly LegendItem[] {
  const text = context.text.figures.reversal;
  const bases = textsOrMissing(context.result, 'reversal', 'interval_basis');
  return [
    { text: text.plain, shape: 'tick', fill: ink.text },
    ...(margin === null ? [] : [{ text: text.band(margin), shape: 'square' as const, fill: bandColour }]),
    ...(bases.includes('cell-blocks')
      ? [{ text: text.technical, shape: 'circle' as const, fill: ink.paper, stroke: ink.muted }]
      : []),
  ];
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
