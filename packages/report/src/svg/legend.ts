import { fragment, type Markup } from '../markup/markup.js';
import { label, mark, type Shape } from './marks.js';
import { ink } from './palette.js';
import { textWidth } from './text-width.js';

/** One entry of a legend. */
export interface LegendItem {
  readonly text: string;
  readonly shape: Shape;
  readonly fill: string;
  readonly stroke?: string;
}

const size = 11;
const swatch = 16;
const gap = 16;
const rowHeight = 18;

/** A legend as drawn, with the height it took. */
export interface Legend {
  readonly markup: Markup;
  readonly height: number;
}

/** Entries side by side from `x`, `y` (the middle of the first row), going to a new row when `width` is full. */
export function legend(heading: string, items: readonly LegendItem[], x: number, y: number, width: number): Legend {
  const parts: Markup[] = [];
  const indent = heading === '' ? 0 : textWidth(heading, size, 'bold') + 12;
  if (heading !== '') parts.push(label(heading, x, y + 4, { size, bold: 'bold' }));
  let left = x + indent;
  let middle = y;
  for (const item of items) {
    const needed = swatch + textWidth(item.text, size);
    if (left + needed > x + width && left > x + indent) {
      left = x + indent;
      middle += rowHeight;
    }
    parts.push(mark(item.shape, left + 5, middle, 4.5, { fill: item.fill, stroke: item.stroke ?? null }));
    parts.push(label(item.text, left + swatch, middle + 4, { size, colour: ink.text }));
    left += needed + gap;
  }
  return { markup: fragment(parts), height: middle - y + rowHeight };
}
