import type { Verdict } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import { line, mark, px } from './marks.js';
import { ink } from './palette.js';

/** The ink of each verdict, dark enough to read as text on white. */
export const verdictColour: Readonly<Record<Verdict, string>> = {
  supported: '#00694d',
  'not supported': '#3d4854',
  contradicted: '#a83f00',
  'not testable': '#68727d',
};

/**
 * The sign of a verdict, centred on `x`, `y`. Each has its own outline and its own inner stroke, so that colour is not
 * needed: a filled disc with a tick, a ring with a bar, a filled diamond with a cross, a dashed ring with a dot.
 */
export function verdictMark(verdict: Verdict, x: number, y: number, radius: number): Markup {
  const colour = verdictColour[verdict];
  const white = { stroke: ink.paper, 'stroke-width': px(radius * 0.26), 'stroke-linecap': 'round', fill: 'none' };
  const ring = { fill: ink.paper, stroke: colour, 'stroke-width': px(radius * 0.22) };
  const arm = radius * 0.42;
  switch (verdict) {
    case 'supported':
      return fragment(
        mark('circle', x, y, radius, { fill: colour }),
        element('path', { d: tick(x, y, radius), ...white, 'stroke-linejoin': 'round' }),
      );
    case 'not supported':
      return fragment(
        mark('circle', x, y, radius * 0.9, ring),
        line(x - arm, y, x + arm, y, { ...ring, 'stroke-width': px(radius * 0.26), 'stroke-linecap': 'round' }),
      );
    case 'contradicted':
      return fragment(
        mark('diamond', x, y, radius * 0.92, { fill: colour, stroke: colour, 'stroke-linejoin': 'round' }),
        line(x - arm * 0.8, y - arm * 0.8, x + arm * 0.8, y + arm * 0.8, white),
        line(x - arm * 0.8, y + arm * 0.8, x + arm * 0.8, y - arm * 0.8, white),
      );
    case 'not testable':
      return fragment(
        mark('circle', x, y, radius * 0.9, {
          ...ring,
          'stroke-dasharray': `${px(radius * 0.42)} ${px(radius * 0.285)}`,
        }),
        mark('circle', x, y, radius * 0.2, { fill: colour }),
      );
  }
}

function tick(x: number, y: number, r: number): string {
  return `M${px(x - 0.45 * r)} ${px(y + 0.03 * r)}L${px(x - 0.12 * r)} ${px(y + 0.36 * r)}L${px(x + 0.46 * r)} ${px(y - 0.33 * r)}`;
}

/** Whether a text is one of the four verdicts. */
export function isVerdict(text: string | null | undefined): text is Verdict {
  return text === 'supported' || text === 'not supported' || text === 'contradicted' || text === 'not testable';
}
