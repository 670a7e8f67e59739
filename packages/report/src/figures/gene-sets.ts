import { fragment, type Markup } from '../markup/markup.js';
import { optionNumber, type ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, line, mark } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { fitText } from '../svg/text-width.js';
import { readColumns, type ReadTable } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

type SetRows = ReadTable<'normalised_enrichment_score' | 'p_adjusted' | 'size', 'set' | 'collection'>;

const rowHeight = 21;
const top = 34;
const plotRange = [262, 530] as const;
const perDirection = 10;

/** A line of the figure: a collection's name or one of its sets. */
type Row = { readonly kind: 'heading'; readonly text: string } | { readonly kind: 'set'; readonly index: number };

/** Gene sets most enriched at both ends of the ranking of genes, one block per collection. */
export function drawGeneSets(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'gene_sets', {
    numbers: ['normalised_enrichment_score', 'p_adjusted', 'size'],
    texts: ['set', 'collection'],
  });
  if (!read.found) return leftOut(context, read);
  const rows = chosenRows(read);
  const span = extent(
    rows.map((row) => (row.kind === 'set' ? (read.numbers.normalised_enrichment_score[row.index] as number) : NaN)),
  );
  if (span === null) return nothingToDraw(context, 'gene_sets');
  const text = context.text.figures.geneSets;
  const reach = 1.08 * Math.max(1, Math.abs(span[0]), Math.abs(span[1]));
  const x = linearScale([-reach, reach], plotRange);
  const bottom = top + rows.length * rowHeight + 2;
  const level = optionNumber(context.result, 'fdr') ?? 0.05;
  const ticks = niceTicks(x.domain, 6);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['gene_sets'],
    caption: text.caption(read.nRows, level),
    svg: svgDocument(
      {
        id: figureName('gene-sets'),
        width: fullWidth,
        height: bottom + 72,
        title: context.text.figureTitles['gene-sets'],
        description: text.description(read.nRows),
      },
      headers(context),
      line(x.at(0), top, x.at(0), bottom, { stroke: ink.axis }),
      rows.map((row, i) => rowMarkup(context, read, row, x, top + (i + 0.5) * rowHeight, level)),
      axisBottom(
        {
          scale: x,
          ticks,
          write: (value) => context.number.fixed(value, ticks.decimals),
          title: text.axis(contrastWords(context)),
        },
        bottom,
      ),
      legend(
        '',
        [
          { text: text.clear(level), shape: 'circle', fill: ink.text },
          { text: text.unclear, shape: 'circle', fill: ink.paper, stroke: ink.text },
        ],
        0,
        bottom + 58,
        fullWidth,
      ).markup,
    ),
  };
}

function chosenRows(read: SetRows): readonly Row[] {
  const collections = [...new Set(read.texts.collection)];
  const score = read.numbers.normalised_enrichment_score;
  return collections.flatMap((collection) => {
    const mine = [...read.texts.set.keys()].filter(
      (i) => read.texts.collection[i] === collection && Number.isFinite(score[i]),
    );
    const end = (sign: 1 | -1): readonly number[] =>
      mine
        .filter((i) => sign * (score[i] as number) > 0)
        .sort((a, b) => byStrength(read, a, b))
        .slice(0, perDirection)
        .sort((a, b) => (score[b] as number) - (score[a] as number));
    const heading: readonly Row[] =
      collections.length > 1 && collection !== null ? [{ kind: 'heading', text: collection }] : [];
    return [...heading, ...[...end(1), ...end(-1)].map((index): Row => ({ kind: 'set', index }))];
  });
}

function byStrength({ numbers }: SetRows, a: number, b: number): number {
  const [pA, pB] = [numbers.p_adjusted[a] as number, numbers.p_adjusted[b] as number];
  const size = (i: number): number => Math.abs(numbers.normalised_enrichment_score[i] as number);
  const byP = (Number.isFinite(pA) ? pA : 2) - (Number.isFinite(pB) ? pB : 2);
  return byP !== 0 ? byP : size(b) - size(a) || a - b;
}

function headers(context: ReportContext): Markup {
  const text = context.text.figures.geneSets;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(text.set, 0, top - 14, style),
    label(text.score, plotRange[1] + 20, top - 14, style),
    label(text.p, plotRange[1] + 68, top - 14, style),
    label(text.size, fullWidth, top - 14, { ...style, anchor: 'end' }),
    line(0, top - 6, fullWidth, top - 6, { stroke: ink.grid }),
  );
}

function rowMarkup(context: ReportContext, read: SetRows, row: Row, x: Scale, y: number, level: number): Markup {
  if (row.kind === 'heading') return label(row.text, 0, y + 5, { size: 12, bold: 'bold' });
  const { normalised_enrichment_score: scores, p_adjusted: adjusted, size } = read.numbers;
  const score = scores[row.index] as number;
  const p = adjusted[row.index] as number;
  const colour = score >= 0 ? direction.up : direction.down;
  const { signed, pValue, integer } = context.number;
  return fragment(
    label(fitText(readable(read.texts.set[row.index] ?? ''), plotRange[0] - 14, 11.5), 0, y + 4, { size: 11.5 }),
    line(x.at(0), y, x.at(score), y, { stroke: colour, 'stroke-width': 2 }),
    mark('circle', x.at(score), y, 4.6, { fill: p < level ? colour : ink.paper, stroke: colour, 'stroke-width': 1.6 }),
    label(signed(score), plotRange[1] + 20, y + 4, { size: 11 }),
    label(pValue(p), plotRange[1] + 68, y + 4, { size: 11, colour: ink.muted }),
    label(integer(size[row.index] as number), fullWidth, y + 4, { size: 11, anchor: 'end', colour: ink.muted }),
  );
}

/** `HALLMARK_TNFA_SIGNALING_VIA_NFKB` reads better without its prefix and underscores. */
function readable(name: string): string {
  return name.replace(/^HALLMARK_/, '').replace(/_/g, ' ');
}
