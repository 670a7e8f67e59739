import { curatedAxes } from '@remnant/engine';
import { fragment, type Markup } from '../markup/markup.js';
import { type ReportContext, say } from '../report-context.js';
import { svgDocument } from '../svg/document.js';
import { label, line, mark, rectangle } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { verdictColour } from '../svg/verdict-mark.js';
import { numbersOrMissing, readColumns } from '../tables/read-columns.js';
import { deathGrid, type DeathRow, type ModeCell, type ModeVerdict } from './death-mode-rows.js';
import { type FigureOutcome, figureName, fullWidth, leftOut, nothingToDraw } from './figure.js';

const top = 30;
const mostPatient = 104;
const kindSize = 10.5;
const cellSize = 10;

/** Ground, ink and sign of each verdict; none needs its colour to be told from the others. */
const looks: Readonly<Record<ModeVerdict, { readonly ground: string; readonly colour: string }>> = {
  open: { ground: '#d9efe6', colour: verdictColour.supported },
  blocked: { ground: '#f7dccb', colour: verdictColour.contradicted },
  'cannot tell': { ground: ink.paper, colour: ink.muted },
};

interface Layout {
  readonly rowHeight: number;
  readonly kindLeft: number;
  readonly gridLeft: number;
  readonly cell: number;
}

/** Which modes of death could run in each kind of cells, with the executor that is missing. */
export function drawDeathModes(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'death_modes', {
    numbers: [],
    texts: ['axis', 'patient', 'stage', 'state', 'verdict', 'gene'],
  });
  if (!read.found) return leftOut(context, read);
  const grid = deathGrid(context, read);
  if (!grid.rows.some(({ modes }) => modes.some((mode) => mode !== null && mode.verdict !== 'cannot tell'))) {
    return nothingToDraw(context, 'death_modes');
  }
  const layout = layOut(context, grid.rows, grid.modes.length);
  const patients = [...new Set(grid.rows.map(({ patient }) => patient))];
  const bottom = top + grid.rows.length * layout.rowHeight;
  const limit = numbersOrMissing(context.result, 'death_modes', 'limit').find(Number.isFinite) ?? null;
  const text = context.text.figures.targets.deathModes;
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['death_modes'],
    caption: text.caption({
      limit: limit === null ? null : context.number.general(limit),
      isShort: grid.isShort,
    }),
    svg: svgDocument(
      {
        id: figureName('death-modes'),
        width: fullWidth,
        height: bottom + 32 + (grid.nHidden > 0 ? 16 : 0),
        title: context.text.figureTitles['death-modes'],
        description: text.description(grid.rows.length, patients.length),
      },
      headers(context, grid.modes, layout),
      grid.rows.map((row, i) =>
        rowMarkup(context, row, {
          layout,
          y: top + i * layout.rowHeight,
          opens: grid.rows[i - 1]?.patient !== row.patient,
        }),
      ),
      line(0, bottom, fullWidth, bottom, { stroke: ink.grid }),
      key(context, bottom + 20),
      grid.nHidden > 0 && label(text.more(grid.nHidden), 0, bottom + 42, { size: 11, colour: ink.muted }),
    ),
  };
}

function layOut(context: ReportContext, rows: readonly DeathRow[], nModes: number): Layout {
  const patient = Math.min(mostPatient, Math.max(...rows.map((row) => textWidth(row.patient, 11, 'bold')))) + 12;
  const kind = Math.max(...rows.map((row) => textWidth(kindOf(context, row), kindSize))) + 12;
  const gridLeft = Math.min(300, patient + kind);
  return {
    rowHeight: rows.length > 40 ? 15.5 : 18.5,
    kindLeft: patient,
    gridLeft,
    cell: (fullWidth - gridLeft) / nModes,
  };
}

/** Stage, kind of cells, and how many. */
function kindOf(context: ReportContext, { stage, state, nCells }: DeathRow): string {
  const text = context.text.figures.targets.deathModes;
  const cells = Number.isFinite(nCells) ? ` (${context.number.integer(nCells)})` : '';
  return state === 'all'
    ? context.text.stage(stage) + cells
    : `${context.text.stage(stage)}, ${text.state(state)}${cells}`;
}

