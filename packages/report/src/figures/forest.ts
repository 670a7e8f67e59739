import { fragment, type Markup } from '../markup/markup.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend, type LegendItem } from '../svg/legend.js';
import { label, line, mark, rectangle, type Shape, type TextStyle } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { fitText, textWidth, wrapText } from '../svg/text-width.js';
import type { NumberFormat } from '../format/number-format.js';
import { fullWidth } from './figure.js';

/** One row of a forest plot: an estimate with its interval, or a heading over the rows that follow. */
export type ForestRow = ForestHeading | ForestEstimate;

/** A heading over rows. */
export interface ForestHeading {
  readonly kind: 'heading';
  readonly text: string;
}

/** An estimate. Missing numbers are NaN; a value without an interval is drawn alone. */
export interface ForestEstimate {
  readonly kind: 'estimate';
  readonly label: string;
  /** A short line under the label; an alert is coloured. */
  readonly remark: { readonly text: string; readonly tone: 'alert' | 'quiet' } | null;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly shape: Shape;
  readonly colour: string;
  /** A second value, drawn as a tick; NaN for none. */
  readonly tick: number;
  /** Hollow marks rest on weaker ground than filled ones; the legend says how. */
  readonly fill: 'filled' | 'hollow';
  /** Pooled rows stand apart under a rule, in bold. */
  readonly weight: 'single' | 'pooled';
  /** Ranges drawn behind the marks, the first furthest back; cut where the axis ends. */
  readonly behind?: readonly ForestSpan[];
  /** Single values under the mark, such as those of patients. */
  readonly points?: readonly number[];
  /** A thin rule above the row, where rows close together change their patient. */
  readonly opens?: 'group';
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** A coloured range of the axis behind one row. */
export interface ForestSpan {
  readonly low: number;
  readonly high: number;
  readonly colour: string;
  /** In pixels; no higher than the row. */
  readonly height: number;
}

/** Everything a forest plot shows. */
export interface ForestSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly axisTitle: string;
  readonly labelHeader: string;
  readonly rows: readonly ForestRow[];
  /** Headers of the text columns on each side; their width is that of their longest cell. */
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** Values marked by a vertical line. */
  readonly references: readonly number[];
  /** A shaded range of the axis. */
  readonly band: { readonly low: number; readonly high: number } | null;
  readonly legend: readonly LegendItem[];
  /** Lines of text under the plot. */
  readonly notes: readonly string[];
  /** Rows closer together, for plots of many rows without remarks. */
  readonly spacing?: 'close' | undefined;
  readonly number: NumberFormat;
}

const plainRowHeight = 25;
/** Rows are taller where any has a second line under its label. */
const remarkRowHeight = 30;
const closeRowHeight = 16.5;
const headerHeight = 34;
const textSize = 11.5;
const headerSize = 11;
const columnGap = 16;
/** The plot keeps at least this much width; longer labels are cut. */
const narrowestPlot = 180;

/** Colour of a shaded range. */
export const bandColour = '#dcefe8';

interface Layout {
  readonly x: Scale;
  readonly rowHeight: number;
  readonly top: number;
  readonly bottom: number;
  readonly labelWidth: number;
  readonly left: readonly TextColumn[];
  readonly right: readonly TextColumn[];
}

/** A column of text: where it starts, how wide it may be. */
interface TextColumn {
  readonly header: string;
  readonly start: number;
  readonly width: number;
}

/** Draws a forest plot: rows of estimates with intervals on one axis, text columns on both sides. */
export function drawForest(spec: ForestSpec): Markup {
  const layout = layOut(spec);
  const under = underneath(spec, layout.bottom + 58);
  return svgDocument(
    { id: spec.id, width: fullWidth, height: under.bottom, title: spec.title, description: spec.description },
    bandMark(spec, layout),
    spec.references.map((value) => referenceLine(value, layout)),
    headers(spec, layout),
    spec.rows.map((row, i) => rowMarkup(row, headerHeight + (i + 0.5) * layout.rowHeight, layout)),
    axis(spec, layout),
    under.markup,
  );
}

