import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { axisBottom, axisLeft } from '../svg/axis.js';
import { svgDocument } from '../svg/document.js';
import { placeLabels } from '../svg/label-placement.js';
import { legend } from '../svg/legend.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { ink, okabeIto } from '../svg/palette.js';
import { linearScale, type Scale } from '../svg/scale.js';
import { fitText } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { gatePanels, type Measured, type Share, type SizePanel } from './marker-gate-rows.js';
import { panelGrid, type PanelPlace } from './panel-grid.js';

const inset = { left: 48, right: 8, top: 24, bottom: 44 } as const;
const lineHeight = 15;
const nLines = 6;
/** Of more patients than these, only as many of the worst are named. */
const mostNamed = 3;
const honest = okabeIto.green;

/** Sensitivity against 1 − specificity by number of markers: what the choice promises, and what left-out patients give. */
export function drawMarkerGates(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'marker_gates', {
    numbers: ['size', 'sensitivity', 'specificity'],
    texts: ['gate', 'measured'],
  });
  if (!read.found) return leftOut(context, read);
  const panels = gatePanels(context, read);
  if (panels.length === 0) return nothingToDraw(context, 'marker_gates');
  const text = context.text.figures.targets.markerGates;
  const side = (fullWidth - 2 * 24) / 3 - inset.left - inset.right;
  const grid = panelGrid(
    panels.map(() => inset.top + side + inset.bottom + nLines * lineHeight),
    { columns: 3, gap: 24, top: 4 },
  );
  const under = legend('', keysOf(context), 0, grid.bottom + 20, fullWidth);
  const nPatients = Math.max(...panels.map(({ patients }) => patients.length));
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['marker_gates', 'marker_gate_patients'],
    caption: text.caption({ named: nPatients > mostNamed ? mostNamed : null }),
    svg: svgDocument(
      {
        id: figureName('marker-gates'),
        width: fullWidth,
        height: grid.bottom + 20 + under.height,
        title: context.text.figureTitles['marker-gates'],
        description: text.description(panels.length, nPatients),
      },
      panels.map((panel, i) => panelMarkup(context, panel, { place: grid.places[i] as PanelPlace, side })),
      under.markup,
    ),
  };
}

function keysOf(context: ReportContext): Parameters<typeof legend>[1] {
  const text = context.text.figures.targets.markerGates;
  return [
    { text: text.apparent, shape: 'diamond', fill: ink.paper, stroke: ink.axis },
    { text: text.nested, shape: 'diamond', fill: honest },
    { text: text.patient, shape: 'circle', fill: ink.paper, stroke: honest },
  ];
}

interface Frame {
  readonly x: Scale;
  readonly y: Scale;
}

function panelMarkup(
  context: ReportContext,
  panel: SizePanel,
  { place, side }: { readonly place: PanelPlace; readonly side: number },
): Markup {
  const text = context.text.figures.targets.markerGates;
  const [left, top] = [place.left + inset.left, place.top + inset.top];
  const frame: Frame = {
    x: linearScale([0, 1], [left, left + side]),
    y: linearScale([0, 1], [top + side, top]),
  };
  const ticks = { values: [0, 0.25, 0.5, 0.75, 1], decimals: 2 };
  const write = (value: number): string => context.number.general(value);
  const chance = [frame.x.at(0.78), frame.y.at(0.78)] as const;
  return fragment(
    label(text.panel(panel.size), left, place.top + 13, { size: 12, bold: 'bold' }),
    axisBottom({ scale: frame.x, ticks, write, title: text.x }, top + side, top),
    axisLeft({ scale: frame.y, ticks, write, title: text.y }, left, place.left + 13, left + side),
    line(left, top + side, left + side, top, { stroke: ink.axis, 'stroke-dasharray': '3 3' }),
    label(text.chance, chance[0] + 3, chance[1] + 11, { size: 9.5, colour: ink.muted, turn: -45 }),
    patientMarks(panel, frame),
    panel.apparent !== null && panel.nested !== null && optimism(panel.apparent, panel.nested, frame),
    panel.apparent !== null &&
      mark('diamond', ...pointOf(panel.apparent, frame), 5.4, {
        fill: ink.paper,
        stroke: ink.axis,
        'stroke-width': 1.8,
      }),
    panel.nested !== null && nestedMarks(panel.nested, frame),
    words(context, panel, { left: place.left + 4, top: top + side + inset.bottom, width: place.width - 4 }),
  );
}

function pointOf({ sensitivity, specificity }: Measured, { x, y }: Frame): readonly [number, number] {
  return [x.at(1 - specificity.value), y.at(sensitivity.value)];
}

