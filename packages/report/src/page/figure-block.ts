import { dropForbidden, element, fragment, type Markup } from '../markup/markup.js';
import type { PlacedFigure } from './numbered-figures.js';
import type { PageContext } from './page-context.js';

/** Figures with their captions; two half-width figures in a row stand side by side. */
export function figureBlocks(context: PageContext, figures: readonly PlacedFigure[]): Markup | null {
  const drawn = figures.filter((figure) => figure.outcome.kind === 'drawn');
  if (drawn.length === 0) return null;
  return element(
    'div',
    { class: 'figures' },
    inRows(drawn).map((row) =>
      row.length === 1
        ? row.map((figure) => figureBlock(context, figure))
        : element(
            'div',
            { class: 'pair' },
            row.map((figure) => figureBlock(context, figure)),
          ),
    ),
  );
}

/** Full-width figures alone, half-width ones two by two where they follow one another. */
function inRows(figures: readonly PlacedFigure[]): readonly (readonly PlacedFigure[])[] {
  const rows: PlacedFigure[][] = [];
  for (const figure of figures) {
    const last = rows[rows.length - 1];
    const joins = last?.length === 1 && isHalf(figure) && last.every(isHalf);
    if (joins) last.push(figure);
    else rows.push([figure]);
  }
  return rows;
}

function isHalf({ outcome }: PlacedFigure): boolean {
  return outcome.kind === 'drawn' && outcome.width === 'half';
}

function figureBlock(context: PageContext, figure: PlacedFigure): Markup | null {
  const { outcome, number } = figure;
  if (outcome.kind !== 'drawn' || number === null) return null;
  const { page } = context.text;
  return element(
    'figure',
    { class: outcome.width, id: `figure-${figure.id}` },
    outcome.svg,
    element(
      'figcaption',
      {},
      element('b', {}, `${page.figureLabel(number)}. ${figure.title}.`),
      ` ${outcome.caption} `,
      figureFiles(context, figure, outcome.tables),
    ),
  );
}

function figureFiles(context: PageContext, figure: PlacedFigure, tables: readonly string[]): Markup {
  return element(
    'span',
    { class: 'files' },
    element('a', { href: `figures/${figure.id}.svg` }, context.text.page.figureFile),
    tables.map((table) => fragment(', ', element('a', { class: 'file', href: tableAddress(table) }, `${table}.csv`))),
  );
}

/** Where a table lies beside the report. */
export function tableAddress(table: string): string {
  return `tables/${encodeURIComponent(dropForbidden(table))}.csv`;
}
