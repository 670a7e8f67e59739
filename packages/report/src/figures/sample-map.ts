import type { FigureId } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { convexHull } from '../svg/convex-hull.js';
import { svgDocument } from '../svg/document.js';
import { legend, type LegendItem } from '../svg/legend.js';
import { label, mark, px, rectangle, type Shape, shapes } from '../svg/marks.js';
import { ink, stageColour } from '../svg/palette.js';
import { extent, linearScale, padded, type Scale } from '../svg/scale.js';
import { textWidth } from '../svg/text-width.js';
import { readColumns, textsOrMissing } from '../tables/read-columns.js';
import { clusterBars, clusterCounts } from './cluster-bars.js';
import { type FigureOutcome, figureName, halfWidth, leftOut, nothingToDraw } from './figure.js';

const frame = { left: 22, right: halfWidth - 4, top: 6, bottom: 318 };

interface SamplePoint {
  readonly x: number;
  readonly y: number;
  readonly stage: string;
  readonly shape: string;
  readonly cluster: string | null;
}

/** Which of the two maps: before or after the effect of the patient is taken out for display. */
export type Display = 'raw' | 'corrected';

/** Samples on their first two principal components: colour is the stage, shape the technology, outlines the clusters. */
export function drawSampleMap(context: ReportContext, display: Display): FigureOutcome {
  const names = { x: `pc1_${display}`, y: `pc2_${display}` } as const;
  const read = readColumns(context.result, 'samples', { numbers: [names.x, names.y], texts: ['stage'] });
  if (!read.found) return leftOut(context, read);
  const grouping = shapeGrouping(context);
  const points = toPoints(context, display, read.numbers[names.x], read.numbers[names.y], grouping.values);
  if (points.length === 0) return nothingToDraw(context, 'samples');
  const id: FigureId = `pca-${display}`;
  const text = context.text.figures.sampleMap;
  const scales = squareScales(points);
  const keys = legends(context, points, grouping.title, frame.bottom + 36);
  const bars = clusterBars(context, display, keys.bottom + 6);
  return {
    kind: 'drawn',
    width: 'half',
    tables: [
      'samples',
      ...(bars.isEmpty ? [] : ['sample_clusters']),
      ...(bars.agreements > 0 ? ['sample_cluster_agreement'] : []),
    ],
    caption: text.caption[display](clusterCounts(context, display)) + (bars.agreements > 1 ? text.blindNote : ''),
    svg: svgDocument(
      {
        id: figureName(id),
        width: halfWidth,
        height: bars.bottom,
        title: context.text.figureTitles[id],
        description: text.description(points.length),
      },
      rectangle(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, {
        fill: 'none',
        stroke: ink.pale,
      }),
      clusterOutlines(context, points, scales),
      points.map((point) =>
        mark(shapeFor(point.shape, grouping.order), scales.x.at(point.x), scales.y.at(point.y), 4.2, {
          fill: stageColour(point.stage),
          'fill-opacity': '0.78',
          stroke: ink.paper,
          'stroke-width': 0.7,
        }),
      ),
      label('PC1', (frame.left + frame.right) / 2, frame.bottom + 15, { size: 11.5, anchor: 'middle' }),
      label('PC2', 13, (frame.top + frame.bottom) / 2, { size: 11.5, anchor: 'middle', turn: -90 }),
      keys.markup,
      bars.markup,
    ),
  };
}

/** Shape shows the technology; where there is one technology only, the patient, as far as shapes go round. */
function shapeGrouping(context: ReportContext): { title: string; values: readonly string[]; order: readonly string[] } {
  const { words } = context.text;
  const of = (column: string): readonly string[] =>
    textsOrMissing(context.result, 'samples', column).map((value) => value ?? '');
  const technologies = of('technology');
  const patients = of('patient');
  const usePatients = new Set(technologies).size < 2 && new Set(patients).size <= shapes.length;
  const values = usePatients ? patients : technologies;
  return { title: usePatients ? words.patient : words.technology, values, order: [...new Set(values)] };
}

function shapeFor(group: string, order: readonly string[]): Shape {
  return shapes[Math.max(0, order.indexOf(group)) % shapes.length] ?? 'circle';
}

function toPoints(
  context: ReportContext,
  display: Display,
  xs: Float64Array,
  ys: Float64Array,
  groups: readonly string[],
): readonly SamplePoint[] {
  const stages = textsOrMissing(context.result, 'samples', 'stage');
  const clusters = textsOrMissing(context.result, 'samples', `cluster_${display}`);
  return Array.from(xs, (x, i) => ({
    x,
    y: ys[i] as number,
    stage: stages[i] ?? '',
    shape: groups[i] ?? '',
    cluster: clusters[i] ?? null,
  })).filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
}

function squareScales(points: readonly SamplePoint[]): { readonly x: Scale; readonly y: Scale } {
  const domain = (values: readonly number[]): readonly [number, number] => padded(extent(values) ?? [0, 1], 0.08);
  return {
    x: linearScale(domain(points.map((point) => point.x)), [frame.left + 8, frame.right - 8]),
    y: linearScale(domain(points.map((point) => point.y)), [frame.bottom - 8, frame.top + 8]),
  };
}

function clusterOutlines(
  context: ReportContext,
  points: readonly SamplePoint[],
  scales: { x: Scale; y: Scale },
): Markup {
  const clusters = [...new Set(points.map((point) => point.cluster))].filter((cluster) => cluster !== null);
  return fragment(
    clusters.map((cluster) => {
      const members = points.filter((point) => point.cluster === cluster);
      const hull = convexHull(members.map((point) => [scales.x.at(point.x), scales.y.at(point.y)] as const));
      if (hull.length < 3) return null;
      const path = `M${hull.map(([x, y]) => `${px(x)} ${px(y)}`).join('L')}Z`;
      const highest = hull.reduce((best, corner) => (corner[1] < best[1] ? corner : best));
      const name = context.text.figures.sampleMap.cluster(cluster);
      const half = textWidth(name, 10.5) / 2;
      const at = Math.min(Math.max(highest[0], frame.left + half + 6), frame.right - half - 6);
      return fragment(
        element(
          'g',
          { opacity: '0.13' },
          element('path', {
            d: path,
            fill: ink.axis,
            stroke: ink.axis,
            'stroke-width': 14,
            'stroke-linejoin': 'round',
          }),
        ),
        label(name, at, Math.max(highest[1] - 9, frame.top + 12), { size: 10.5, anchor: 'middle', colour: ink.muted }),
      );
    }),
  );
}

function legends(
  context: ReportContext,
  points: readonly SamplePoint[],
  shapeTitle: string,
  top: number,
): { readonly markup: Markup; readonly bottom: number } {
  const { words, stage } = context.text;
  const stages = [...new Set(points.map((point) => point.stage))];
  const groups = shapeGrouping(context).order;
  const stageItems: readonly LegendItem[] = stages.map((name) => ({
    text: stage(name),
    shape: 'circle',
    fill: stageColour(name),
  }));
  const groupItems: readonly LegendItem[] = groups.map((name) => ({
    text: name,
    shape: shapeFor(name, groups),
    fill: ink.muted,
  }));
  const first = legend(words.stage, stageItems, 0, top, halfWidth);
  const second = legend(shapeTitle, groupItems, 0, top + first.height, halfWidth);
  return { markup: fragment(first.markup, second.markup), bottom: top + first.height + second.height };
}
