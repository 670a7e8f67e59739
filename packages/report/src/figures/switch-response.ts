import { leastHill, largestHill } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { label, line, mark, px } from '../svg/marks.js';
import { ink, okabeIto } from '../svg/palette.js';
import { extent, linearScale, padded, type Scale } from '../svg/scale.js';
import { fitText, wrapText } from '../svg/text-width.js';
import { numbersOrMissing, type ReadTable, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { hillCurve } from './hill-curve.js';
import { namesByReason } from './names-by-reason.js';
import { panelGrid, type PanelPlace } from './panel-grid.js';
import { smallAxisBottom, smallAxisLeft } from './small-axes.js';

type Steepness = ReadTable<'hill' | 'low' | 'high', 'regulator' | 'patient' | 'verdict'>;

/** Cells of similar regulator level. */
interface Bin {
  readonly level: number;
  readonly programme: number;
  readonly error: number;
  readonly nCells: number;
}

/** One regulator in one patient. */
interface ResponsePanel {
  readonly regulator: string;
  readonly patient: string;
  readonly verdict: string;
  readonly hill: string;
  readonly curve: ((level: number) => number) | null;
  readonly bins: readonly Bin[];
}

/** Panels on one page, in rows of four. */
const mostPanels = 24;
const columns = 4;
const headerHeight = 42;
const plotHeight = 74;
const axisHeight = 20;
const numbersWidth = 26;
const curveColour = okabeIto.vermillion;

/** Programme activity of single cells against the level of a regulator, one panel per regulator and patient. */
export function drawSwitchResponse(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'switch_steepness', {
    numbers: ['hill', 'low', 'high'],
    texts: ['regulator', 'patient', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const found = panelsOf(context, read);
  const panels = found.slice(0, mostPanels);
  if (panels.length === 0) return nothingToDraw(context, 'switch_response');
  const grid = panelGrid(
    panels.map(() => headerHeight + plotHeight + axisHeight),
    { columns, gap: 14, top: 4 },
  );
  const levels = panels.flatMap(({ bins }) => bins.flatMap(({ programme, error }) => around(programme, error)));
  const domain = padded(extent([0, 1, ...levels]) ?? [0, 1], 0.04);
  const text = context.text.figures.switch.response;
  const hidden = found.length - panels.length;
  const notes = [...(hidden > 0 ? [text.more(hidden)] : []), ...notRead(context, read)];
  const under = underneath(context, notes, grid.bottom + 16);
  const { general } = context.number;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['switch_response', 'switch_steepness'],
    caption: text.caption([general(leastHill), general(largestHill)]),
    svg: svgDocument(
      {
        id: figureName('switch-response'),
        width: fullWidth,
        height: under.bottom,
        title: context.text.figureTitles['switch-response'],
        description: text.description(panels.length, read.nRows),
      },
      panels.map((panel, i) => panelMarkup(context, panel, grid.places[i] as PanelPlace, domain)),
      under.markup,
    ),
  };
}

/** The pairs whose bins the table holds; those with a coefficient first. */
function panelsOf(context: ReportContext, read: Steepness): readonly ResponsePanel[] {
  const binsOf = binsByPair(context);
  const half = numbersOrMissing(context.result, 'switch_steepness', 'half_level');
  const panels = [...read.texts.regulator.keys()].map((i): ResponsePanel => {
    const [regulator, patient] = [read.texts.regulator[i] ?? '', read.texts.patient[i] ?? ''];
    const bins = binsOf(regulator, patient);
    const shape = { hill: read.numbers.hill[i] as number, halfLevel: half[i] as number };
    const isFitted = Number.isFinite(shape.hill) && shape.halfLevel > 0;
    const points = bins.map(({ level, programme, nCells }) => ({ x: level, y: programme, weight: nCells }));
    return {
      regulator,
      patient,
      verdict: read.texts.verdict[i] ?? '',
      hill: Number.isFinite(shape.hill) ? hillText(context, read, i) : '',
      curve: isFitted && bins.length > 1 ? hillCurve(points, shape) : null,
      bins,
    };
  });
  const drawn = panels.filter(({ bins }) => bins.length > 0);
  return [...drawn.filter(({ hill }) => hill !== ''), ...drawn.filter(({ hill }) => hill === '')];
}

function binsByPair(context: ReportContext): (regulator: string, patient: string) => readonly Bin[] {
  const read = readColumns(context.result, 'switch_response', {
    numbers: ['n_cells', 'level', 'programme', 'standard_error'],
    texts: ['regulator', 'patient'],
  });
  if (!read.found) return () => [];
  const { numbers, texts } = read;
  return (regulator, patient) =>
    [...texts.patient.keys()]
      .filter((i) => texts.regulator[i] === regulator && texts.patient[i] === patient)
      .map((i) => ({
        level: numbers.level[i] as number,
        programme: numbers.programme[i] as number,
        error: numbers.standard_error[i] as number,
        nCells: numbers.n_cells[i] as number,
      }))
      .filter(({ level, programme }) => Number.isFinite(level) && Number.isFinite(programme));
}

/** The coefficient and its interval; where the search ran into its bound, only that bound is known. */
function hillText(context: ReportContext, { numbers }: Steepness, i: number): string {
  const text = context.text.figures.switch.response;
  const { general, fixed } = context.number;
  const write = (value: number, more: (bound: string) => string): string => {
    if (value >= 0.99 * largestHill) return more(general(largestHill));
    return value <= 1.01 * leastHill ? `≤ ${general(leastHill)}` : fixed(value, 1);
  };
  const [low, high] = [numbers.low[i] as number, numbers.high[i] as number];
  const interval = context.number.interval(low, high, (value) => write(value, (bound) => `≥ ${bound}`));
  return text.hill(write(numbers.hill[i] as number, text.atLeast), interval);
}

function around(value: number, error: number): readonly number[] {
  return Number.isFinite(error) ? [value - error, value + error] : [value];
}

function notRead(context: ReportContext, { texts, numbers }: Steepness): readonly string[] {
  const text = context.text.figures.switch;
  const reasons = textsOrMissing(context.result, 'switch_steepness', 'reason');
  const left = [...texts.patient.keys()].filter((i) => !Number.isFinite(numbers.hill[i]));
  return namesByReason(
    left.map((i) => ({ name: texts.regulator[i] ?? '', reason: text.reason(reasons[i] ?? '') })),
  ).map(({ names, reason }) => {
    const pairs = [...new Set(names)].map((name) => {
      const patients = left.filter((i) => texts.regulator[i] === name && text.reason(reasons[i] ?? '') === reason);
      return `${name} ${patients.map((i) => texts.patient[i] ?? '').join(', ')}`;
    });
    return text.response.notRead(pairs, reason);
  });
}

function panelMarkup(
  context: ReportContext,
  panel: ResponsePanel,
  { left, top, width }: PanelPlace,
  domain: readonly [number, number],
): Markup {
  const text = context.text.figures.switch.response;
  const base = top + headerHeight + plotHeight;
  const levels = panel.bins.map(({ level }) => level);
  const x = linearScale(padded(extent(levels) ?? [0, 1], 0.06), [left + numbersWidth, left + width - 4]);
  const y = linearScale(domain, [base - 3, base - plotHeight + 3]);
  const { fixed } = context.number;
  return fragment(
    label(fitText(`${panel.regulator} · ${panel.patient}`, width / 1.07, 11), left, top + 10, {
      size: 11,
      bold: 'bold',
    }),
    label(text.verdict(panel.verdict), left, top + 22, {
      size: 10,
      ...(panel.verdict === 'ultrasensitive' ? { bold: 'bold' } : { colour: ink.muted }),
    }),
    label(fitText(panel.hill, width, 9.5), left, top + 34, { size: 9.5, colour: ink.muted }),
    smallAxisLeft(y, x.range[0], x.range[1], { count: 3, write: fixed }),
    smallAxisBottom(x, base, 3, fixed),
    panel.curve !== null && curveMarkup(panel.curve, levels, x, y),
    panel.bins.map((bin) => binMarkup(bin, x, y)),
  );
}

function curveMarkup(curve: (level: number) => number, levels: readonly number[], x: Scale, y: Scale): Markup {
  const [low, high] = extent(levels) ?? [0, 1];
  const steps = 60;
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const level = low + (i / steps) * (high - low);
    return `${px(x.at(level))} ${px(y.at(curve(level)))}`;
  });
  return element('path', { d: `M${points.join('L')}`, fill: 'none', stroke: curveColour, 'stroke-width': 1.6 });
}

