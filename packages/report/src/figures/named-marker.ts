import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { direction, ink } from '../svg/palette.js';
import { numbersOrMissing, readColumns, type ReadTable } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate, type ForestRow } from './forest.js';
import { isPooled } from './pooled.js';

type MarkerRows = ReadTable<'log2_fold_change' | 'low' | 'high', 'gene' | 'patient'>;

/** Each gene asked for by name, patient by patient, with the pooled effect below. */
export function drawNamedMarker(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'named_markers', {
    numbers: ['log2_fold_change', 'low', 'high'],
    texts: ['gene', 'patient'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.log2_fold_change.some(Number.isFinite)) return nothingToDraw(context, 'named_markers');
  const text = context.text.figures.namedMarker;
  const genes = [...new Set(read.texts.gene.filter((gene) => gene !== null))];
  const contrast = contrastWords(context);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['named_markers'],
    caption: text.caption(contrast),
    svg: drawForest({
      id: figureName('named-marker'),
      title: context.text.figureTitles['named-marker'],
      description: text.description(genes),
      axisTitle: text.axis(contrast),
      labelHeader: context.text.words.patient,
      rows: genes.flatMap((gene) => geneRows(context, read, gene)),
      left: [],
      right: [text.effect],
      references: [0],
      band: null,
      legend: [
        { text: text.up, shape: 'circle', fill: direction.up },
        { text: text.down, shape: 'circle', fill: direction.down },
        { text: text.spansZero, shape: 'circle', fill: ink.paper, stroke: ink.muted },
        { text: context.text.pooled, shape: 'diamond', fill: ink.text },
      ],
      notes: [],
      number: context.number,
    }),
  };
}

function geneRows(context: ReportContext, read: MarkerRows, gene: string): readonly ForestRow[] {
  const mine = [...read.texts.gene.keys()].filter((i) => read.texts.gene[i] === gene);
  const rows = mine.map((i) => estimate(context, read, i));
  return [
    { kind: 'heading', text: heading(context, gene, mine) },
    ...rows.filter((row) => row.weight === 'single'),
    ...rows.filter((row) => row.weight === 'pooled'),
  ];
}

function heading(context: ReportContext, gene: string, rows: readonly number[]): string {
  const finite = (column: string): number | undefined => {
    const values = numbersOrMissing(context.result, 'named_markers', column);
    return rows.map((i) => values[i] as number).find(Number.isFinite);
  };
  return context.text.figures.namedMarker.heading(gene, finite('rank') ?? NaN, finite('p_adjusted') ?? NaN);
}

function estimate(context: ReportContext, read: MarkerRows, i: number): ForestEstimate {
  const patient = read.texts.patient[i];
  const pooled = isPooled(patient);
  const value = read.numbers.log2_fold_change[i] as number;
  const [low, high] = [read.numbers.low[i] as number, read.numbers.high[i] as number];
  const { signed, interval } = context.number;
  const range = interval(low, high);
  const isClear = low > 0 || high < 0;
  const colour = pooled ? ink.text : isClear ? (value > 0 ? direction.up : direction.down) : ink.muted;
  return {
    kind: 'estimate',
    label: pooled ? context.text.pooled : (patient ?? ''),
    remark: null,
    value,
    tick: NaN,
    low,
    high,
    shape: pooled ? 'diamond' : 'circle',
    colour,
    fill: isClear || pooled ? 'filled' : 'hollow',
    weight: pooled ? 'pooled' : 'single',
    left: [],
    right: [range === '' ? signed(value) : `${signed(value)} [${range}]`],
  };
}
