import { element, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { svgDocument } from '../svg/document.js';
import { label, line, px, rectangle } from '../svg/marks.js';
import { ink, stageColour } from '../svg/palette.js';
import { linearScale, type Scale } from '../svg/scale.js';
import { fitText, textWidth, wrapText } from '../svg/text-width.js';
import { readColumns, textsOrMissing } from '../tables/read-columns.js';
import {
  densitySteps,
  fittedDensity,
  type FittedState,
  histogram,
  shownRange,
  stepsOver,
} from './activity-densities.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { namesByReason } from './names-by-reason.js';
import { panelGrid, type PanelPlace } from './panel-grid.js';
import { smallAxisBottom } from './small-axes.js';
import {
  type FittedShapeName,
  fittedShapes,
  type ShapePanel,
  shapePanels,
  type StageNames,
  type SwitchShapes,
} from './switch-shape-panels.js';

/** Up to so many panels stand in two columns, with the numbers of each on one line. */
const mostWide = 8;
const wideGap = 20;
const narrowGap = 14;
const lineHeight = 12;
const axisHeight = 20;
const bins = 72;
/** Room for the numbers at the ends of an axis. */
const inset = 12;
/** The axis holds both ends of the programme, wherever the cells are. */
const narrowest: readonly [number, number] = [-0.5, 1.5];

/** How each fit is drawn; told apart without colour. */
const strokes: Readonly<Record<FittedShapeName, string | null>> = {
  'two-state': null,
  graded: '6 3.5',
  mixture: '1.5 2.5',
};

interface Drawing {
  readonly context: ReportContext;
  readonly stages: StageNames;
  readonly domain: readonly [number, number];
  readonly columns: number;
  readonly headerHeight: number;
  readonly plotHeight: number;
}

/** Programme activity of single cells in every patient, with the two states and the one graded state fitted to them. */
export function drawSwitchShape(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'switch_shape', {
    numbers: ['two_over_graded', 'two_over_graded_se'],
    texts: ['patient', 'verdict'],
  });
  if (!read.found) return leftOut(context, read);
  const stages = stageNames(context);
  const panels = shapePanels(context, read, stages);
  if (panels.length === 0) return nothingToDraw(context, 'switch_shape');
  const drawing = drawingOf(context, stages, panels);
  const { headerHeight, plotHeight, columns } = drawing;
  const grid = panelGrid(
    panels.map(() => headerHeight + plotHeight + axisHeight),
    { columns, gap: columns > 2 ? narrowGap : wideGap, top: 4 },
  );
  const under = underneath(drawing, panels, notTestable(context, read), grid.bottom + 16);
  const text = context.text.figures.switch.shape;
  const hasCells = panels.some(({ treated }) => treated.length > 0);
  return {
    kind: 'drawn',
    width: 'full',
    tables: hasCells ? ['switch_shape', 'switch_states', 'cells'] : ['switch_shape', 'switch_states'],
    caption: text.caption(contrastWords(context), hasCells),
    svg: svgDocument(
      {
        id: figureName('switch-shape'),
        width: fullWidth,
        height: under.bottom,
        title: context.text.figureTitles['switch-shape'],
        description: text.description(panels.length, read.nRows - panels.length),
      },
      panels.map((panel, i) => panelMarkup(drawing, panel, grid.places[i] as PanelPlace)),
      under.markup,
    ),
  };
}

/** Many patients stand in narrow panels, which are as high as their words need. */
function drawingOf(context: ReportContext, stages: StageNames, panels: readonly ShapePanel[]): Drawing {
  const columns = panels.length === 1 ? 1 : panels.length <= mostWide ? 2 : 3;
  const width = (fullWidth - (columns - 1) * (columns > 2 ? narrowGap : wideGap)) / columns;
  const mostLines = Math.max(...panels.map((panel) => linesOf(panel, width).length));
  return {
    context,
    stages,
    domain: shownRange(
      panels.flatMap(({ untreated, treated }) => [untreated, treated]),
      narrowest,
    ),
    columns,
    headerHeight: 20 + lineHeight * mostLines,
    plotHeight: panels.length <= 4 ? 104 : columns < 3 ? 84 : mostLines < 4 ? 54 : 44,
  };
}

/** The stages of the contrast as tables name them. */
function stageNames({ result }: ReportContext): StageNames {
  const contrast: ReportContext['result']['summary']['contrast'] | undefined = result.summary.contrast;
  return contrast ?? { from: 'untreated', to: 'residual' };
}

function notTestable(context: ReportContext, { texts, numbers }: SwitchShapes): readonly string[] {
  const text = context.text.figures.switch;
  const reasons = textsOrMissing(context.result, 'switch_shape', 'reason');
  const left = [...texts.patient.keys()].filter((i) => !Number.isFinite(numbers.two_over_graded[i]));
  const found = left.map((i) => ({ name: texts.patient[i] ?? '', reason: text.reason(reasons[i] ?? '') }));
  return namesByReason(found).map(({ names, reason }) => text.shape.notTestable(names, reason));
}

