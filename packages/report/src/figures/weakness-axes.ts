import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { axisBottom } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, line, mark, rectangle, type Shape } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { fitText, textWidth, wrapText } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { axisGroups, type AxisRow, type AxisVerdict, type DrawnGroup, weaknessAxisRows } from './weakness-axis-rows.js';

const top = 30;
const rowHeight = 21;
const headingHeight = 23;
const reasonSize = 10;
const reasonLine = 12.5;
const nameSize = 11;
/** Longer names of axes are cut. */
const mostName = 262;
const plotRight = 456;
const effectLeft = 470;
const verdictLeft = 592;

/** A row of the figure and how high it is. */
type Row =
  | { readonly kind: 'heading'; readonly group: DrawnGroup; readonly height: number }
  | { readonly kind: 'axis'; readonly axis: AxisRow; readonly height: number }
  | { readonly kind: 'untested'; readonly axis: AxisRow; readonly reason: readonly string[]; readonly height: number };

/** Every axis of weakness: mean over patients with its interval, the patients, the verdict; in grey what could not be tested. */
export function drawWeaknessAxes(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'weakness_axes', {
    numbers: ['effect', 'low', 'high'],
    texts: ['comparison', 'axis', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const axes = weaknessAxisRows(context, read);
  const tested = axes.filter(isTested);
  if (tested.length === 0) return nothingToDraw(context, 'weakness_axes');
  const plotLeft = Math.min(mostName, Math.max(...axes.map(({ title }) => textWidth(title, nameSize, 'bold')))) + 12;
  const rows = rowsOf(axes, plotLeft);
  const tops = rows.map((_, i) => top + rows.slice(0, i).reduce((sum, { height }) => sum + height, 0));
  const bottom = top + rows.reduce((sum, { height }) => sum + height, 0) + 4;
  const x = linearScale(domainOf(tested), [plotLeft, plotRight]);
  const text = context.text.figures.targets.weaknessAxes;
  const keys = legend('', keyItems(context), 0, bottom + 58, fullWidth);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['weakness_axes', 'weakness_patients'],
    caption: text.caption(contrastWords(context)),
    svg: svgDocument(
      {
        id: figureName('weakness-axes'),
        width: fullWidth,
        height: bottom + 52 + keys.height,
        title: context.text.figureTitles['weakness-axes'],
        description: text.description(tested.length, axes.length - tested.length),
      },
      headers(context),
      line(x.at(0), top - 2, x.at(0), bottom, { stroke: ink.axis, 'stroke-dasharray': '3 3' }),
      rows.map((row, i) => rowMarkup(context, row, x, (tops[i] as number) + row.height / 2)),
      plotAxis(context, x, bottom),
      keys.markup,
    ),
  };
}

function isTested({ verdict, effect }: AxisRow): boolean {
  return verdict !== 'not testable' && Number.isFinite(effect);
}

function rowsOf(axes: readonly AxisRow[], plotLeft: number): readonly Row[] {
  return axisGroups.flatMap((group): readonly Row[] => {
    const own = axes.filter((axis) => axis.group === group);
    if (own.length === 0) return [];
    return [{ kind: 'heading', group, height: headingHeight }, ...own.map((axis) => axisRow(axis, plotLeft))];
  });
}

function axisRow(axis: AxisRow, plotLeft: number): Row {
  if (isTested(axis)) return { kind: 'axis', axis, height: rowHeight };
  const reason = wrapText(axis.reason, verdictLeft - 8 - plotLeft, reasonSize);
  return { kind: 'untested', axis, reason, height: Math.max(rowHeight, reason.length * reasonLine + 4) };
}

/** Covers means and patients; intervals up to half that span beyond it. */
function domainOf(axes: readonly AxisRow[]): readonly [number, number] {
  const core = extent([
    0,
    ...axes.flatMap(({ effect, patients }) => [effect, ...patients.map((one) => one.effect)]),
  ]) ?? [-1, 1];
  const whole = extent([...core, ...axes.flatMap(({ low, high }) => [low, high])]) ?? core;
  const span = Math.max(core[1] - core[0], 1e-9);
  const [low, high] = [Math.max(whole[0], core[0] - 0.5 * span), Math.min(whole[1], core[1] + 0.5 * span)];
  return [low - 0.04 * (high - low), high + 0.04 * (high - low)];
}

function headers(context: ReportContext): Markup {
  const text = context.text.figures.targets;
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(text.weaknessAxes.header, 0, top - 12, style),
    label(text.weaknessAxes.effect, effectLeft, top - 12, style),
    label(text.weaknessAxes.verdictHeader, verdictLeft, top - 12, style),
    line(0, top - 4, fullWidth, top - 4, { stroke: ink.grid }),
  );
}

