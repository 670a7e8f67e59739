import type { ReportContext } from '../report-context.js';
import { ink, okabeIto } from '../svg/palette.js';
import { numbersOrMissing, readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate, type ForestRow } from './forest.js';

/** Cycling fraction of called cells beside that of the other cells, sample by sample. */
export function drawPersisterCycling(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'persister_samples', {
    numbers: ['n_called', 'cycling_called', 'cycling_others'],
    texts: ['sample', 'stage'],
  });
  if (!read.found) return leftOut(context, read);
  const rows = [...read.texts.sample.keys()].filter(
    (i) => (read.numbers.n_called[i] as number) > 0 && Number.isFinite(read.numbers.cycling_called[i]),
  );
  if (rows.length === 0) return nothingToDraw(context, 'persister_samples');
  const text = context.text.figures.cells;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['persister_samples'],
    caption: text.cyclingCaption,
    svg: drawForest({
      id: figureName('persister-cycling'),
      title: context.text.figureTitles['persister-cycling'],
      description: text.cyclingDescription(rows.length),
      axisTitle: text.cyclingAxis,
      labelHeader: text.sample,
      rows: rows.flatMap((i): readonly ForestRow[] => [
        { kind: 'heading', text: read.texts.sample[i] ?? '' },
        cyclingRow(context, 'called', i),
        cyclingRow(context, 'others', i),
      ]),
      left: [],
      right: [text.cyclingHeader],
      references: [0],
      band: null,
      legend: [],
      notes: [],
      number: context.number,
    }),
  };
}

function cyclingRow(context: ReportContext, group: 'called' | 'others', i: number): ForestEstimate {
  const of = (name: string): number => numbersOrMissing(context.result, 'persister_samples', name)[i] ?? NaN;
  const [value, low, high] = [of(`cycling_${group}`), of(`cycling_${group}_low`), of(`cycling_${group}_high`)];
  const { percent } = context.number;
  const text = context.text.figures.cells;
  return {
    kind: 'estimate',
    label: group === 'called' ? (text.calls['called'] ?? group) : text.others,
    remark: null,
    value,
    tick: NaN,
    low,
    high,
    shape: group === 'called' ? 'circle' : 'square',
    colour: group === 'called' ? okabeIto.vermillion : ink.muted,
    fill: 'filled',
    weight: 'single',
    left: [],
    right: [Number.isFinite(value) ? `${percent(value, 0)} [${percent(low, 0)} – ${percent(high, 0)}]` : ''],
  };
}
