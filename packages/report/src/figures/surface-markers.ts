import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { colourBar, colourBarHeight } from '../svg/colour-bar.js';
import { svgDocument } from '../svg/document.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { divergingColour, ink, namedGround } from '../svg/palette.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { verdictMark } from '../svg/verdict-mark.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { markerKey, markerVerdict } from './marker-key.js';
import { type MarkerDot, type MarkerRow, surfaceMarkerRows } from './surface-marker-rows.js';
import { namesIn } from './table-order.js';

const rowHeight = 20;
const nameLeft = 44;
const gridLeft = 148;
const columnGap = 14;
const widestCell = 46;
/** Longer names of patients are cut. */
const mostName = 110;

/** A row of the figure: a gene, or the count of those not shown between two. */
type Row = { readonly kind: 'gene'; readonly gene: MarkerRow } | { readonly kind: 'gap'; readonly hidden: number };

interface Layout {
  readonly patients: readonly string[];
  readonly cell: number;
  readonly top: number;
  /** Where the columns of text stand: the first ends there, the others begin there. */
  readonly meanRight: number;
  readonly agreeLeft: number;
  readonly worstLeft: number;
  readonly right: number;
  readonly turned: boolean;
  readonly limit: number;
}

/** The first surface genes and those asked for by name in every patient: change by colour, positive cells by size. */
export function drawSurfaceMarkers(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'surface_markers', {
    numbers: ['rank', 'log2_fold_change'],
    texts: ['gene', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const genes = surfaceMarkerRows(context, read);
  const effects = genes.flatMap(({ dots }) => [...dots.values()].map(({ effect }) => effect)).filter(Number.isFinite);
  if (effects.length === 0) return nothingToDraw(context, 'surface_markers');
  const layout = layOut(context, genes, limitOf(effects));
  const rows = withGaps(genes);
  const bottom = layout.top + rows.length * rowHeight;
  const hasCells = genes.some(({ dots }) => [...dots.values()].some(({ positive }) => Number.isFinite(positive)));
  const text = context.text.figures.targets.surfaceMarkers;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['surface_markers', 'marker_patients'],
    caption: text.caption({ ...contrastWords(context), genes: read.nRows, hasCells }),
    svg: svgDocument(
      {
        id: figureName('surface-markers'),
        width: fullWidth,
        height: bottom + 26 + colourBarHeight + 28,
        title: context.text.figureTitles['surface-markers'],
        description: text.description(genes.length, layout.patients.length),
      },
      headers(context, layout),
      rows.map((row, i) => rowMarkup(context, row, layout, layout.top + (i + 0.5) * rowHeight)),
      key(context, layout, { hasCells, top: bottom + 22 }),
    ),
  };
}

/** The change that all but the most extreme twentieth stay within, in halves; at least one. */
function limitOf(effects: readonly number[]): number {
  const sizes = Float64Array.from(effects, Math.abs).sort();
  return Math.max(1, Math.ceil(2 * (sizes[Math.floor(0.95 * (sizes.length - 1))] ?? 1)) / 2);
}

function layOut(context: ReportContext, genes: readonly MarkerRow[], limit: number): Layout {
  const patients = namesIn(genes.flatMap(({ dots }) => [...dots.keys()]));
  const text = context.text.figures.targets;
  const { signed } = context.number;
  const widths = [
    widest(
      text.surfaceMarkers.mean,
      genes.map(({ mean }) => signed(mean)),
    ),
    widest(
      text.patients,
      genes.map(({ agree, asked }) => text.ofPatients(agree, asked)),
    ),
    widest(
      text.surfaceMarkers.worst,
      genes.map((gene) => worstOf(context, gene)),
    ),
  ] as const;
  const free = fullWidth - 2 - gridLeft - widths.reduce((sum, width) => sum + width + columnGap, 0);
  const cell = Math.min(widestCell, free / patients.length);
  const longest = Math.max(...patients.map((patient) => textWidth(patient, 10.5)));
  const turned = longest > cell - 4;
  const meanRight = gridLeft + cell * patients.length + columnGap + widths[0];
  return {
    patients,
    cell,
    top: turned ? Math.max(28, Math.ceil(0.82 * Math.min(longest, mostName)) + 18) : 28,
    meanRight,
    agreeLeft: meanRight + columnGap,
    worstLeft: meanRight + columnGap + widths[1] + columnGap,
    right: meanRight + 2 * columnGap + widths[1] + widths[2],
    turned,
    limit,
  };
}

function widest(header: string, cells: readonly string[]): number {
  return Math.ceil(Math.max(textWidth(header, 11, 'bold'), ...cells.map((cell) => textWidth(cell, 11))));
}

function worstOf(context: ReportContext, { worstRank, worstWithout }: MarkerRow): string {
  if (!Number.isFinite(worstRank)) return '';
  return context.text.figures.targets.surfaceMarkers.worstRank(context.number.integer(worstRank), worstWithout);
}

function withGaps(genes: readonly MarkerRow[]): readonly Row[] {
  return genes.flatMap((gene, i): readonly Row[] => {
    const before = i === 0 ? 0 : (genes[i - 1]?.rank ?? NaN);
    const hidden = gene.rank - before - 1;
    return [...(hidden > 0 ? [{ kind: 'gap' as const, hidden }] : []), { kind: 'gene', gene }];
  });
}

function headers(context: ReportContext, layout: Layout): Markup {
  const { patients, cell, top, turned } = layout;
  const text = context.text.figures.targets;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  const y = top - 9;
  return fragment(
    label(text.gene, nameLeft, y, style),
    patients.map((patient, i) => {
      const x = gridLeft + (i + 0.5) * cell;
      return turned
        ? label(fitText(patient, mostName, 10.5), x + 3, y, { size: 10.5, colour: ink.muted, turn: -55 })
        : label(patient, x, y, { size: 10.5, colour: ink.muted, anchor: 'middle' });
    }),
    label(text.surfaceMarkers.mean, layout.meanRight, y, { ...style, anchor: 'end' }),
    label(text.patients, layout.agreeLeft, y, style),
    label(text.surfaceMarkers.worst, layout.worstLeft, y, style),
    line(0, top - 3, layout.right, top - 3, { stroke: ink.grid }),
  );
}

function rowMarkup(context: ReportContext, row: Row, layout: Layout, y: number): Markup {
  const text = context.text.figures.targets;
  if (row.kind === 'gap') {
    return label(`⋮ ${text.surfaceMarkers.hidden(row.hidden)}`, nameLeft, y + 4, { size: 10.5, colour: ink.muted });
  }
  const { gene } = row;
  const { integer, signed } = context.number;
  return fragment(
    gene.isNamed && rectangle(0, y - rowHeight / 2 + 1, layout.right, rowHeight - 2, { fill: namedGround }),
    label(integer(gene.rank), nameLeft - 10, y + 4, { size: 11, anchor: 'end', colour: ink.muted }),
    label(fitText(gene.gene, gridLeft - nameLeft - 24, 11.5), nameLeft, y + 4, {
      size: 11.5,
      bold: gene.isNamed ? 'bold' : undefined,
    }),
    Number.isFinite(gene.rank) && verdictMark(markerVerdict(gene.isShared, gene.mean), gridLeft - 13, y, 5.4),
    layout.patients.map((patient, i) =>
      dotMarkup(gene.dots.get(patient), gridLeft + (i + 0.5) * layout.cell, y, layout),
    ),
    label(signed(gene.mean), layout.meanRight, y + 4, { size: 11, anchor: 'end' }),
    gene.asked > 0 && label(text.ofPatients(gene.agree, gene.asked), layout.agreeLeft, y + 4, { size: 11 }),
    label(worstOf(context, gene), layout.worstLeft, y + 4, { size: 11, colour: ink.muted }),
  );
}

function dotMarkup(dot: MarkerDot | undefined, x: number, y: number, { cell, limit }: Layout): Markup | null {
  if (dot === undefined || !Number.isFinite(dot.effect)) return null;
  const fill = divergingColour(dot.effect / limit);
  const outline = { fill, stroke: ink.axis, 'stroke-width': 0.7 };
  if (!Number.isFinite(dot.positive)) return mark('square', x, y, 0.62 * largest(cell), outline);
  return mark('circle', x, y, radiusOf(dot.positive, cell), outline);
}

function largest(cell: number): number {
  return Math.min(9, cell / 2 - 1);
}

/** Area in proportion to the share; even none leaves a dot that can be seen. */
function radiusOf(share: number, cell: number): number {
  return Math.max(1.6, Math.sqrt(Math.min(1, Math.max(0, share))) * largest(cell));
}

function key(
  context: ReportContext,
  { cell, limit }: Layout,
  { hasCells, top }: { readonly hasCells: boolean; readonly top: number },
): Markup {
  const text = context.text.figures.targets.surfaceMarkers;
  const { general, percent } = context.number;
  const barWidth = Math.max(170, textWidth(text.colour, 11, 'bold'));
  const sizesLeft = barWidth + 44;
  const middle = top + 22;
  let x = sizesLeft;
  const sizes = [0.1, 0.5, 1].map((share) => {
    const radius = radiusOf(share, cell);
    const name = percent(share);
    const entry = fragment(
      mark('circle', x + radius, middle, radius, { fill: ink.paper, stroke: ink.axis, 'stroke-width': 0.9 }),
      label(name, x + 2 * radius + 5, middle + 4, { size: 11 }),
    );
    x += 2 * radius + textWidth(name, 11) + 17;
    return entry;
  });
  const square = fragment(
    mark('square', x + 5, middle, 0.62 * largest(cell), { fill: ink.paper, stroke: ink.axis, 'stroke-width': 0.9 }),
    label(text.noCells, x + 15, middle + 4, { size: 11 }),
  );
  return fragment(
    colourBar(
      {
        title: text.colour,
        colour: (value) => divergingColour(value / limit),
        domain: [-limit, limit],
        ticks: [-limit, 0, limit],
        write: (value) => (value === limit ? `≥ ${general(value)}` : value === -limit ? `≤ ${general(value)}` : '0'),
      },
      0,
      top,
      barWidth,
    ),
    hasCells &&
      fragment(label(text.size, sizesLeft, top + 9, { size: 11, bold: 'bold', colour: ink.muted }), sizes, square),
    markerKey(context, top + colourBarHeight + 12),
  );
}
