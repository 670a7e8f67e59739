import { log10 } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import { optionNumber, optionTexts, type ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { axisBottom, axisLeft } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { placeLabels, type LabelRequest } from '../svg/label-placement.js';
import { dots, label, line, mark, px } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const height = 470;
const area = { left: 62, right: fullWidth - 18, top: 34, bottom: height - 52 };
const labelsPerSide = 13;
const labelSize = 11;

interface Gene {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly call: 'up' | 'down' | 'none';
  readonly isNamed: boolean;
}

/** Every tested gene by effect and significance; called genes coloured and counted, the strongest and the named ones labelled. */
export function drawVolcano(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'programme_genes', {
    numbers: ['log2_fold_change', 'p_adjusted'],
    texts: ['gene', 'call'],
  });
  if (!read.found) return leftOut(context, read);
  const genes = plottable(read.numbers.log2_fold_change, read.numbers.p_adjusted, read.texts, namedGenes(context));
  const xExtent = extent(genes.map((gene) => gene.x));
  const yExtent = extent(genes.map((gene) => gene.y));
  if (xExtent === null || yExtent === null) return nothingToDraw(context, 'programme_genes');
  const reach = 1.06 * Math.max(Math.abs(xExtent[0]), Math.abs(xExtent[1]), 0.5);
  const x = linearScale([-reach, reach], [area.left, area.right]);
  const y = linearScale([0, 1.05 * Math.max(yExtent[1], 1)], [area.bottom, area.top]);
  const counts = countCalls(genes);
  const text = context.text.figures.volcano;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['programme_genes'],
    caption: text.caption({ ...counts, ...thresholdsOf(context), ...contrastWords(context) }),
    svg: svgDocument(
      {
        id: figureName('volcano'),
        width: fullWidth,
        height,
        title: context.text.figureTitles.volcano,
        description: text.description(counts),
      },
      axes(context, x, y),
      thresholdLines(context, x, y),
      clouds(genes, x, y),
      namedMarks(genes, x, y),
      labels(genes, x, y),
      countLabels(context, counts),
    ),
  };
}

/** Genes a reader will look for: the named markers and regulators, wherever they fall. */
function namedGenes(context: ReportContext): ReadonlySet<string> {
  const { result } = context;
  return new Set([
    ...optionTexts(result, 'markers'),
    ...optionTexts(result, 'regulators'),
    ...textsOrMissing(result, 'named_markers', 'gene').filter((gene) => gene !== null),
    ...textsOrMissing(result, 'named_regulators', 'regulator').filter((gene) => gene !== null),
  ]);
}

function plottable(
  effects: Float64Array,
  adjusted: Float64Array,
  texts: Readonly<Record<'gene' | 'call', readonly (string | null)[]>>,
  named: ReadonlySet<string>,
): readonly Gene[] {
  const smallest = adjusted.reduce((least, p) => (p > 0 && p < least ? p : least), 1);
  const genes: Gene[] = [];
  effects.forEach((effect, i) => {
    const p = adjusted[i] as number;
    const name = texts.gene[i] ?? '';
    const call = texts.call[i];
    if (!Number.isFinite(effect) || !Number.isFinite(p)) return;
    genes.push({
      name,
      x: effect,
      y: -log10(Math.max(p, smallest)) + 0,
      call: call === 'up' || call === 'down' ? call : 'none',
      isNamed: named.has(name),
    });
  });
  return genes;
}

function countCalls(genes: readonly Gene[]): { up: number; down: number; none: number } {
  const counts = { up: 0, down: 0, none: 0 };
  for (const gene of genes) counts[gene.call] += 1;
  return counts;
}

function thresholdsOf(context: ReportContext): { pAdjustedMax: number | null; logFoldChangeMin: number | null } {
  return {
    pAdjustedMax: optionNumber(context.result, 'pAdjustedMax'),
    logFoldChangeMin: optionNumber(context.result, 'logFoldChangeMin'),
  };
}

function axes(context: ReportContext, x: Scale, y: Scale): Markup {
  const text = context.text.figures.volcano;
  const xTicks = niceTicks(x.domain, 8);
  const yTicks = niceTicks(y.domain, 6);
  const { fixed } = context.number;
  return fragment(
    axisLeft(
      { scale: y, ticks: yTicks, write: (value) => fixed(value, yTicks.decimals), title: text.y },
      area.left,
      18,
      area.right,
    ),
    axisBottom(
      {
        scale: x,
        ticks: xTicks,
        write: (value) => fixed(value, xTicks.decimals),
        title: text.x(contrastWords(context)),
      },
      area.bottom,
    ),
  );
}