function patientMarks({ patients, apparent, nested }: SizePanel, frame: Frame): Markup {
  const { x, y } = frame;
  const points = patients.map((row) => ({
    text: row.patient,
    x: x.at(1 - row.specificity),
    y: y.at(row.sensitivity),
  }));
  const worst = [...patients].sort((a, b) => a.sensitivity + a.specificity - b.sensitivity - b.specificity);
  const named = new Set(worst.slice(0, mostNamed).map(({ patient }) => patient));
  const placed = placeLabels(
    points.filter(({ text }) => named.has(text)),
    {
      bounds: { left: x.range[0] + 2, right: x.range[1] - 2, top: y.range[1] + 2, bottom: y.range[0] - 2 },
      size: 9.5,
      crowd: [
        ...points.map((point) => [point.x, point.y] as const),
        ...(apparent === null ? [] : around(pointOf(apparent, frame))),
        ...(nested === null ? [] : [...around(pointOf(nested, frame)), ...arms(nested, frame)]),
      ],
    },
  );
  return fragment(
    placed.map(
      ({ leader, request }) =>
        leader !== null && line(request.x, request.y, leader[0], leader[1], { stroke: ink.pale, 'stroke-width': 0.8 }),
    ),
    points.map((point) =>
      mark('circle', point.x, point.y, 3.6, { fill: ink.paper, stroke: honest, 'stroke-width': 1.5 }),
    ),
    placed.map((one) => label(one.request.text, one.x, one.baseline, { size: 9.5, colour: ink.muted })),
  );
}

/** The corners of a large mark, for labels to stay clear of. */
function around([x, y]: readonly [number, number]): readonly (readonly [number, number])[] {
  return [-5, 0, 5].flatMap((dx) => [-5, 0, 5].map((dy) => [x + dx, y + dy] as const));
}

/** Places along the intervals of the mean. */
function arms(nested: Measured, frame: Frame): readonly (readonly [number, number])[] {
  const { sensitivity, specificity } = nested;
  if (!Number.isFinite(sensitivity.low) || !Number.isFinite(specificity.low)) return [];
  const [x, y] = pointOf(nested, frame);
  const steps = Array.from({ length: 13 }, (_, i) => i / 12);
  return steps.flatMap((step) => [
    [x, frame.y.at(kept(sensitivity.low + step * (sensitivity.high - sensitivity.low)))] as const,
    [frame.x.at(1 - kept(specificity.low + step * (specificity.high - specificity.low))), y] as const,
  ]);
}

function kept(share: number): number {
  return Math.max(0, Math.min(1, share));
}

/** An arrow from what the choice promises to what left-out patients give. */
function optimism(apparent: Measured, nested: Measured, frame: Frame): Markup | null {
  const [fromX, fromY] = pointOf(apparent, frame);
  const [toX, toY] = pointOf(nested, frame);
  const length = Math.sqrt((toX - fromX) * (toX - fromX) + (toY - fromY) * (toY - fromY));
  if (length < 16) return null;
  const [dx, dy] = [(toX - fromX) / length, (toY - fromY) / length];
  const [endX, endY] = [toX - 9 * dx, toY - 9 * dy];
  const stroke = { stroke: ink.text, 'stroke-width': 1.1 };
  const barb = (side: number): Markup =>
    line(endX, endY, endX - 6 * dx - 3.5 * side * dy, endY - 6 * dy + 3.5 * side * dx, stroke);
  return fragment(line(fromX + 7 * dx, fromY + 7 * dy, endX, endY, stroke), barb(1), barb(-1));
}

function nestedMarks(nested: Measured, frame: Frame): Markup {
  const [x, y] = pointOf(nested, frame);
  const stroke = { stroke: honest, 'stroke-width': 1.6 };
  const { sensitivity, specificity } = nested;
  const hasInterval = ({ low, high }: Share): boolean => Number.isFinite(low) && Number.isFinite(high);
  return fragment(
    hasInterval(specificity) &&
      line(frame.x.at(1 - kept(specificity.high)), y, frame.x.at(1 - kept(specificity.low)), y, stroke),
    hasInterval(sensitivity) &&
      line(x, frame.y.at(kept(sensitivity.low)), x, frame.y.at(kept(sensitivity.high)), stroke),
    mark('diamond', x, y, 5.8, { fill: honest, stroke: ink.paper, 'stroke-width': 1 }),
  );
}

/** The gate and its numbers, under the panel. */
function words(
  context: ReportContext,
  { gate, apparent, nested, patients }: SizePanel,
  { left, top, width }: { readonly left: number; readonly top: number; readonly width: number },
): Markup {
  const text = context.text.figures.targets.markerGates;
  const { fixed, percent, pValue } = context.number;
  const same = patients.filter((patient) => patient.gate === gate).length;
  const lines = [
    text.youden(fixed(apparent?.youden ?? NaN), fixed(nested?.youden ?? NaN)),
    ...(nested === null ? [] : [text.keeps(percent(nested.sensitivity.value)), excluded(context, nested)]),
    ...(nested !== null && Number.isFinite(nested.p) ? [text.p(pValue(nested.p))] : []),
    ...(patients.some((patient) => patient.gate !== '') ? [text.chosen(same, patients.length)] : []),
  ];
  return fragment(
    rectangle(left - 4, top + 3, 2.5, lineHeight * (1 + lines.length), { fill: honest }),
    label(fitText(gate, width - 6, 11.5), left + 4, top + 13, { size: 11.5, bold: 'bold' }),
    lines.map((one, i) =>
      label(fitText(one, width - 6, 10.5), left + 4, top + 13 + (i + 1) * lineHeight, {
        size: 10.5,
        colour: ink.muted,
      }),
    ),
  );
}

function excluded(context: ReportContext, { specificity, specificityNormal }: Measured): string {
  const { percent } = context.number;
  const normal = Number.isFinite(specificityNormal) ? percent(specificityNormal) : null;
  return context.text.figures.targets.markerGates.excludes(percent(specificity.value), normal);
}
