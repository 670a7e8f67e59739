import { element, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { label, line, px, rectangle } from '../svg/marks.js';
import { ink, stageColour } from '../svg/palette.js';
import { fitText } from '../svg/text-width.js';
import { findTable, numbersOrMissing, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type CellBlock, cellBlocks, type CellRow, cloneRuns, referenceClone } from './cell-blocks.js';
import { colourOfClone, colourOfRatio, colourOfState } from './cell-colours.js';
import { cellKeys } from './cell-keys.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { byGenome, readArm } from './genome-map.js';

const top = 4;
const blockGap = 12;
const tracks = { left: 88, width: 9, gap: 2 } as const;
const mapLeft = tracks.left + 3 * (tracks.width + tracks.gap) + 10;
const armLabelHeight = 34;
/** Narrowest arm that holds its label on end. */
const leastArm = 10;
const heights = { page: 760, least: 1.1, most: 4.5 } as const;
const rowsOnPage = 620;
const smallestLimit = 0.1;

/** An arm: its column of values, its place on the page. */
interface ArmColumn {
  readonly label: string;
  readonly values: Float64Array;
  readonly left: number;
  readonly width: number;
}

interface Layout {
  readonly arms: readonly ArmColumn[];
  readonly rowHeight: number;
  readonly limit: number;
}

/** Some cells of every patient, arm by arm, beside their clone, state and stage. */
export function drawCopyNumberCells(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'copy_number_heatmap', {
    numbers: [],
    texts: ['patient', 'stage', 'clone', 'state'],
  });
  if (!read.found) return leftOut(context, read);
  const text = context.text.figures.origin.copyNumberCells;
  const arms = armColumns(context);
  if (arms.length === 0) return { kind: 'left-out', reason: text.noArms };
  if (!arms.some(({ values }) => values.some(Number.isFinite))) return nothingToDraw(context, 'copy_number_heatmap');
  const blocks = cellBlocks(read, rowsOnPage);
  const nRows = blocks.reduce((sum, { rows }) => sum + rows.length, 0);
  const rowHeight = Math.max(heights.least, Math.min(heights.most, heights.page / nRows));
  const layout: Layout = { arms, rowHeight, limit: limitOf(arms) };
  const tops = topsOf(blocks, rowHeight);
  const keys = cellKeys(context, blocks, { limit: layout.limit, y: tops.bottom + armLabelHeight + 16 });
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['copy_number_heatmap'],
    caption: text.caption(nRows, read.nRows),
    svg: svgDocument(
      {
        id: figureName('copy-number-cells'),
        width: fullWidth,
        height: keys.bottom,
        title: context.text.figureTitles['copy-number-cells'],
        description: text.description(nRows, blocks.length),
      },
      blocks.map((block, i) => blockMarkup(block, { layout, top: tops.blocks[i] as number })),
      armLabels(context, layout, tops.bottom),
      keys.markup,
    ),
  };
}

/** Columns named like arms, along the genome, as wide as their genes are many. */
function armColumns({ result }: ReportContext): readonly ArmColumn[] {
  const columns = (findTable(result, 'copy_number_heatmap')?.columns ?? []).filter(
    ({ name, kind }) => kind === 'number' && readArm(name) !== null,
  );
  const names = columns.map(({ name }) => name).sort(byGenome);
  const genes = genesOfArms(result);
  const total = names.reduce((sum, name) => sum + (genes.get(name) ?? 1), 0);
  const spare = fullWidth - mapLeft - 2 - leastArm * names.length;
  let left = mapLeft;
  return names.map((name) => {
    const width = leastArm + (spare * (genes.get(name) ?? 1)) / total;
    const arm = { label: name, values: numbersOrMissing(result, 'copy_number_heatmap', name), left, width };
    left += width;
    return arm;
  });
}

/** Genes of each arm in the patient where most were in use. */
function genesOfArms(result: ReportContext['result']): ReadonlyMap<string, number> {
  const arms = textsOrMissing(result, 'copy_number_arms', 'arm');
  const genes = numbersOrMissing(result, 'copy_number_arms', 'n_genes');
  const most = new Map<string, number>();
  arms.forEach((arm, i) => {
    const n = genes[i] as number;
    if (arm !== null && n > (most.get(arm) ?? 0)) most.set(arm, n);
  });
  return most;
}

function limitOf(arms: readonly ArmColumn[]): number {
  const sizes = Float64Array.from(
    arms.flatMap(({ values }) => [...values].filter(Number.isFinite).map(Math.abs)),
  ).sort();
  return Math.max(smallestLimit, sizes[Math.floor(0.98 * (sizes.length - 1))] ?? 0);
}

function topsOf(
  blocks: readonly CellBlock[],
  rowHeight: number,
): { readonly blocks: readonly number[]; readonly bottom: number } {
  let y = top;
  const tops = blocks.map(({ rows }) => {
    const first = y;
    y += Math.max(14, rows.length * rowHeight) + blockGap;
    return first;
  });
  return { blocks: tops, bottom: y - blockGap };
}

interface BlockFrame {
  readonly layout: Layout;
  readonly top: number;
}

