import type { Verdict } from '@remnant/engine';
import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { label, rectangle } from '../svg/marks.js';
import { namedGround } from '../svg/palette.js';
import { textWidth } from '../svg/text-width.js';
import { verdictMark } from '../svg/verdict-mark.js';

/** The sign of a marker: one that the patients share but lower speaks against marking the state. */
export function markerVerdict(isShared: boolean, change: number): Verdict {
  if (!isShared) return 'not supported';
  return change < 0 ? 'contradicted' : 'supported';
}

/** What the signs beside a marker mean, on one line around height `y`. */
export function markerKey(context: ReportContext, y: number): Markup {
  const text = context.text.figures.targets.surfaceMarkers;
  const entries: readonly (readonly [Verdict, string])[] = [
    ['supported', text.shared],
    ['contradicted', text.lowered],
    ['not supported', text.notShared],
  ];
  let x = 6;
  const signs = entries.map(([verdict, words]) => {
    const entry = fragment(verdictMark(verdict, x, y, 5.2), label(words, x + 10, y + 4, { size: 11 }));
    x += 28 + textWidth(words, 11);
    return entry;
  });
  return fragment(
    signs,
    rectangle(x - 5, y - 6, 14, 12, { fill: namedGround }),
    label(text.named, x + 15, y + 4, { size: 11 }),
  );
}
