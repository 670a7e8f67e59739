import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { colourBar, colourBarHeight } from '../svg/colour-bar.js';
import { legend, type LegendItem } from '../svg/legend.js';
import { ink, stageColour } from '../svg/palette.js';
import { type CellBlock, type CellRow, referenceClone } from './cell-blocks.js';
import { colourOfClone, colourOfRatio, colourOfState } from './cell-colours.js';
import { fullWidth } from './figure.js';
import { stagesIn } from './table-order.js';

/** What the colours of the map and of the strips mean, from `y` down. */
export function cellKeys(
  context: ReportContext,
  blocks: readonly CellBlock[],
  { limit, y }: { readonly limit: number; readonly y: number },
): { readonly markup: Markup; readonly bottom: number } {
  const text = context.text.figures.origin.copyNumberCells;
  const rows = blocks.flatMap((block) => block.rows);
  const barWidth = 150;
  const left = barWidth + 30;
  const groups = [
    { heading: text.clone, items: cloneItems(context, rows) },
    { heading: text.state, items: stateItems(context, rows) },
    { heading: context.text.words.stage.toLocaleLowerCase('en'), items: stageItems(context, rows) },
  ].filter(({ items }) => items.length > 0);
  let at = y + 6;
  const drawn = groups.map(({ heading, items }) => {
    const keys = legend(heading, items, left, at, fullWidth - left);
    at += keys.height;
    return keys.markup;
  });
  const bar = colourBar(
    {
      title: text.key,
      colour: (value) => colourOfRatio(value, limit),
      domain: [-limit, limit],
      ticks: [-limit, 0, limit],
      write: (value) => (value === 0 ? '0' : context.number.signed(value)),
    },
    0,
    y,
    barWidth,
  );
  return { markup: fragment(bar, drawn), bottom: Math.max(at, y + colourBarHeight) + 6 };
}

function cloneItems(context: ReportContext, rows: readonly CellRow[]): readonly LegendItem[] {
  const text = context.text.figures.origin.copyNumberCells;
  const clones = new Set(rows.map(({ clone }) => clone));
  const numbers = [...clones]
    .filter((clone) => clone !== null && clone !== referenceClone)
    .sort((a, b) => Number(a) - Number(b));
  return [
    ...numbers.map((clone): LegendItem => ({ text: clone ?? '', shape: 'square', fill: colourOfClone(clone) })),
    ...(clones.has(referenceClone)
      ? [{ text: text.reference, shape: 'square', fill: colourOfClone(referenceClone) } as const]
      : []),
    ...(clones.has(null) ? [{ text: text.untold, shape: 'square', fill: ink.paper, stroke: ink.pale } as const] : []),
  ];
}

function stateItems(context: ReportContext, rows: readonly CellRow[]): readonly LegendItem[] {
  const text = context.text.figures.origin.copyNumberCells;
  const items: readonly (readonly [string | null, string])[] = [
    ['persister', text.persister],
    ['other', text.other],
    [null, text.notTestable],
  ];
  return items
    .filter(([state]) => rows.some((row) => row.state === state))
    .map(
      ([state, name]): LegendItem => ({
        text: name,
        shape: 'square',
        fill: colourOfState(state),
        ...(state === null ? { stroke: ink.pale } : {}),
      }),
    );
}

function stageItems(context: ReportContext, rows: readonly CellRow[]): readonly LegendItem[] {
  return stagesIn(rows.map(({ stage }) => stage)).map((stage) => ({
    text: context.text.stage(stage),
    shape: 'square',
    fill: stageColour(stage),
  }));
}
