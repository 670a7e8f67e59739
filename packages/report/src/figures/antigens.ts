import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend, type LegendItem } from '../svg/legend.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { ink, namedGround, okabeIto, stageColour } from '../svg/palette.js';
import { linearScale, type Scale } from '../svg/scale.js';
import { fitText, wrapText } from '../svg/text-width.js';
import { verdictMark } from '../svg/verdict-mark.js';
import { numbersOrMissing, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { markerKey, markerVerdict } from './marker-key.js';

const rowHeight = 32;
const top = 34;
const geneWidth = 84;
const drugsLeft = 548;
const most = 24;

/** An antigen on these tumours. Missing numbers are NaN. */
interface Antigen {
  readonly gene: string;
  readonly isNamed: boolean;
  readonly verdict: string;
  readonly level: number;
  readonly lowest: number;
  readonly highest: number;
  readonly persister: number;
  readonly persisterLow: number;
  readonly persisterHigh: number;
  readonly untreated: number;
  readonly normal: number;
  readonly change: number;
  readonly up: number;
  readonly asked: number;
  readonly drugs: readonly { readonly drug: string; readonly status: string }[];
}

interface Layout {
  readonly level: Scale;
  /** Null where no cell was read. */
  readonly positive: Scale | null;
  readonly changeLeft: number;
  readonly bottom: number;
}

/** How high each antigen stands in the patients, on how many cells, and which conjugate binds it. */
export function drawAntigens(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'antigens', { numbers: ['level'], texts: ['gene', 'drugs'] });
  if (!read.found) return leftOut(context, read);
  const all = read.texts.gene.map((gene, i) => antigenAt(context, gene ?? '', i));
  const measured = all.filter(({ level, persister }) => Number.isFinite(level) || Number.isFinite(persister));
  if (measured.length === 0) return nothingToDraw(context, 'antigens');
  const rows = chosen(measured);
  const hasCells = rows.some(({ persister, normal }) => Number.isFinite(persister) || Number.isFinite(normal));
  const layout = layOut(rows.length, hasCells);
  const text = context.text.figures.targets.antigens;
  const under = underneath(context, {
    missing: all.filter((one) => !measured.includes(one)).map(({ gene }) => gene),
    hasCells,
    y: layout.bottom + 58,
  });
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['antigens'],
    caption: text.caption({ ...contrastWords(context), hasCells }),
    svg: svgDocument(
      {
        id: figureName('antigens'),
        width: fullWidth,
        height: under.bottom,
        title: context.text.figureTitles.antigens,
        description: text.description(measured.length, all.length),
      },
      headers(context, layout),
      rows.map((row, i) => rowMarkup(context, row, layout, top + (i + 0.5) * rowHeight)),
      axes(context, layout),
      under.markup,
    ),
  };
}

/** The highest, and those asked for by name wherever they stand. */
function chosen(measured: readonly Antigen[]): readonly Antigen[] {
  const byLevel = [...measured].sort((a, b) => orderOf(b) - orderOf(a));
  return byLevel.filter((one, i) => i < most || one.isNamed);
}

function orderOf({ level }: Antigen): number {
  return Number.isFinite(level) ? level : -1;
}

function antigenAt({ result }: ReportContext, gene: string, row: number): Antigen {
  const number = (column: string): number => numbersOrMissing(result, 'antigens', column)[row] ?? NaN;
  const written = (column: string): string => textsOrMissing(result, 'antigens', column)[row] ?? '';
  return {
    gene,
    isNamed: written('named') === 'yes',
    verdict: written('verdict'),
    level: number('level'),
    lowest: number('level_lowest_patient'),
    highest: number('level_highest_patient'),
    persister: number('positive_persister'),
    persisterLow: number('positive_persister_low'),
    persisterHigh: number('positive_persister_high'),
    untreated: number('positive_untreated'),
    normal: number('positive_normal'),
    change: number('log2_fold_change'),
    up: number('patients_up'),
    asked: number('patients'),
    drugs: drugsOf(written('drugs')),
  };
}

/** `name (status); name (status)`. */
function drugsOf(text: string): Antigen['drugs'] {
  return text
    .split('; ')
    .filter((one) => one !== '')
    .map((one) => {
      const found = /^(.*) \(([^()]*)\)$/.exec(one);
      return { drug: found?.[1] ?? one, status: found?.[2] ?? '' };
    });
}

function layOut(rows: number, hasCells: boolean): Layout {
  const bottom = top + rows * rowHeight + 2;
  if (!hasCells) {
    return { level: linearScale([0, 1], [geneWidth + 8, 420]), positive: null, changeLeft: 440, bottom };
  }
  return {
    level: linearScale([0, 1], [geneWidth + 8, 240]),
    positive: linearScale([0, 1], [284, 432]),
    changeLeft: 452,
    bottom,
  };
}

function headers(context: ReportContext, { level, positive, changeLeft }: Layout): Markup {
  const text = context.text.figures.targets.antigens;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(text.gene, 0, top - 12, style),
    label(text.level, level.range[0], top - 12, style),
    positive !== null && label(text.positive, positive.range[0], top - 12, style),
    label(text.change, changeLeft, top - 12, style),
    label(text.drugs, drugsLeft, top - 12, style),
    line(0, top - 4, fullWidth, top - 4, { stroke: ink.grid }),
  );
}