function headers(context: ReportContext, modes: readonly string[], { gridLeft, cell }: Layout): Markup {
  const style = { size: 11, bold: 'bold', colour: ink.muted } as const;
  return fragment(
    label(context.text.words.patient, 0, top - 10, style),
    modes.map((mode, i) => {
      const title = curatedAxes.find(({ id }) => id === mode)?.title;
      const name = title === undefined ? mode : say(context, title);
      return label(fitText(name, cell - 6, 11.5), gridLeft + i * cell + 4, top - 10, style);
    }),
  );
}

function rowMarkup(
  context: ReportContext,
  row: DeathRow,
  { layout, y, opens }: { readonly layout: Layout; readonly y: number; readonly opens: boolean },
): Markup {
  const { rowHeight, kindLeft, gridLeft, cell } = layout;
  const baseline = y + rowHeight / 2 + 3.8;
  return fragment(
    opens && line(0, y, fullWidth, y, { stroke: ink.pale }),
    opens && label(fitText(row.patient, kindLeft - 8, 11.5), 0, baseline, { size: 11, bold: 'bold' }),
    label(fitText(kindOf(context, row), gridLeft - kindLeft - 6, kindSize), kindLeft, baseline, { size: kindSize }),
    row.modes.map(
      (mode, i) => mode !== null && cellMarkup(context, mode, { x: gridLeft + i * cell, y, width: cell, rowHeight }),
    ),
  );
}

interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly rowHeight: number;
}

function cellMarkup(context: ReportContext, cell: ModeCell, place: CellPlace): Markup {
  const { x, y, width, rowHeight } = place;
  const { ground, colour } = looks[cell.verdict];
  return fragment(
    rectangle(x + 1, y + 1, width - 2, rowHeight - 2, { fill: ground, stroke: ink.grid, 'stroke-width': 0.8 }),
    sign(cell.verdict, x + 11, y + rowHeight / 2),
    label(wordsOf(context, cell, width - 23), x + 21, y + rowHeight / 2 + 3.6, { size: cellSize, colour }),
  );
}

/** The executors by name, as many as there is room for, and how many more. */
function wordsOf(context: ReportContext, { verdict, genes, isUnmeasured }: ModeCell, width: number): string {
  const text = context.text.figures.targets.deathModes;
  if (verdict === 'open') return text.open;
  if (genes.length === 0) return '';
  const write = verdict === 'blocked' ? text.missing : isUnmeasured ? text.unmeasured : text.untold;
  const shortened = genes.map((_, i) => {
    const rest = genes.length - i - 1;
    return write(genes.slice(0, i + 1).join(', ') + (rest === 0 ? '' : ` +${String(rest)}`));
  });
  const fitting = shortened.filter((words) => textWidth(words, cellSize) <= width);
  return fitting[fitting.length - 1] ?? fitText(shortened[0] ?? '', width, cellSize);
}

/** A disc, a cross, a dashed ring. */
function sign(verdict: ModeVerdict, x: number, y: number): Markup {
  const { colour } = looks[verdict];
  if (verdict === 'open') return mark('circle', x, y, 3.6, { fill: colour });
  if (verdict === 'blocked') return mark('cross', x, y, 4.6, { fill: colour });
  return mark('circle', x, y, 3.4, {
    fill: ink.paper,
    stroke: colour,
    'stroke-width': 1.1,
    'stroke-dasharray': '1.8 1.5',
  });
}

function key(context: ReportContext, y: number): Markup {
  const text = context.text.figures.targets.deathModes;
  const items: readonly (readonly [ModeVerdict, string])[] = [
    ['open', text.open],
    ['blocked', text.blocked],
    ['cannot tell', text.cannotTell],
  ];
  let x = 6;
  return fragment(
    items.map(([verdict, words]) => {
      const entry = fragment(sign(verdict, x, y), label(words, x + 11, y + 4, { size: 11 }));
      x += 33 + textWidth(words, 11);
      return entry;
    }),
  );
}
