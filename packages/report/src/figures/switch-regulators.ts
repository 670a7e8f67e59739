import { log10 } from '@remnant/engine';
import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend, type LegendItem } from '../svg/legend.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { direction, divergingColour, ink, inkOn } from '../svg/palette.js';
import { linearScale, type Scale } from '../svg/scale.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { isVerdict, verdictMark } from '../svg/verdict-mark.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import {
  chosenSwitchRows,
  type EvidenceColumn,
  evidenceColumns,
  type EvidenceSquare,
  firstShown,
  type SwitchRegulator,
  switchRegulators,
  type SwitchRow,
} from './switch-regulator-rows.js';

const rowHeight = 27;
const top = 48;
const nameLeft = 48;
const matrixLeft = 142;
const widestSquare = 70;
const spanRight = fullWidth - 62;
const memberIndent = 12;

/** A figure as laid out: which lines it has, and where ranks stand on the right. */
interface Layout {
  readonly lines: readonly EvidenceColumn[];
  readonly square: number;
  readonly x: Scale;
  readonly bottom: number;
  readonly nAll: number;
}

/** The first regulators with their rank on every line of evidence, and how the rank fares without single patients. */
export function drawSwitchRegulators(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'switch_regulators', {
    numbers: ['rank'],
    texts: ['regulator', 'verdict', 'direction'],
  });
  if (!read.found) return leftOut(context, read);
  const all = switchRegulators(context, read);
  if (all.length === 0) return nothingToDraw(context, 'switch_regulators');
  const rows = chosenSwitchRows(all);
  const layout = layOut(all, rows);
  const shown = rows.flatMap((row) => (row.kind === 'regulator' ? [row.regulator] : []));
  const text = context.text.figures.switch.regulators;
  const under = underneath(context, shown, layout);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['switch_regulators', 'regulator_stability'],
    caption: text.caption(Math.min(firstShown, all.length), all.length),
    svg: svgDocument(
      {
        id: figureName('switch-regulators'),
        width: fullWidth,
        height: under.bottom,
        title: context.text.figureTitles['switch-regulators'],
        description: text.description(shown.length, all.length, layout.lines.length),
      },
      rankAxis(context, layout),
      headers(context, layout),
      rows.map((row, i) => rowMarkup(context, row, top + (i + 0.5) * rowHeight, layout)),
      under.markup,
    ),
  };
}

function layOut(all: readonly SwitchRegulator[], rows: readonly SwitchRow[]): Layout {
  const lines = evidenceColumns.filter((column) => all.some(({ squares }) => Number.isFinite(squares[column].share)));
  const square = Math.min(widestSquare, 396 / Math.max(1, lines.length));
  return {
    lines,
    square,
    x: logScale(all.length, [matrixLeft + square * lines.length + 18, spanRight]),
    bottom: top + rows.length * rowHeight + 4,
    nAll: all.length,
  };
}

function logScale(nAll: number, range: readonly [number, number]): Scale {
  const scale = linearScale([0, log10(Math.max(2, nAll))], range);
  return { ...scale, at: (rank) => scale.at(log10(rank)) };
}

/** 1, 10, 100 … up to the last rank. */
function rankAxis(context: ReportContext, { x, bottom, nAll }: Layout): Markup {
  const values = [1, 10, 100, 1000, 10_000].filter((value) => value <= Math.max(2, nAll));
  return axisBottom(
    {
      scale: x,
      ticks: { values, decimals: 0 },
      write: context.number.integer,
      title: context.text.figures.switch.regulators.axis,
    },
    bottom,
    top,
  );
}

function headers(context: ReportContext, { lines, square, x }: Layout): Markup {
  const text = context.text.figures.switch.regulators;
  const style = { size: 10.5, bold: 'bold', colour: ink.muted } as const;
  const nameOf = (column: EvidenceColumn): string =>
    column === 'perturbation' ? text.perturbation : text.lines[column];
  const unitOf = (column: EvidenceColumn): string =>
    column === 'perturbation' ? text.perturbationUnit : text.units[column];
  return fragment(
    label(text.rank, 42, top - 24, { ...style, anchor: 'end' }),
    label(text.regulator, nameLeft, top - 24, style),
    lines.map((column, i) => {
      const centre = matrixLeft + (i + 0.5) * square;
      return fragment(
        label(fitText(nameOf(column), square, 10), centre, top - 24, { ...style, size: 10, anchor: 'middle' }),
        label(fitText(unitOf(column), square, 9.5), centre, top - 11, {
          size: 9.5,
          anchor: 'middle',
          colour: ink.muted,
        }),
      );
    }),
    label(text.stability, x.range[0], top - 24, style),
    line(0, top - 5, fullWidth, top - 5, { stroke: ink.grid }),
  );
}

function rowMarkup(context: ReportContext, row: SwitchRow, y: number, layout: Layout): Markup {
  const text = context.text.figures.switch.regulators;
  if (row.kind === 'gap') {
    return label(`⋮ ${text.hidden(row.hidden)}`, nameLeft, y + 4, { size: 10.5, colour: ink.muted });
  }
  const { regulator } = row;
  return fragment(
    regulator.isNamed && rectangle(0, y - rowHeight / 2 + 1, fullWidth, rowHeight - 2, { fill: '#fbf3d9' }),
    nameMarkup(context, row.regulator, row.isMember, y),
    layout.lines.map((column, i) =>
      squareMarkup(regulator, regulator.squares[column], matrixLeft + i * layout.square, y, layout),
    ),
    stabilityMarkup(context, regulator, y, layout),
  );
}