function axes(context: ReportContext, { level, positive, bottom }: Layout): Markup {
  const text = context.text.figures.targets.antigens;
  const ticks = { values: [0, 0.5, 1], decimals: 0 };
  const write = (value: number): string => context.number.percent(value);
  return fragment(
    axisBottom({ scale: level, ticks, write, title: text.levelAxis }, bottom),
    positive !== null && axisBottom({ scale: positive, ticks, write, title: text.positiveAxis }, bottom),
  );
}

function rowMarkup(context: ReportContext, antigen: Antigen, layout: Layout, y: number): Markup {
  const text = context.text.figures.targets.antigens;
  const { signed } = context.number;
  const { changeLeft } = layout;
  return fragment(
    antigen.isNamed && rectangle(0, y - rowHeight / 2 + 1, fullWidth, rowHeight - 2, { fill: namedGround }),
    [layout.level, ...(layout.positive === null ? [] : [layout.positive])].map((scale) =>
      [0, 0.5, 1].map((value) =>
        line(scale.at(value), y - rowHeight / 2, scale.at(value), y + rowHeight / 2, { stroke: ink.grid }),
      ),
    ),
    label(fitText(antigen.gene, geneWidth, 11.5), 0, y + 4, {
      size: 11.5,
      bold: antigen.isNamed ? 'bold' : undefined,
    }),
    levelMarks(antigen, layout.level, y),
    layout.positive !== null && positiveMarks(antigen, layout.positive, y),
    Number.isFinite(antigen.change) &&
      fragment(
        verdictMark(markerVerdict(antigen.verdict === 'shared', antigen.change), changeLeft + 6, y - 5, 5),
        label(signed(antigen.change), changeLeft + 16, y - 1, { size: 11 }),
        label(fitText(text.up(antigen.up, antigen.asked), drugsLeft - changeLeft - 8, 9.5), changeLeft, y + 11, {
          size: 9.5,
          colour: ink.muted,
        }),
      ),
    drugMarks(context, antigen, y),
  );
}

function levelMarks({ level, lowest, highest }: Antigen, x: Scale, y: number): Markup | null {
  if (!Number.isFinite(level)) return null;
  const stroke = { stroke: ink.muted, 'stroke-width': 1.6 };
  const hasRange = Number.isFinite(lowest) && Number.isFinite(highest);
  return fragment(
    hasRange && line(x.at(lowest), y, x.at(highest), y, stroke),
    hasRange && [lowest, highest].map((end) => line(x.at(end), y - 4, x.at(end), y + 4, stroke)),
    mark('circle', x.at(level), y, 4.6, { fill: ink.text, stroke: ink.paper, 'stroke-width': 0.8 }),
  );
}

const persisterColour = okabeIto.vermillion;
const normalColour = ink.axis;

function positiveMarks(antigen: Antigen, x: Scale, y: number): Markup {
  const { persister, persisterLow, persisterHigh, untreated, normal } = antigen;
  const stroke = { stroke: persisterColour, 'stroke-width': 1.6 };
  const clipped = (value: number): number => x.at(Math.max(0, Math.min(1, value)));
  return fragment(
    Number.isFinite(persisterLow) &&
      Number.isFinite(persisterHigh) &&
      line(clipped(persisterLow), y - 5, clipped(persisterHigh), y - 5, stroke),
    Number.isFinite(persister) && mark('circle', x.at(persister), y - 5, 4.4, { fill: persisterColour }),
    Number.isFinite(untreated) &&
      mark('triangle', x.at(untreated), y + 6, 3.9, {
        fill: ink.paper,
        stroke: stageColour('untreated'),
        'stroke-width': 1.5,
      }),
    Number.isFinite(normal) && mark('square', x.at(normal), y + 6, 4, { fill: normalColour }),
  );
}

function drugMarks(context: ReportContext, { drugs }: Antigen, y: number): Markup {
  const text = context.text.figures.targets.antigens;
  const [first] = drugs;
  if (first === undefined) return label(text.noDrug, drugsLeft, y + 4, { size: 10.5, colour: ink.muted });
  const width = fullWidth - drugsLeft;
  const rest = drugs.length > 1 ? `, ${text.more(drugs.length - 1)}` : '';
  return fragment(
    label(fitText(first.drug, width, 10.5), drugsLeft, y - 1, { size: 10.5 }),
    label(fitText(text.drugStatus(first.status) + rest, width, 10), drugsLeft, y + 11, { size: 10, colour: ink.muted }),
  );
}

function underneath(
  context: ReportContext,
  { missing, hasCells, y }: { readonly missing: readonly string[]; readonly hasCells: boolean; readonly y: number },
): { readonly markup: Markup; readonly bottom: number } {
  const text = context.text.figures.targets;
  const cells: readonly LegendItem[] = [
    { text: text.antigens.persister, shape: 'circle', fill: persisterColour },
    { text: text.antigens.untreated, shape: 'triangle', fill: ink.paper, stroke: stageColour('untreated') },
    { text: text.antigens.normal, shape: 'square', fill: normalColour },
  ];
  const keys = legend(
    '',
    [{ text: text.antigens.range, shape: 'circle', fill: ink.text }, ...(hasCells ? cells : [])],
    0,
    y,
    fullWidth,
  );
  const second = y + keys.height;
  const notes = missing.length === 0 ? [] : wrapText(text.antigens.notMeasured(missing), fullWidth, 11);
  return {
    markup: fragment(
      keys.markup,
      markerKey(context, second),
      notes.map((note, i) => label(note, 0, second + 22 + 16 * i, { size: 11, colour: ink.muted })),
    ),
    bottom: second + 14 + 16 * notes.length,
  };
}
