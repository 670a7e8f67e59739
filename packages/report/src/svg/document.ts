import { element, type Child, type Markup } from '../markup/markup.js';
import { ink } from './palette.js';
import { px } from './marks.js';

/** What a figure is, for readers who do not see it and for the file it becomes. */
export interface SvgFrame {
  /** Unique in the report; names the title and description. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/** Helvetica and the faces that share its metrics, so that measured labels fit. */
export const figureFont = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif";

/** A complete SVG element: white ground, one font, a title and a description that screen readers read. */
export function svgDocument(frame: SvgFrame, ...children: readonly Child[]): Markup {
  const { id, width, height } = frame;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: px(width),
      height: px(height),
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      'font-family': figureFont,
      'font-size': 12,
      fill: ink.text,
    },
    element('title', { id: `${id}-title` }, frame.title),
    element('desc', { id: `${id}-description` }, frame.description),
    element('rect', { width: px(width), height: px(height), fill: ink.paper }),
    ...children,
  );
}
