import { type Attributes, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { colourBar, colourBarHeight } from '../svg/colour-bar.js';
import { svgDocument } from '../svg/document.js';
import { label, line, rectangle } from '../svg/marks.js';
import { divergingColour, ink, inkOn } from '../svg/palette.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';
import { fewestColoured, type StateBlock, stateBlocks, type StateCell, type StateRow } from './state-blocks.js';
import { panelGrid, type PanelPlace } from './panel-grid.js';

const headerHeight = 46;
const rowHeight = 17.5;
const textSize = 10.5;
const cellSize = 9.5;
/** Barcodes are cut: their first letters tell them apart. */
const mostBarcode = 92;

/** Persister share of every clone, altered arm and variant at every stage, patient by patient. */
export function drawGeneticStates(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'genetic_states', {
    numbers: ['n_persister', 'n_other'],
    texts: ['patient', 'source', 'label', 'value', 'stage'],
  });
  if (!read.found) return leftOut(context, read);
  const blocks = stateBlocks(context, read);
  if (blocks.length === 0) return nothingToDraw(context, 'genetic_states');
  const grid = panelGrid(
    blocks.map(({ rows }) => headerHeight + rows.length * rowHeight + 4),
    { columns: Math.min(blocks.length, blocks.length > 24 ? 4 : blocks.length > 4 ? 3 : 2), gap: 18, top: 4 },
  );
  const text = context.text.figures.origin.geneticStates;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['genetic_states', 'genetic_alarm'],
    caption: text.caption(fewestColoured),
    svg: svgDocument(
      {
        id: figureName('genetic-states'),
        width: fullWidth,
        height: grid.bottom + 12 + colourBarHeight + 4,
        title: context.text.figureTitles['genetic-states'],
        description: text.description(blocks.length),
      },
      blocks.map((block, i) => blockMarkup(context, block, narrowed(grid.places[i] as PanelPlace, block))),
      key(context, grid.bottom + 12),
    ),
  };
}

/** A block alone on the page need not be as wide as the page. */
function narrowed(place: PanelPlace, { stages }: StateBlock): PanelPlace {
  return { ...place, width: Math.min(place.width, 190 + 110 * stages.length) };
}

/** Squares as wide as the names of the rows leave room for; narrow ones hold the share alone. */
function cellWidthOf({ source, rows, stages }: StateBlock, width: number): number {
  const longest = Math.max(...rows.map(({ name }) => textWidth(name, textSize))) + 12;
  const names = source === 'barcode' ? Math.min(longest, mostBarcode) : longest;
  return Math.max(36, Math.min(88, (width - names) / stages.length));
}

function blockMarkup(context: ReportContext, block: StateBlock, { left, top, width }: PanelPlace): Markup {
  const cellWidth = cellWidthOf(block, width);
  const cellsLeft = left + width - cellWidth * block.stages.length;
  const text = context.text.figures.origin;
  const hidden = block.nHidden > 0 ? [text.geneticStates.more(block.nHidden)] : [];
  const note = [...(block.note === null ? [] : [block.note]), ...hidden].join(' · ');
  const name = `${block.patient} · ${text.source(block.source)}`;
  const first = top + headerHeight;
  const y = (row: number): number => first + row * rowHeight;
  return fragment(
    label(fitText(name, width / 1.07, 11.5), left, top + 11, { size: 11.5, bold: 'bold' }),
    label(fitText(note, width, 10.5), left, top + 25, { size: 10.5, colour: ink.muted }),
    block.stages.map((stage, i) =>
      label(fitText(context.text.stage(stage), cellWidth - 2, 10), cellsLeft + (i + 0.5) * cellWidth, first - 6, {
        size: 10,
        anchor: 'middle',
        colour: ink.muted,
      }),
    ),
    block.rows.map((row, i) => rowMarkup(context, row, { left, y: y(i), cellsLeft, cellWidth, isTied: block.isTied })),
  );
}

interface RowPlace {
  readonly left: number;
  readonly y: number;
  readonly cellsLeft: number;
  readonly cellWidth: number;
  readonly isTied: boolean;
}

function rowMarkup(context: ReportContext, row: StateRow, place: RowPlace): Markup {
  const { left, y, cellsLeft, cellWidth } = place;
  const right = cellsLeft + cellWidth * row.cells.length;
  const isSum = row.kind === 'all';
  return fragment(
    isSum && line(left, y, right, y, { stroke: ink.axis, 'stroke-width': 0.8 }),
    label(fitText(row.name, cellsLeft - left - 8, textSize), left + 3, y + 13, {
      size: textSize,
      ...(isSum ? { colour: ink.muted } : {}),
    }),
    row.cells.map((cell, i) => cellMarkup(context, cell, cellsLeft + i * cellWidth, y, cellWidth)),
    row.isMostTied && rectangle(left, y + 0.8, right - left, rowHeight - 1.6, frameOf(place.isTied)),
  );
}

/** Solid where the tie holds, dashed where the row is only the nearest to one. */
function frameOf(isTied: boolean): Attributes {
  return { fill: 'none', stroke: ink.text, 'stroke-width': 1.5, 'stroke-dasharray': isTied ? null : '4 2.5' };
}

function cellMarkup(context: ReportContext, cell: StateCell | null, x: number, y: number, width: number): Markup {
  const frame = (fill: string): Markup =>
    rectangle(x + 0.75, y + 0.75, width - 1.5, rowHeight - 1.5, { fill, stroke: ink.grid, 'stroke-width': 0.8 });
  if (cell === null) return frame(ink.paper);
  const isColoured = cell.nCells >= fewestColoured;
  const share = cell.nPersister / cell.nCells;
  const fill = isColoured ? divergingColour(share) : ink.paper;
  const whole = `${context.number.percent(share)} (${context.number.integer(cell.nCells)})`;
  const short = context.number.percent(share);
  return fragment(
    frame(fill),
    label(textWidth(whole, cellSize) <= width - 3 ? whole : short, x + width / 2, y + 12.3, {
      size: cellSize,
      anchor: 'middle',
      colour: isColoured ? inkOn(fill) : ink.muted,
    }),
  );
}

function key(context: ReportContext, y: number): Markup {
  const text = context.text.figures.origin.geneticStates;
  const items = [
    { name: text.tied, attributes: frameOf(true) },
    { name: text.mostTied, attributes: frameOf(false) },
    { name: text.few(fewestColoured), attributes: { fill: ink.paper, stroke: ink.pale, 'stroke-width': 0.8 } },
  ];
  let x = Math.max(220, textWidth(text.key, 11, 'bold')) + 20;
  const entries = items.map(({ name, attributes }) => {
    const entry = fragment(rectangle(x, y + 13, 18, 12, attributes), label(name, x + 24, y + 23, { size: 11 }));
    x += 24 + textWidth(name, 11) + 16;
    return entry;
  });
  return fragment(
    colourBar(
      {
        title: text.key,
        colour: divergingColour,
        domain: [0, 1],
        ticks: [0, 0.5, 1],
        write: (value) => context.number.percent(value),
      },
      0,
      y,
      200,
    ),
    entries,
  );
}
