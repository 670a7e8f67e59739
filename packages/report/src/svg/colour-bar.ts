import { fragment, type Markup } from '../markup/markup.js';
import { label, rectangle } from './marks.js';
import { ink } from './palette.js';

/** A colour scale as a legend. */
export interface ColourBar {
  readonly title: string;
  readonly colour: (value: number) => string;
  readonly domain: readonly [number, number];
  /** Values written under the bar. */
  readonly ticks: readonly number[];
  readonly write: (value: number) => string;
}

const steps = 40;
const barHeight = 9;

/** Height of a colour bar with its title and its numbers. */
export const colourBarHeight = 38;

/** A bar of colours from `x`, `y` (its top): title above, numbers below. */
export function colourBar(bar: ColourBar, x: number, y: number, width: number): Markup {
  const [low, high] = bar.domain;
  const step = width / steps;
  const barTop = y + 15;
  return fragment(
    label(bar.title, x, y + 9, { size: 11, bold: 'bold', colour: ink.muted }),
    Array.from({ length: steps }, (_, i) =>
      rectangle(x + i * step, barTop, step + (i === steps - 1 ? 0 : 0.4), barHeight, {
        fill: bar.colour(low + ((i + 0.5) / steps) * (high - low)),
      }),
    ),
    rectangle(x, barTop, width, barHeight, { fill: 'none', stroke: ink.pale, 'stroke-width': 0.6 }),
    bar.ticks.map((value) =>
      label(bar.write(value), x + ((value - low) / (high - low)) * width, barTop + barHeight + 12, {
        size: 10.5,
        anchor: value === low ? 'start' : value === high ? 'end' : 'middle',
        colour: ink.muted,
      }),
    ),
  );
}
