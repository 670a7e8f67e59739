import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, rectangle } from '../svg/marks.js';
import { ink, okabeIto } from '../svg/palette.js';
import { linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const colourOf: Readonly<Record<string, string>> = {
  kept: okabeIto.green,
  'tumour-species': okabeIto.purple,
  'empty-droplets': ink.pale,
  'total-counts': okabeIto.skyBlue,
  'detected-genes': okabeIto.blue,
  mitochondrial: okabeIto.orange,
  doublets: okabeIto.vermillion,
};

/** What became of the barcodes of one sample. */
interface SampleBar {
  readonly sample: string;
  readonly total: number;
  readonly kept: number;
  readonly removed: readonly { readonly filter: string; readonly n: number }[];
}

const rowHeight = 20;
const top = 8;

/** Barcodes of every sample: kept, and removed by each filter. */
export function drawCellFilters(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'cell_filters', {
    numbers: ['before', 'removed', 'after'],
    texts: ['sample', 'filter'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.before.some(Number.isFinite)) return nothingToDraw(context, 'cell_filters');
  const bars = barsOf(read.texts.sample, read.texts.filter, read.numbers);
  const text = context.text.figures.cells;
  const left = Math.min(200, 10 + Math.max(...bars.map(({ sample }) => textWidth(sample, 11))));
  const right = fullWidth - 110;
  const largest = Math.max(1, ...bars.map(({ total }) => total));
  const x = linearScale([0, largest], [left, right]);
  const bottom = top + rowHeight * bars.length + 4;
  const filters = Object.keys(colourOf).filter(
    (name) => name === 'kept' || bars.some((bar) => bar.removed.some((r) => r.filter === name)),
  );
  const keys = legend(
    '',
    filters.map((name) => ({ text: text.filters[name] ?? name, shape: 'square', fill: colourOf[name] as string })),
    left,
    bottom + 58,
    fullWidth - left,
  );
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['cell_filters'],
    caption: text.filtersCaption,
    svg: svgDocument(
      {
        id: figureName('cell-filters'),
        width: fullWidth,
        height: bottom + 52 + keys.height + 8,
        title: context.text.figureTitles['cell-filters'],
        description: text.filtersDescription(bars.length),
      },
      axisBottom(
        { scale: x, ticks: niceTicks([0, largest], 6), write: context.number.integer, title: text.barcodes },
        bottom,
        top,
      ),
      bars.map((bar, i) => barMarkup(context, bar, x, top + i * rowHeight)),
      keys.markup,
    ),
  };
}

function barsOf(
  samples: readonly (string | null)[],
  filters: readonly (string | null)[],
  { before, removed, after }: Readonly<Record<'before' | 'removed' | 'after', Float64Array>>,
): readonly SampleBar[] {
  return [...new Set(samples)].map((sample) => {
    const rows = [...samples.keys()].filter((i) => samples[i] === sample);
    const [first = 0, last = 0] = [rows[0], rows[rows.length - 1]];
    return {
      sample: sample ?? '',
      total: before[first] as number,
      kept: after[last] as number,
      removed: rows.map((i) => ({ filter: filters[i] ?? '', n: removed[i] as number })).filter(({ n }) => n > 0),
    };
  });
}

function barMarkup({ number }: ReportContext, bar: SampleBar, x: Scale, y: number): Markup {
  const start = x.at(0);
  let from = 0;
  const parts = [{ filter: 'kept', n: bar.kept }, ...bar.removed].map(({ filter, n }) => {
    const left = x.at(from);
    from += n;
    return rectangle(left, y + 2, Math.max(0.4, x.at(from) - left), rowHeight - 6, {
      fill: colourOf[filter] ?? ink.axis,
    });
  });
  return fragment(
    label(fitText(bar.sample, start - 8, 11), start - 6, y + 13.5, { size: 11, anchor: 'end' }),
    parts,
    label(`${number.integer(bar.kept)} / ${number.integer(bar.total)}`, x.at(bar.total) + 6, y + 13.5, {
      size: 10.5,
      colour: ink.muted,
    }),
  );
}
