import { element, type Attributes, type Markup } from '../markup/markup.js';

/** Shapes a point can have; told apart without colour. */
export type Shape =
  | 'circle'
  | 'square'
  | 'triangle'
  | 'diamond'
  | 'triangle-down'
  | 'cross'
  | 'plus'
  | 'star'
  | 'bar'
  | 'tick';

/** Shapes in the order they are handed out to categories. */
export const shapes: readonly Shape[] = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'triangle-down',
  'cross',
  'plus',
  'star',
];

/** A coordinate with at most two decimals: enough for print, and the same text in every host. */
export function px(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

/** A point of a given shape centred on `x`, `y`; `radius` is half its width. */
export function mark(shape: Shape, x: number, y: number, radius: number, attributes: Attributes): Markup {
  if (shape === 'circle') return element('circle', { cx: px(x), cy: px(y), r: px(radius), ...attributes });
  return element('path', { d: outlines[shape](x, y, radius), ...attributes });
}

/** A line from one point to another. */
export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): Markup {
  return element('line', { x1: px(x1), y1: px(y1), x2: px(x2), y2: px(y2), ...attributes });
}

/** A rectangle by its corner and size. */
export function rectangle(x: number, y: number, width: number, height: number, attributes: Attributes): Markup {
  return element('rect', { x: px(x), y: px(y), width: px(width), height: px(height), ...attributes });
}

/** How a text is set: size in pixels, where `x` anchors it, weight and colour. */
export interface TextStyle {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: 'bold' | undefined;
  readonly colour?: string;
  readonly italic?: 'italic' | undefined;
  /** Degrees clockwise about the anchor. */
  readonly turn?: number;
}

/** A line of text; `y` is its baseline. */
export function label(text: string, x: number, y: number, style: TextStyle = {}): Markup {
  return element(
    'text',
    {
      x: px(x),
      y: px(y),
      'font-size': style.size ?? null,
      'text-anchor': style.anchor === 'start' ? null : style.anchor,
      'font-weight': style.bold,
      'font-style': style.italic,
      fill: style.colour,
      transform: style.turn === undefined ? null : `rotate(${px(style.turn)} ${px(x)} ${px(y)})`,
    },
    text,
  );
}

/** Many small dots of one colour as a single path: a tenth of the bytes of as many circles. */
export function dots(points: readonly (readonly [number, number])[], radius: number, attributes: Attributes): Markup {
  const at = new Set(points.map(([x, y]) => `M${tenth(x)} ${tenth(y)}h0`));
  return element('path', {
    d: [...at].join(''),
    fill: 'none',
    'stroke-width': px(2 * radius),
    'stroke-linecap': 'round',
    ...attributes,
  });
}

function tenth(value: number): string {
  return String(Math.round(value * 10) / 10);
}

type Outline = (x: number, y: number, r: number) => string;

const polygon = (x: number, y: number, corners: readonly (readonly [number, number])[]): string =>
  `M${corners.map(([dx, dy]) => `${px(x + dx)} ${px(y + dy)}`).join('L')}Z`;

const outlines: Readonly<Record<Exclude<Shape, 'circle'>, Outline>> = {
  tick: (x, y, r) =>
    polygon(x, y, [
      [-0.18 * r, -1.4 * r],
      [0.18 * r, -1.4 * r],
      [0.18 * r, 1.4 * r],
      [-0.18 * r, 1.4 * r],
    ]),
  bar: (x, y, r) =>
    polygon(x, y, [
      [-1.6 * r, -0.25 * r],
      [1.6 * r, -0.25 * r],
      [1.6 * r, 0.25 * r],
      [-1.6 * r, 0.25 * r],
    ]),
  square: (x, y, r) => polygon(x, y, boxOf(0.89 * r)),
  triangle: (x, y, r) =>
    polygon(x, y, [
      [0, -1.15 * r],
      [1.05 * r, 0.75 * r],
      [-1.05 * r, 0.75 * r],
    ]),
  'triangle-down': (x, y, r) =>
    polygon(x, y, [
      [0, 1.15 * r],
      [1.05 * r, -0.75 * r],
      [-1.05 * r, -0.75 * r],
    ]),
  diamond: (x, y, r) =>
    polygon(x, y, [
      [0, -1.25 * r],
      [1.25 * r, 0],
      [0, 1.25 * r],
      [-1.25 * r, 0],
    ]),
  cross: (x, y, r) => polygon(x, y, turned(plusOf(r))),
  plus: (x, y, r) => polygon(x, y, plusOf(r)),
  star: (x, y, r) => polygon(x, y, starOf(r)),
};

function boxOf(r: number): readonly (readonly [number, number])[] {
  return [
    [-r, -r],
    [r, -r],
    [r, r],
    [-r, r],
  ];
}

function plusOf(r: number): readonly (readonly [number, number])[] {
  const arm = 1.15 * r;
  const half = 0.38 * r;
  return [
    [-half, -arm],
    [half, -arm],
    [half, -half],
    [arm, -half],
    [arm, half],
    [half, half],
    [half, arm],
    [-half, arm],
    [-half, half],
    [-arm, half],
    [-arm, -half],
    [-half, -half],
  ];
}

function turned(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const half = Math.SQRT1_2;
  return points.map(([dx, dy]) => [half * (dx - dy), half * (dx + dy)]);
}

/** Four long and four short rays, from the sines of 45 degrees alone. */
function starOf(r: number): readonly (readonly [number, number])[] {
  const long = 1.3 * r;
  const short = 0.5 * r * Math.SQRT1_2;
  return [
    [0, -long],
    [short, -short],
    [long, 0],
    [short, short],
    [0, long],
    [-short, short],
    [-long, 0],
    [-short, -short],
  ];
}
