import { fragment, type Markup } from '../markup/markup.js';
import { label, line } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { niceTicks, type Scale } from '../svg/scale.js';

/** Writes a tick with so many decimals. */
type WriteTick = (value: number, decimals: number) => string;

const tickSize = 9.5;

/** The axis of a small panel at height `y`: ticks and numbers, without a title. */
export function smallAxisBottom(scale: Scale, y: number, count: number, write: WriteTick): Markup {
  const { values, decimals } = niceTicks(scale.domain, count);
  const [start, end] = scale.range;
  return fragment(
    line(start, y, end, y, { stroke: ink.axis, 'stroke-width': 0.8 }),
    values.map((value) =>
      fragment(
        line(scale.at(value), y, scale.at(value), y + 3, { stroke: ink.axis, 'stroke-width': 0.8 }),
        label(write(value, decimals), scale.at(value), y + 12.5, {
          size: tickSize,
          anchor: 'middle',
          colour: ink.muted,
        }),
      ),
    ),
  );
}

/** The axis left of a small panel at `x`, with light lines to `gridTo`. */
export function smallAxisLeft(
  scale: Scale,
  x: number,
  gridTo: number,
  { count, write }: { readonly count: number; readonly write: WriteTick },
): Markup {
  const { values, decimals } = niceTicks(scale.domain, count);
  return fragment(
    values.map((value) =>
      fragment(
        line(x, scale.at(value), gridTo, scale.at(value), { stroke: ink.grid, 'stroke-width': 0.8 }),
        label(write(value, decimals), x - 4, scale.at(value) + 3.3, {
          size: tickSize,
          anchor: 'end',
          colour: ink.muted,
        }),
      ),
    ),
  );
}