function thresholdLines(context: ReportContext, x: Scale, y: Scale): Markup {
  const { pAdjustedMax, logFoldChangeMin } = thresholdsOf(context);
  const dashed = { stroke: ink.axis, 'stroke-dasharray': '3 3' };
  const level = pAdjustedMax !== null && pAdjustedMax > 0 ? y.at(-log10(pAdjustedMax)) : null;
  const sides = logFoldChangeMin === null || logFoldChangeMin === 0 ? [] : [-logFoldChangeMin, logFoldChangeMin];
  return fragment(
    level !== null && level > area.top && line(area.left, level, area.right, level, dashed),
    sides
      .filter((side) => Math.abs(side) < x.domain[1])
      .map((side) => line(x.at(side), area.bottom, x.at(side), area.top, dashed)),
  );
}

function clouds(genes: readonly Gene[], x: Scale, y: Scale): Markup {
  const pointsOf = (call: Gene['call']): readonly (readonly [number, number])[] =>
    genes.filter((gene) => gene.call === call).map((gene) => [x.at(gene.x), y.at(gene.y)]);
  return fragment(
    dots(pointsOf('none'), 1.3, { stroke: direction.none }),
    dots(pointsOf('down'), 1.9, { stroke: direction.down, 'stroke-opacity': '0.75' }),
    dots(pointsOf('up'), 1.9, { stroke: direction.up, 'stroke-opacity': '0.75' }),
  );
}

function namedMarks(genes: readonly Gene[], x: Scale, y: Scale): Markup {
  const ring = { fill: 'none', stroke: ink.text, 'stroke-width': 1.6 };
  return fragment(
    genes.filter((gene) => gene.isNamed).map((gene) => mark('circle', x.at(gene.x), y.at(gene.y), 4.2, ring)),
  );
}

function labels(genes: readonly Gene[], x: Scale, y: Scale): Markup {
  const strongest = (call: 'up' | 'down'): readonly Gene[] =>
    genes
      .filter((gene) => gene.call === call && !gene.isNamed)
      .sort((a, b) => b.y - a.y || Math.abs(b.x) - Math.abs(a.x) || (a.name < b.name ? -1 : 1))
      .slice(0, labelsPerSide);
  const chosen = [...genes.filter((gene) => gene.isNamed), ...strongest('up'), ...strongest('down')];
  const requests: readonly LabelRequest[] = chosen.map((gene) => ({
    text: gene.name,
    x: x.at(gene.x),
    y: y.at(gene.y),
    bold: gene.isNamed ? 'bold' : undefined,
  }));
  const crowd = genes.filter((gene) => gene.call !== 'none').map((gene) => [x.at(gene.x), y.at(gene.y)] as const);
  const bounds = { left: area.left + 2, right: area.right, top: area.top - 4, bottom: area.bottom - 2 };
  return fragment(
    placeLabels(requests, { bounds, size: labelSize, crowd }).map(({ request, x: left, baseline, leader }) =>
      fragment(
        leader !== null && line(request.x, request.y, leader[0], leader[1], { stroke: ink.axis, 'stroke-width': 0.7 }),
        haloed(request.text, left, baseline, request.bold),
      ),
    ),
  );
}

/** Text with a white edge, so that it reads over a crowd of points. */
function haloed(text: string, x: number, y: number, bold: 'bold' | undefined): Markup {
  const shared = { x: px(x), y: px(y), 'font-size': labelSize, 'font-style': 'italic', 'font-weight': bold ?? null };
  return fragment(
    element(
      'text',
      { ...shared, stroke: ink.paper, 'stroke-width': 2.6, 'stroke-linejoin': 'round', 'aria-hidden': 'true' },
      text,
    ),
    element('text', shared, text),
  );
}

function countLabels(context: ReportContext, counts: { up: number; down: number; none: number }): Markup {
  const text = context.text.figures.volcano;
  const baseline = 18;
  return fragment(
    label(`◄ ${text.down(counts.down)}`, area.left, baseline, { size: 13, bold: 'bold', colour: direction.down }),
    label(text.none(counts.none), (area.left + area.right) / 2, baseline, {
      size: 12,
      anchor: 'middle',
      colour: ink.muted,
    }),
    label(`${text.up(counts.up)} ►`, area.right, baseline, {
      size: 13,
      bold: 'bold',
      anchor: 'end',
      colour: direction.up,
    }),
  );
}
