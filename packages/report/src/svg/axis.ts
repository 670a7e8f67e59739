import { fragment, type Markup } from '../markup/markup.js';
import { label, line } from './marks.js';
import { ink } from './palette.js';
import type { Scale, Ticks } from './scale.js';

/** What an axis is drawn from. */
export interface AxisSpec {
  readonly scale: Scale;
  readonly ticks: Ticks;
  readonly write: (value: number) => string;
  readonly title: string;
}

const tickSize = 11;
const titleSize = 12;

/** A horizontal axis at height `y`, ticks and title below; with `gridTo`, light lines up to that height. */
export function axisBottom(axis: AxisSpec, y: number, gridTo?: number): Markup {
  const { scale, ticks } = axis;
  const [start, end] = scale.range;
  const marks = ticks.values.map((value) => {
    const x = scale.at(value);
    return fragment(
      gridTo !== undefined && line(x, y, x, gridTo, { stroke: ink.grid }),
      line(x, y, x, y + 4, { stroke: ink.axis }),
      label(axis.write(value), x, y + 17, { size: tickSize, anchor: 'middle', colour: ink.muted }),
    );
  });
  return fragment(
    marks,
    line(start, y, end, y, { stroke: ink.axis }),
    label(axis.title, (start + end) / 2, y + 36, { size: titleSize, anchor: 'middle' }),
  );
}

/** A vertical axis at `x`, ticks to its left, its title turned; with `gridTo`, light lines to that position. */
export function axisLeft(axis: AxisSpec, x: number, titleX: number, gridTo?: number): Markup {
  const { scale, ticks } = axis;
  const [start, end] = scale.range;
  const marks = ticks.values.map((value) => {
    const y = scale.at(value);
    return fragment(
      gridTo !== undefined && line(x, y, gridTo, y, { stroke: ink.grid }),
      line(x - 4, y, x, y, { stroke: ink.axis }),
      label(axis.write(value), x - 7, y + 4, { size: tickSize, anchor: 'end', colour: ink.muted }),
    );
  });
  return fragment(
    marks,
    line(x, start, x, end, { stroke: ink.axis }),
    label(axis.title, titleX, (start + end) / 2, { size: titleSize, anchor: 'middle', turn: -90 }),
  );
}
