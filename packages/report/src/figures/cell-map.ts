import type { FigureId } from '@remnant/engine';
import type { Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { legend } from '../svg/legend.js';
import { dots, label, rectangle } from '../svg/marks.js';
import { categoryColour, ink, okabeIto, stageColour } from '../svg/palette.js';
import { extent, linearScale, padded } from '../svg/scale.js';
import { readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, halfWidth, leftOut, nothingToDraw } from './figure.js';

/** What the colour of a cell shows. */
export type CellColouring = 'stages' | 'patients' | 'calls' | 'labels';

/** A map shows at most this many cells, evenly taken from the table: more would hide each other and weigh down the page. */
const mostDots = 12_000;
const frame = { left: 4, right: halfWidth - 4, top: 6, bottom: halfWidth - 2 };

/** Cells of one colour. */
interface CellGroup {
  readonly name: string;
  readonly colour: string;
}

/** Every cell on the map, coloured by stage, patient, persister call or label. */
export function drawCellMap(context: ReportContext, colouring: CellColouring): FigureOutcome {
  const read = readColumns(context.result, 'cells', { numbers: ['umap_1', 'umap_2'], texts: ['stage', 'patient'] });
  if (!read.found) return leftOut(context, read);
  const { umap_1: x, umap_2: y } = read.numbers;
  const mapped = Array.from(x.keys()).filter((cell) => Number.isFinite(x[cell]));
  if (mapped.length === 0) return { kind: 'left-out', reason: context.text.figures.cells.noMap };
  const values = valuesOf(context, colouring);
  const groups = groupsOf(context, colouring, values, mapped);
  if (groups.length === 0) return nothingToDraw(context, 'cells');
  const every = Math.ceil(mapped.length / mostDots);
  const shown = mapped.filter((_, i) => i % every === 0);
  const domain = (axis: Float64Array): readonly [number, number] =>
    padded(extent(mapped.map((cell) => axis[cell] as number)) ?? [0, 1], 0.04);
  const scales = {
    x: linearScale(domain(x), [frame.left, frame.right]),
    y: linearScale(domain(y), [frame.bottom, frame.top]),
  };
  const id: FigureId = `cell-map-${colouring}`;
  const text = context.text.figures.cells;
  const keys = legend(
    '',
    groups.map(({ name, colour }) => ({ text: nameOf(context, colouring, name), shape: 'circle', fill: colour })),
    frame.left,
    frame.bottom + 30,
    halfWidth - 8,
  );
  return {
    kind: 'drawn',
    width: 'half',
    tables: ['cells'],
    caption: text.mapCaption[colouring](shown.length, mapped.length),
    svg: svgDocument(
      {
        id: figureName(id),
        width: halfWidth,
        height: frame.bottom + 24 + keys.height + 10,
        title: context.text.figureTitles[id],
        description: text.mapDescription(mapped.length),
      },
      rectangle(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top, {
        fill: 'none',
        stroke: ink.pale,
      }),
      groups.map((group) =>
        dotsOf(group, shown, values, (cell) => [scales.x.at(x[cell] as number), scales.y.at(y[cell] as number)]),
      ),
      label('UMAP 1, UMAP 2', frame.right, frame.bottom + 14, { size: 10.5, anchor: 'end', colour: ink.muted }),
      keys.markup,
    ),
  };
}

function dotsOf(
  { name, colour }: CellGroup,
  cells: readonly number[],
  values: readonly (string | null)[],
  place: (cell: number) => readonly [number, number],
): Markup {
  const mine = cells.filter((cell) => values[cell] === name).map(place);
  return dots(mine, 0.9, { stroke: colour, 'stroke-opacity': '0.75' });
}

function valuesOf({ result }: ReportContext, colouring: CellColouring): readonly (string | null)[] {
  if (colouring === 'stages') return textsOrMissing(result, 'cells', 'stage');
  if (colouring === 'patients') return textsOrMissing(result, 'cells', 'patient');
  if (colouring === 'labels') return textsOrMissing(result, 'cells', 'label');
  return textsOrMissing(result, 'cells', 'persister').map((call) => call ?? 'not testable');
}

/** Groups in drawing order: the rarer one on top where cells are many and few. */
function groupsOf(
  context: ReportContext,
  colouring: CellColouring,
  values: readonly (string | null)[],
  mapped: readonly number[],
): readonly CellGroup[] {
  const found = [...new Set(mapped.map((cell) => values[cell]))].filter((name) => name != null);
  if (colouring === 'stages') return found.map((name) => ({ name, colour: stageColour(name) }));
  if (colouring === 'calls') {
    return callOrder.filter(({ name }) => found.includes(name));
  }
  return [...found].sort().map((name, i) => ({ name, colour: categoryColour(i) }));
}

const callOrder: readonly CellGroup[] = [
  { name: 'not testable', colour: ink.grid },
  { name: 'not called', colour: ink.pale },
  { name: 'called', colour: okabeIto.vermillion },
];

function nameOf({ text }: ReportContext, colouring: CellColouring, name: string): string {
  if (colouring === 'stages') return text.stage(name);
  if (colouring === 'calls') return text.figures.cells.calls[name] ?? name;
  return colouring === 'labels' ? text.figures.cells.label(name) : name;
}