function layOut(spec: ForestSpec): Layout {
  const estimates = spec.rows.filter((row) => row.kind === 'estimate');
  const left = columnWidths(
    spec.left,
    estimates.map((row) => row.left),
  );
  const right = columnWidths(
    spec.right,
    estimates.map((row) => row.right),
  );
  const taken = [...left, ...right].reduce((sum, width) => sum + width, 0);
  const wanted = widest(
    spec.labelHeader,
    estimates.flatMap((row) => [row.label, row.remark?.text ?? '']),
  );
  const labelWidth = Math.max(60, Math.min(wanted, fullWidth - taken - narrowestPlot - 2 * columnGap));
  const rowHeight = rowHeightOf(spec, estimates);
  const rightStart = fullWidth + columnGap - right.reduce((sum, width) => sum + width, 0);
  const plotStart = labelWidth + left.reduce((sum, width) => sum + width, 0) + 4;
  return {
    rowHeight,
    x: linearScale(forestDomain(spec), [plotStart, rightStart - columnGap - 4]),
    top: headerHeight,
    bottom: headerHeight + spec.rows.length * rowHeight + 4,
    labelWidth,
    left: columnsFrom(labelWidth, spec.left, left),
    right: columnsFrom(rightStart, spec.right, right),
  };
}

function rowHeightOf({ spacing }: ForestSpec, estimates: readonly ForestEstimate[]): number {
  if (spacing === 'close') return closeRowHeight;
  return estimates.some((row) => row.remark !== null) ? remarkRowHeight : plainRowHeight;
}

function columnWidths(headers: readonly string[], cells: readonly (readonly string[])[]): readonly number[] {
  return headers.map((header, i) =>
    widest(
      header,
      cells.map((row) => row[i] ?? ''),
    ),
  );
}

function widest(header: string, cells: readonly string[]): number {
  const widths = cells.map((text) => textWidth(text, textSize, 'bold'));
  return Math.ceil(Math.max(textWidth(header, headerSize, 'bold'), ...widths)) + columnGap;
}

function columnsFrom(from: number, headers: readonly string[], widths: readonly number[]): readonly TextColumn[] {
  let start = from;
  return headers.map((header, i) => {
    const column = { header, start, width: widths[i] ?? 0 };
    start += column.width;
    return column;
  });
}

/**
 * The axis covers every estimate and reference; intervals are covered up to one and a half times that span beyond it,
 * and end in an arrow where they go on.
 */
function forestDomain(spec: ForestSpec): readonly [number, number] {
  const estimates = spec.rows.filter((row) => row.kind === 'estimate');
  const anchors = [...spec.references, ...(spec.band === null ? [] : [spec.band.low, spec.band.high])];
  const core = extent([...estimates.flatMap((row) => [row.value, row.tick]), ...anchors]) ?? [0, 1];
  const reaches = estimates.flatMap((row) => [row, ...(row.behind ?? [])]);
  const points = estimates.flatMap((row) => row.points ?? []);
  const whole = extent([...reaches.flatMap(({ low, high }) => [low, high]), ...points, ...core]) ?? core;
  const span = Math.max(core[1] - core[0], 1e-9);
  const low = Math.max(whole[0], core[0] - 0.75 * span);
  const high = Math.min(whole[1], core[1] + 0.75 * span);
  const margin = 0.04 * (high - low);
  return [low - margin, high + margin];
}

function bandMark(spec: ForestSpec, { x, top, bottom }: Layout): Markup | null {
  if (spec.band === null) return null;
  const left = x.at(spec.band.low);
  return rectangle(left, top - 3, x.at(spec.band.high) - left, bottom - top + 3, { fill: bandColour });
}

function referenceLine(value: number, { x, top, bottom }: Layout): Markup {
  return line(x.at(value), top - 3, x.at(value), bottom, { stroke: ink.axis, 'stroke-dasharray': '3 3' });
}

function headers(spec: ForestSpec, { top, left, right }: Layout): Markup {
  const style = { size: headerSize, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(spec.labelHeader, 0, top - 12, style),
    [...left, ...right].map((column) => label(column.header, column.start, top - 12, style)),
    line(0, top - 4, fullWidth, top - 4, { stroke: ink.grid }),
  );
}