function nameMarkup(context: ReportContext, regulator: SwitchRegulator, isMember: boolean, y: number): Markup {
  const { name, rank, verdict, isMoreActive, isNamed } = regulator;
  const left = nameLeft + (isMember ? memberIndent : 0);
  const bold = isNamed ? 'bold' : undefined;
  const elbow = { stroke: ink.axis, 'stroke-width': 0.9 };
  return fragment(
    isVerdict(verdict) && verdictMark(verdict, 9, y, 7),
    label(context.number.integer(rank), 42, y + 4, { size: 11, anchor: 'end', colour: ink.muted, bold }),
    isMember &&
      fragment(
        line(nameLeft + 4, y - rowHeight / 2 + 3, nameLeft + 4, y, elbow),
        line(nameLeft + 4, y, left, y, elbow),
      ),
    mark(isMoreActive ? 'triangle' : 'triangle-down', left + 5, y, 3.8, {
      fill: isMoreActive ? direction.up : direction.down,
    }),
    label(fitText(name, matrixLeft - left - 20, 11.5), left + 14, y + 4, { size: 11.5, bold }),
  );
}

/** The nearer to the first rank the darker, in the colour of the direction of the regulator. */
function squareMarkup(
  { isMoreActive }: SwitchRegulator,
  { share, rank, number }: EvidenceSquare,
  x: number,
  y: number,
  { square, nAll }: Layout,
): Markup {
  const isRanked = Number.isFinite(share);
  const strength = isRanked ? Math.min(1, Math.max(0, -log10(share) / log10(Math.max(2, nAll)))) : 0;
  const fill = isRanked ? divergingColour(isMoreActive ? strength : -strength) : ink.paper;
  const colour = isRanked ? inkOn(fill) : ink.muted;
  const centre = { anchor: 'middle', colour } as const;
  const middle = x + square / 2;
  return fragment(
    rectangle(x + 1.5, y - 11.5, square - 3, 23, { fill, stroke: isRanked ? fill : ink.grid, 'stroke-width': 0.8 }),
    isRanked && label(rank, middle, y + (number === '' ? 4 : -1), { ...centre, size: rankSize(rank), bold: 'bold' }),
    number !== '' && label(number, middle, y + (isRanked ? 9 : 4), { ...centre, size: 9 }),
  );
}

/** A P value in powers of ten is wider than a rank. */
function rankSize(rank: string): number {
  return textWidth(rank, 10.5, 'bold') > 40 ? 9 : 10.5;
}

function stabilityMarkup(context: ReportContext, regulator: SwitchRegulator, y: number, { x }: Layout): Markup {
  const { rank, low, high, runs } = regulator;
  const stroke = { stroke: ink.text, 'stroke-width': 1.4 };
  const hasSpan = Number.isFinite(low) && Number.isFinite(high);
  const { integer } = context.number;
  const range = low === high ? integer(low) : context.number.interval(low, high, integer);
  return fragment(
    runs.map((run) => line(x.at(run), y + 3, x.at(run), y + 9, { stroke: ink.axis, 'stroke-width': 1 })),
    hasSpan &&
      fragment(
        line(x.at(low), y, x.at(high), y, stroke),
        line(x.at(low), y - 3.5, x.at(low), y + 3.5, stroke),
        line(x.at(high), y - 3.5, x.at(high), y + 3.5, stroke),
      ),
    mark('circle', x.at(rank), y, 4, { fill: ink.text }),
    label(hasSpan ? range : '–', fullWidth, y + 4, { size: 10.5, anchor: 'end', colour: ink.muted }),
  );
}

function underneath(
  context: ReportContext,
  shown: readonly SwitchRegulator[],
  { lines, bottom, x }: Layout,
): { readonly markup: Markup; readonly bottom: number } {
  const text = context.text.figures.switch;
  const missing = evidenceColumns
    .filter((column) => !lines.includes(column))
    .map((column) => (column === 'perturbation' ? text.regulators.perturbation : text.regulators.lines[column]));
  const verdicts = [...new Set(shown.map(({ verdict }) => verdict))].filter(isVerdict);
  const signs = [
    { text: text.moreActive, shape: 'triangle' as const, fill: direction.up },
    { text: text.lessActive, shape: 'triangle-down' as const, fill: direction.down },
    { text: text.regulators.colour, shape: 'square' as const, fill: divergingColour(0.8) },
    ...(shown.some(({ runs }) => runs.length > 0)
      ? [{ text: text.regulators.run, shape: 'tick' as const, fill: ink.axis }]
      : []),
    ...(shown.some(({ isNamed }) => isNamed)
      ? [{ text: text.regulators.asked, shape: 'square' as const, fill: '#fbf3d9', stroke: ink.pale }]
      : []),
  ] satisfies readonly LegendItem[];
  const keys = legend('', signs, 0, bottom + 56, fullWidth);
  const notes = bottom + 56 + keys.height;
  return {
    bottom: notes + (missing.length > 0 ? 18 : 2),
    markup: fragment(
      verdictKeys(context, verdicts, bottom + 22, x.range[0] - 20),
      keys.markup,
      missing.length > 0 && label(text.regulators.noData(missing), 0, notes + 6, { size: 10.5, colour: ink.muted }),
    ),
  };
}

/** The verdict marks with their names, left of the axis. */
function verdictKeys(
  context: ReportContext,
  verdicts: readonly (keyof ReportContext['text']['verdict'])[],
  y: number,
  width: number,
): Markup {
  let x = 0;
  const entries = verdicts.map((verdict) => {
    const name = context.text.verdict[verdict];
    const entry = fragment(
      verdictMark(verdict, x + 9, y, 6.5),
      label(fitText(name, width - x - 22, 11), x + 21, y + 4, { size: 11 }),
    );
    x += 21 + textWidth(name, 11) + 16;
    return entry;
  });
  return fragment(entries);
}