function blockMarkup({ patient, rows }: CellBlock, frame: BlockFrame): Markup {
  const { layout, top: y } = frame;
  const height = rows.length * layout.rowHeight;
  const right = rightOf(layout);
  return fragment(
    label(fitText(patient, tracks.left - 34, 11.5), 0, y + 11, { size: 11.5, bold: 'bold' }),
    cloneLabels(rows, frame),
    track(
      rows.map(({ clone }) => colourOfClone(clone)),
      0,
      frame,
    ),
    track(
      rows.map(({ state }) => colourOfState(state)),
      1,
      frame,
    ),
    track(
      rows.map(({ stage }) => stageColour(stage ?? '')),
      2,
      frame,
    ),
    rectangle(mapLeft, y, right - mapLeft, height, { fill: ink.paper }),
    heat(rows, frame),
    chromosomeStarts(layout).map((x) => line(x, y, x, y + height, { stroke: ink.axis, 'stroke-width': 0.6 })),
    cloneRuns(rows)
      .slice(1)
      .map(({ first }) => {
        const at = y + first * layout.rowHeight;
        return line(mapLeft, at, right, at, { stroke: ink.text, 'stroke-width': 0.8 });
      }),
    rectangle(mapLeft, y, right - mapLeft, height, { fill: 'none', stroke: ink.axis, 'stroke-width': 0.8 }),
  );
}

function rightOf({ arms }: Layout): number {
  const last = arms[arms.length - 1];
  return last === undefined ? mapLeft : last.left + last.width;
}

function chromosomeStarts({ arms }: Layout): readonly number[] {
  return arms
    .filter((arm, i) => i > 0 && readArm(arm.label)?.chromosome !== readArm(arms[i - 1]?.label ?? '')?.chromosome)
    .map(({ left }) => left);
}

/** A strip beside the map; equal neighbours are one mark. */
function track(colours: readonly string[], index: number, { layout, top: y }: BlockFrame): Markup {
  const x = tracks.left + index * (tracks.width + tracks.gap);
  return fragment(
    runsOf(colours).map(({ value, first, length }) =>
      rectangle(x, y + first * layout.rowHeight, tracks.width, length * layout.rowHeight, { fill: value }),
    ),
    rectangle(x, y, tracks.width, colours.length * layout.rowHeight, {
      fill: 'none',
      stroke: ink.pale,
      'stroke-width': 0.5,
    }),
  );
}

function cloneLabels(rows: readonly CellRow[], { layout, top: y }: BlockFrame): readonly Markup[] {
  return cloneRuns(rows).flatMap(({ clone, first, length }) => {
    if (clone === null || clone === referenceClone || length * layout.rowHeight < 11) return [];
    const middle = y + (first + length / 2) * layout.rowHeight;
    return [label(clone, tracks.left - 5, middle + 3.5, { size: 10, anchor: 'end', colour: ink.muted })];
  });
}

/** The map: one path per colour, horizontal strokes as wide as runs of equal arms. */
function heat(rows: readonly CellRow[], { layout, top: y }: BlockFrame): readonly Markup[] {
  const paths = new Map<string, string[]>();
  rows.forEach(({ index }, i) => {
    const middle = px(y + (i + 0.5) * layout.rowHeight);
    const colours = layout.arms.map(({ values }) => colourOfRatio(values[index] as number, layout.limit));
    for (const { value, first, length } of runsOf(colours)) {
      if (value === ink.paper) continue;
      const [from, to] = [layout.arms[first], layout.arms[first + length - 1]];
      if (from === undefined || to === undefined) continue;
      const strokes = paths.get(value) ?? [];
      strokes.push(`M${px(from.left)} ${middle}H${px(to.left + to.width)}`);
      paths.set(value, strokes);
    }
  });
  return [...paths]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stroke, strokes]) =>
      element('path', { d: strokes.join(''), stroke, 'stroke-width': px(layout.rowHeight + 0.1), fill: 'none' }),
    );
}

interface Run {
  readonly value: string;
  readonly first: number;
  readonly length: number;
}

function runsOf(values: readonly string[]): readonly Run[] {
  const runs: { value: string; first: number; length: number }[] = [];
  values.forEach((value, first) => {
    const last = runs[runs.length - 1];
    if (last?.value === value) last.length += 1;
    else runs.push({ value, first, length: 1 });
  });
  return runs;
}

function armLabels(context: ReportContext, { arms }: Layout, y: number): Markup {
  const text = context.text.figures.origin.copyNumberCells;
  const stages = context.text.words.stage.toLocaleLowerCase('en');
  const strips = [text.clone, text.state, stages].map((name, i) =>
    label(name, tracks.left + i * (tracks.width + tracks.gap) + tracks.width / 2 + 3, y + 5, {
      size: 9.5,
      anchor: 'end',
      turn: -90,
    }),
  );
  return fragment(
    strips,
    arms.map(({ label: name, left, width }) =>
      label(name, left + width / 2 + 3, y + 5, { size: 9.5, anchor: 'end', turn: -90 }),
    ),
  );
}
