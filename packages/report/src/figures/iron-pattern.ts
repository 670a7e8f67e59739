import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { axisBottom, axisLeft } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { placeLabels } from '../svg/label-placement.js';
import { label, line, mark, rectangle, type Shape } from '../svg/marks.js';
import { direction, ink } from '../svg/palette.js';
import { extent, linearScale, niceTicks, type Scale } from '../svg/scale.js';
import { wrapText } from '../svg/text-width.js';
import { numbersOrMissing, readColumns, type ReadTable } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { bandColour } from './forest.js';

const plot = { left: 62, right: 482, top: 10, bottom: 400 } as const;
const keyLeft = 512;

type Pattern = ReadTable<'cd44' | 'tfrc' | 'mesenchymal', 'patient' | 'signs'>;

/** A value with its interval; missing ends are NaN. */
interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A patient of the figure. */
interface Point {
  readonly patient: string;
  readonly signs: string;
  readonly cd44: Estimate;
  readonly tfrc: Estimate;
  readonly mesenchymal: Estimate;
}

/** CD44 against TFRC patient by patient, by the direction of the mesenchymal genes; the quadrant of the pattern is shaded. */
export function drawIronPattern(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'iron_pattern', {
    numbers: ['cd44', 'tfrc', 'mesenchymal'],
    texts: ['patient', 'signs'],
  });
  if (!read.found) return leftOut(context, read);
  const all = pointsOf(context, read);
  const points = all.filter(({ cd44, tfrc }) => Number.isFinite(cd44.value) && Number.isFinite(tfrc.value));
  if (points.length === 0) return nothingToDraw(context, 'iron_pattern');
  const text = context.text.figures.targets.ironPattern;
  const without = all.filter((point) => !points.includes(point)).map(({ patient }) => patient);
  const notes = without.length === 0 ? [] : wrapText(text.notDrawn(without), fullWidth, 11);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['iron_pattern'],
    caption: text.caption(contrastWords(context)),
    svg: svgDocument(
      {
        id: figureName('iron-pattern'),
        width: fullWidth,
        height: plot.bottom + 46 + 16 * notes.length,
        title: context.text.figureTitles['iron-pattern'],
        description: text.description(points.length, points.filter(({ signs }) => signs === 'pattern').length),
      },
      plotMarkup(context, points),
      key(context, points),
      notes.map((note, i) => label(note, 0, plot.bottom + 56 + 16 * i, { size: 11, colour: ink.muted })),
    ),
  };
}

function pointsOf({ result }: ReportContext, { numbers, texts }: Pattern): readonly Point[] {
  const column = (name: string): Float64Array => numbersOrMissing(result, 'iron_pattern', name);
  const ends = ['cd44', 'tfrc', 'mesenchymal'].map((name) => [column(`${name}_low`), column(`${name}_high`)] as const);
  return texts.patient.map((patient, i) => {
    const estimate = (value: Float64Array, part: number): Estimate => ({
      value: value[i] as number,
      low: ends[part]?.[0][i] ?? NaN,
      high: ends[part]?.[1][i] ?? NaN,
    });
    return {
      patient: patient ?? '',
      signs: texts.signs[i] ?? '',
      cd44: estimate(numbers.cd44, 0),
      tfrc: estimate(numbers.tfrc, 1),
      mesenchymal: estimate(numbers.mesenchymal, 2),
    };
  });
}

/** Zero in the middle of neither axis, but always inside; intervals up to half the span of the points beyond them. */
function domainOf(estimates: readonly Estimate[]): readonly [number, number] {
  const core = extent([-0.4, 0.4, ...estimates.map(({ value }) => value)]) ?? [-1, 1];
  const whole = extent([...core, ...estimates.flatMap(({ low, high }) => [low, high])]) ?? core;
  const span = core[1] - core[0];
  const [low, high] = [Math.max(whole[0], core[0] - 0.5 * span), Math.min(whole[1], core[1] + 0.5 * span)];
  return [low - 0.05 * (high - low), high + 0.05 * (high - low)];
}

function plotMarkup(context: ReportContext, points: readonly Point[]): Markup {
  const text = context.text.figures.targets.ironPattern;
  const x = linearScale(domainOf(points.map(({ cd44 }) => cd44)), [plot.left, plot.right]);
  const y = linearScale(domainOf(points.map(({ tfrc }) => tfrc)), [plot.bottom, plot.top]);
  const ticks = [niceTicks(x.domain, 6), niceTicks(y.domain, 6)] as const;
  const write =
    (decimals: number) =>
    (value: number): string =>
      context.number.fixed(value, decimals);
  const [zeroX, zeroY] = [x.at(0), y.at(0)];
  const places = points.map((point) => ({ text: point.patient, x: x.at(point.cd44.value), y: y.at(point.tfrc.value) }));
  const placed = placeLabels(places, {
    bounds: { left: plot.left + 2, right: plot.right - 2, top: plot.top + 2, bottom: plot.bottom - 18 },
    size: 10.5,
    crowd: points.flatMap((point) => alongIntervals(point, x, y)),
  });
  return fragment(
    rectangle(zeroX, zeroY, plot.right - zeroX, plot.bottom - zeroY, { fill: bandColour }),
    label(text.quadrant, plot.right - 6, plot.bottom - 7, { size: 10.5, anchor: 'end', colour: ink.muted }),
    axisBottom({ scale: x, ticks: ticks[0], write: write(ticks[0].decimals), title: text.axis('CD44') }, plot.bottom),
    axisLeft({ scale: y, ticks: ticks[1], write: write(ticks[1].decimals), title: text.axis('TFRC') }, plot.left, 14),
    line(zeroX, plot.top, zeroX, plot.bottom, { stroke: ink.axis, 'stroke-dasharray': '3 3' }),
    line(plot.left, zeroY, plot.right, zeroY, { stroke: ink.axis, 'stroke-dasharray': '3 3' }),
    points.map((point) => intervals(point, x, y)),
    placed.map(
      ({ leader, request }) =>
        leader !== null && line(request.x, request.y, leader[0], leader[1], { stroke: ink.pale, 'stroke-width': 0.8 }),
    ),
    points.map((point, i) => pointMark(point.mesenchymal, places[i]?.x ?? NaN, places[i]?.y ?? NaN)),
    placed.map((one) => label(one.request.text, one.x, one.baseline, { size: 10.5 })),
  );
}