function rowMarkup(context: ReportContext, row: Row, x: Scale, y: number): Markup {
  const text = context.text.figures.targets;
  if (row.kind === 'heading') return label(text.weaknessAxes.group[row.group], 0, y + 6, { size: 12, bold: 'bold' });
  const { axis } = row;
  const plotLeft = x.range[0];
  const name = fitText(axis.title, plotLeft - 10, nameSize);
  if (row.kind === 'untested') {
    const first = y + 4 - ((row.reason.length - 1) * reasonLine) / 2;
    return fragment(
      rectangle(plotLeft - 3, y - row.height / 2, verdictLeft - plotLeft - 6, row.height, { fill: ink.paper }),
      label(name, 0, y + 4, { size: nameSize, colour: ink.muted }),
      row.reason.map((one, i) =>
        label(one, plotLeft, first + i * reasonLine, { size: reasonSize, colour: ink.muted, italic: 'italic' }),
      ),
      verdictSign('not testable', verdictLeft + 5, y),
      label(text.weaknessAxes.verdict['not testable'], verdictLeft + 16, y + 4, { size: 11, colour: ink.muted }),
    );
  }
  const { fixed, signed, interval } = context.number;
  const range = interval(axis.low, axis.high, (value) => fixed(value));
  const agree = Number.isFinite(axis.asked) && axis.asked > 0 ? ` ${ofAsked(context, axis)}` : '';
  const isClear = axis.verdict !== 'not shared';
  return fragment(
    label(name, 0, y + 4, { size: nameSize, bold: isClear ? 'bold' : undefined }),
    marks(axis, x, y),
    label(range === '' ? signed(axis.effect) : `${signed(axis.effect)} [${range}]`, effectLeft, y + 4, { size: 11 }),
    verdictSign(axis.verdict, verdictLeft + 5, y),
    label(text.weaknessAxes.verdict[axis.verdict] + agree, verdictLeft + 16, y + 4, { size: 11 }),
  );
}

function ofAsked({ number }: ReportContext, { agree, asked }: AxisRow): string {
  return `(${number.integer(agree)}/${number.integer(asked)})`;
}

/** Patients above, the mean with its interval below. */
function marks(axis: AxisRow, x: Scale, middle: number): Markup {
  const y = middle + 3.5;
  const colour = colourOf(axis.verdict);
  const stroke = { stroke: colour, 'stroke-width': 2, fill: 'none' };
  const [low, high] = [Math.max(axis.low, x.domain[0]), Math.min(axis.high, x.domain[1])];
  const end = (at: number, isCut: boolean, side: number): Markup =>
    isCut
      ? fragment(
          line(x.at(at), y, x.at(at) - 5 * side, y - 3.5, stroke),
          line(x.at(at), y, x.at(at) - 5 * side, y + 3.5, stroke),
        )
      : line(x.at(at), y - 3, x.at(at), y + 3, stroke);
  return fragment(
    axis.patients.map(({ effect, verdict }) => mark('circle', x.at(effect), middle - 5, 2.6, patientStyle(verdict))),
    Number.isFinite(axis.low) &&
      Number.isFinite(axis.high) &&
      fragment(
        line(x.at(low), y, x.at(high), y, stroke),
        end(low, axis.low < x.domain[0], -1),
        end(high, axis.high > x.domain[1], 1),
      ),
    mark('diamond', x.at(axis.effect), y, 4.6, { fill: colour, stroke: ink.paper, 'stroke-width': 1 }),
  );
}

function patientStyle(verdict: string): Readonly<Record<string, string | number>> {
  if (verdict === 'raised') return { fill: direction.up, 'fill-opacity': 0.75 };
  if (verdict === 'lowered') return { fill: direction.down, 'fill-opacity': 0.75 };
  return { fill: ink.paper, stroke: ink.axis, 'stroke-width': 1.1 };
}

function colourOf(verdict: AxisVerdict): string {
  return verdict === 'raised' ? direction.up : verdict === 'lowered' ? direction.down : ink.muted;
}

const signShapes: Readonly<Record<Exclude<AxisVerdict, 'not testable'>, Shape>> = {
  raised: 'triangle',
  lowered: 'triangle-down',
  'not shared': 'circle',
};

/** Pointing up or down where the patients share a change, a ring where not, a dashed ring where it could not be asked. */
function verdictSign(verdict: AxisVerdict, x: number, y: number): Markup {
  if (verdict === 'not testable') {
    return mark('circle', x, y, 4.4, {
      fill: ink.paper,
      stroke: ink.axis,
      'stroke-width': 1.3,
      'stroke-dasharray': '2 1.8',
    });
  }
  const colour = colourOf(verdict);
  return mark(signShapes[verdict], x, y, 4.8, {
    fill: verdict === 'not shared' ? ink.paper : colour,
    stroke: colour,
    'stroke-width': 1.4,
  });
}

function plotAxis(context: ReportContext, x: Scale, bottom: number): Markup {
  const ticks = niceTicks(x.domain, 5);
  const title = context.text.figures.targets.weaknessAxes.axis(contrastWords(context));
  const half = textWidth(title, 12) / 2;
  const [start, end] = x.range;
  const middle = Math.max(half, Math.min(fullWidth - half, (start + end) / 2));
  return fragment(
    axisBottom({ scale: x, ticks, write: (value) => context.number.fixed(value, ticks.decimals), title: '' }, bottom),
    label(title, middle, bottom + 36, { size: 12, anchor: 'middle' }),
  );
}

function keyItems(context: ReportContext): Parameters<typeof legend>[1] {
  const text = context.text.figures.targets.weaknessAxes;
  return [
    { text: text.pooled, shape: 'diamond', fill: ink.muted },
    { text: text.patientRaised, shape: 'circle', fill: direction.up },
    { text: text.patientLowered, shape: 'circle', fill: direction.down },
    { text: text.patientUnclear, shape: 'circle', fill: ink.paper, stroke: ink.axis },
  ];
}