function rowMarkup(row: ForestRow, y: number, layout: Layout): Markup {
  if (row.kind === 'heading') return label(row.text, 0, y + 5, { size: 12.5, bold: 'bold' });
  const bold = row.weight === 'pooled' ? 'bold' : undefined;
  const style: TextStyle = { size: textSize, bold };
  const cells = (columns: readonly TextColumn[], values: readonly string[]): readonly Markup[] =>
    columns.map((column, i) => label(fitText(values[i] ?? '', column.width, textSize), column.start, y + 4, style));
  return fragment(
    (row.weight === 'pooled' || row.opens === 'group') &&
      line(0, y - layout.rowHeight / 2, fullWidth, y - layout.rowHeight / 2, { stroke: ink.grid }),
    rowLabel(row, y, layout.labelWidth - 8, bold),
    cells(layout.left, row.left),
    (row.behind ?? []).map((span) => spanMark(span, y, layout)),
    (row.points ?? []).map((value) => pointMark(value, y + 8, layout.x)),
    estimateMarks(row, row.points === undefined ? y : y - 3, layout.x),
    cells(layout.right, row.right),
  );
}

function rowLabel(row: ForestEstimate, y: number, width: number, bold: 'bold' | undefined): Markup {
  if (row.remark === null) return label(fitText(row.label, width, textSize), 0, y + 4, { size: textSize, bold });
  return fragment(
    label(fitText(row.label, width, textSize), 0, y - 1, { size: textSize, bold }),
    label(fitText(row.remark.text, width, 9.5), 0, y + 9.5, {
      size: 9.5,
      colour: row.remark.tone === 'alert' ? '#a34700' : ink.muted,
    }),
  );
}

function spanMark({ low, high, colour, height }: ForestSpan, y: number, { x, rowHeight }: Layout): Markup | null {
  const [left, right] = [x.at(Math.max(low, x.domain[0])), x.at(Math.min(high, x.domain[1]))];
  const kept = Math.min(height, rowHeight - 2);
  return right > left ? rectangle(left, y - kept / 2, right - left, kept, { fill: colour }) : null;
}

function pointMark(value: number, y: number, x: Scale): Markup | null {
  if (!(value >= x.domain[0] && value <= x.domain[1])) return null;
  return mark('circle', x.at(value), y, 2.3, { fill: ink.muted, 'fill-opacity': '0.65' });
}

function estimateMarks(row: ForestEstimate, y: number, x: Scale): Markup | null {
  if (!Number.isFinite(row.value)) return null;
  const radius = row.weight === 'pooled' ? 6 : 4.6;
  return fragment(
    Number.isFinite(row.tick) && mark('tick', x.at(row.tick), y, 5, { fill: ink.text }),
    Number.isFinite(row.low) && Number.isFinite(row.high) && intervalLine(row, y, x),
    mark(row.shape, x.at(row.value), y, radius, {
      fill: row.fill === 'hollow' ? ink.paper : row.colour,
      stroke: row.colour,
      'stroke-width': 1.6,
    }),
  );
}

function intervalLine(row: ForestEstimate, y: number, x: Scale): Markup {
  const [low, high] = x.domain;
  const left = x.at(Math.max(row.low, low));
  const right = x.at(Math.min(row.high, high));
  const stroke = { stroke: row.colour, 'stroke-width': row.weight === 'pooled' ? 2.4 : 1.6, fill: 'none' };
  const end = (at: number, isCut: boolean, side: number): Markup =>
    isCut
      ? fragment(line(at, y, at - 5 * side, y - 4, stroke), line(at, y, at - 5 * side, y + 4, stroke))
      : line(at, y - 3.5, at, y + 3.5, stroke);
  return fragment(line(left, y, right, y, stroke), end(left, row.low < low, -1), end(right, row.high > high, 1));
}

function axis(spec: ForestSpec, { x, bottom }: Layout): Markup {
  const ticks = niceTicks(x.domain, Math.max(2, Math.floor((x.range[1] - x.range[0]) / 52)));
  const write = (value: number): string => spec.number.fixed(value, ticks.decimals);
  return axisBottom({ scale: x, ticks, write, title: spec.axisTitle }, bottom);
}

function underneath(spec: ForestSpec, top: number): { readonly markup: Markup; readonly bottom: number } {
  const parts: Markup[] = [];
  let y = top;
  if (spec.legend.length > 0) {
    const drawn = legend('', spec.legend, 0, y, fullWidth);
    parts.push(drawn.markup);
    y += drawn.height;
  }
  for (const text of spec.notes.flatMap((note) => wrapText(note, fullWidth, 11))) {
    parts.push(label(text, 0, y + 4, { size: 11, colour: ink.muted }));
    y += 16;
  }
  return { markup: fragment(parts), bottom: y - 4 };
}