/** Places on the mark and along the intervals of a patient, for labels to stay clear of. */
function alongIntervals({ cd44, tfrc }: Point, x: Scale, y: Scale): readonly (readonly [number, number])[] {
  const steps = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const along = ({ low, high, value }: Estimate): readonly number[] =>
    Number.isFinite(low) && Number.isFinite(high) ? steps.map((step) => low + step * (high - low)) : [value];
  const clear = 6.5;
  const corners = [-clear, 0, clear].flatMap((dx) =>
    [-clear, 0, clear].map((dy) => [x.at(cd44.value) + dx, y.at(tfrc.value) + dy] as const),
  );
  return [
    ...corners,
    ...along(cd44).map((at) => [x.at(at), y.at(tfrc.value)] as const),
    ...along(tfrc).map((at) => [x.at(cd44.value), y.at(at)] as const),
  ];
}

function intervals({ cd44, tfrc }: Point, x: Scale, y: Scale): Markup {
  const stroke = { stroke: ink.pale, 'stroke-width': 1.2 };
  const kept = (value: number, [low, high]: readonly [number, number]): number => Math.max(low, Math.min(high, value));
  const has = ({ low, high }: Estimate): boolean => Number.isFinite(low) && Number.isFinite(high);
  const [atX, atY] = [x.at(cd44.value), y.at(tfrc.value)];
  return fragment(
    has(cd44) && line(x.at(kept(cd44.low, x.domain)), atY, x.at(kept(cd44.high, x.domain)), atY, stroke),
    has(tfrc) && line(atX, y.at(kept(tfrc.low, y.domain)), atX, y.at(kept(tfrc.high, y.domain)), stroke),
  );
}

/** Upright where mesenchymal genes rise, upside down where they fall; hollow where the interval spans zero. */
function pointMark(mesenchymal: Estimate, x: number, y: number): Markup {
  const { value, low, high } = mesenchymal;
  if (!Number.isFinite(value)) {
    return mark('circle', x, y, 4.4, { fill: ink.pale, stroke: ink.muted, 'stroke-width': 1.2 });
  }
  const [shape, colour]: readonly [Shape, string] =
    value > 0 ? ['triangle', direction.up] : ['triangle-down', direction.down];
  const isClear = low * high > 0;
  return mark(shape, x, y, 5.6, { fill: isClear ? colour : ink.paper, stroke: colour, 'stroke-width': 1.7 });
}

function key(context: ReportContext, points: readonly Point[]): Markup {
  const text = context.text.figures.targets.ironPattern;
  const style = { size: 11 } as const;
  const heading = { size: 11, bold: 'bold', colour: ink.muted } as const;
  const hasUnknown = points.some(({ mesenchymal }) => !Number.isFinite(mesenchymal.value));
  const countsTop = plot.top + (hasUnknown ? 126 : 106);
  const signs = ['pattern', 'inverted', 'mixed'] as const;
  return fragment(
    label(text.heading, keyLeft, plot.top + 14, heading),
    mark('triangle', keyLeft + 6, plot.top + 32, 5.4, { fill: direction.up }),
    label(text.up, keyLeft + 18, plot.top + 36, style),
    mark('triangle-down', keyLeft + 6, plot.top + 52, 5.4, { fill: direction.down }),
    label(text.down, keyLeft + 18, plot.top + 56, style),
    mark('triangle', keyLeft + 6, plot.top + 72, 5, { fill: ink.paper, stroke: ink.muted, 'stroke-width': 1.5 }),
    label(text.unclear, keyLeft + 18, plot.top + 76, style),
    hasUnknown &&
      fragment(
        mark('circle', keyLeft + 6, plot.top + 92, 4.4, { fill: ink.pale, stroke: ink.muted }),
        label(text.unknown, keyLeft + 18, plot.top + 96, style),
      ),
    label(text.signs, keyLeft, countsTop, heading),
    signs.map((sign, i) =>
      label(
        text.counts[sign](points.filter((point) => point.signs === sign).length),
        keyLeft,
        countsTop + 20 * (i + 1),
        style,
      ),
    ),
  );
}