function binMarkup({ level, programme, error }: Bin, x: Scale, y: Scale): Markup {
  const [at, bar] = [x.at(level), { stroke: ink.muted, 'stroke-width': 1 }];
  return fragment(
    Number.isFinite(error) && line(at, y.at(programme - error), at, y.at(programme + error), bar),
    mark('circle', at, y.at(programme), 2.4, { fill: ink.text }),
  );
}

function underneath(
  context: ReportContext,
  notes: readonly string[],
  top: number,
): { readonly markup: Markup; readonly bottom: number } {
  const text = context.text.figures.switch.response;
  const keys = legend(
    '',
    [
      { text: text.bin, shape: 'circle', fill: ink.text },
      { text: text.curve, shape: 'bar', fill: curveColour },
    ],
    0,
    top + 22,
    fullWidth,
  );
  const lines = notes.flatMap((note) => wrapText(note, fullWidth, 11));
  const first = top + 26 + keys.height;
  return {
    bottom: first + 16 * lines.length - 2,
    markup: fragment(
      label(`↑ ${text.y} · → ${text.x}`, 0, top, { size: 12 }),
      keys.markup,
      lines.map((note, i) => label(note, 0, first + 8 + 16 * i, { size: 11, colour: ink.muted })),
    ),
  };
}