function panelMarkup(drawing: Drawing, panel: ShapePanel, { left, top, width }: PanelPlace): Markup {
  const { context, domain, plotHeight, headerHeight } = drawing;
  const base = top + headerHeight + plotHeight;
  const x = linearScale(domain, [left + inset, left + width - inset]);
  const verdict = context.text.figures.switch.shape.verdict(panel.verdict);
  const verdictWidth = textWidth(verdict, 11.5, 'bold') + 12;
  return fragment(
    label(fitText(panel.patient, width - verdictWidth, 12.5), left, top + 11, { size: 12.5, bold: 'bold' }),
    label(verdict, left + width, top + 11, { size: 11.5, bold: 'bold', anchor: 'end' }),
    linesOf(panel, width).map((text, i) =>
      label(fitText(text, width, 9.5), left, top + 24 + lineHeight * i, { size: 9.5, colour: ink.muted }),
    ),
    [0, 1].map((end) =>
      line(x.at(end), base - plotHeight, x.at(end), base, { stroke: ink.pale, 'stroke-dasharray': '2 3' }),
    ),
    densities(drawing, panel, x, base),
    smallAxisBottom(x, base, 7, (value, decimals) => context.number.fixed(value, decimals)),
  );
}

/** The numbers on one line where they fit, then the remark. */
function linesOf({ numbers, remark }: ShapePanel, width: number): readonly string[] {
  const together = numbers.filter((part) => part !== '').join(' · ');
  return [...(textWidth(together, 9.5) <= width ? [together] : numbers), ...wrapText(remark, width, 9.5)];
}

/** Cells as outlines and fits as curves. Fits and treated cells share one height, untreated cells have their own. */
function densities({ stages, domain, plotHeight }: Drawing, panel: ShapePanel, x: Scale, base: number): Markup {
  const centres = stepsOver(domain, bins);
  const treated = panel.treated.length === 0 ? [] : histogram(panel.treated, domain, bins);
  const untreated = panel.untreated.length === 0 ? [] : histogram(panel.untreated, domain, bins);
  const steps = stepsOver(domain, densitySteps);
  const curves = shownFits(panel).map((shape) => ({
    shape,
    heights: steps.map((at) => fittedDensity(panel.fits[shape], at)),
  }));
  const most = Math.max(...treated, ...curves.flatMap(({ heights }) => heights));
  const y = (height: number, highest: number): number => base - (height / highest) * (plotHeight - 6);
  const area = (heights: readonly number[], highest: number, stage: string): Markup | null =>
    heights.length === 0
      ? null
      : element('path', {
          d: `M${px(x.range[0])} ${px(base)}L${heights.map((h, i) => `${px(x.at(centres[i] as number))} ${px(y(h, highest))}`).join('L')}L${px(x.range[1])} ${px(base)}Z`,
          fill: stageColour(stage),
          'fill-opacity': '0.25',
          stroke: stageColour(stage),
          'stroke-width': 0.8,
        });
  return fragment(
    area(untreated, Math.max(...untreated), stages.from),
    area(treated, most, stages.to),
    curves.map(({ shape, heights }) =>
      element('path', {
        d: `M${heights.map((h, i) => `${px(x.at(steps[i] as number))} ${px(y(h, most))}`).join('L')}`,
        fill: 'none',
        stroke: ink.text,
        'stroke-width': shape === panel.verdict ? 1.9 : 1.1,
        'stroke-dasharray': strokes[shape],
      }),
    ),
  );
}

/** Two states and one graded state face each other; the mixture only where it is the answer. */
function shownFits({ fits, verdict }: ShapePanel): readonly FittedShapeName[] {
  const isFitted = (states: readonly FittedState[]): boolean => states.length > 0;
  return fittedShapes.filter((shape) => isFitted(fits[shape]) && (shape !== 'mixture' || verdict === 'mixture'));
}

function underneath(
  { context, stages }: Drawing,
  panels: readonly ShapePanel[],
  notes: readonly string[],
  top: number,
): { readonly markup: Markup; readonly bottom: number } {
  const text = context.text.figures.switch.shape;
  const fits = fittedShapes.filter((shape) => panels.some((panel) => shownFits(panel).includes(shape)));
  const cells = [stages.from, stages.to].filter((_, i) =>
    panels.some(({ untreated, treated }) => (i === 0 ? untreated : treated).length > 0),
  );
  const keys = [
    ...cells.map((stage) => ({
      name: context.text.stage(stage),
      sign: (x: number, y: number): Markup =>
        rectangle(x, y - 5, 20, 10, { fill: stageColour(stage), 'fill-opacity': '0.4', stroke: stageColour(stage) }),
    })),
    ...fits.map((shape) => ({
      name: text.fits[shape],
      sign: (x: number, y: number): Markup =>
        line(x, y, x + 20, y, { stroke: ink.text, 'stroke-width': 1.6, 'stroke-dasharray': strokes[shape] }),
    })),
  ];
  let x = 0;
  const entries = keys.map(({ name, sign }) => {
    const entry = fragment(sign(x, top + 22), label(name, x + 26, top + 26, { size: 11 }));
    x += 26 + textWidth(name, 11) + 18;
    return entry;
  });
  const lines = notes.flatMap((note) => wrapText(note, fullWidth, 11));
  return {
    bottom: top + 40 + 16 * lines.length,
    markup: fragment(
      label(text.axis(contrastWords(context)), fullWidth / 2, top, { size: 12, anchor: 'middle' }),
      entries,
      lines.map((note, i) => label(note, 0, top + 46 + 16 * i, { size: 11, colour: ink.muted })),
    ),
  };
}
