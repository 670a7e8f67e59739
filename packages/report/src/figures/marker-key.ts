import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { label, rectangle } from '../svg/marks.js';
import { namedGround } from '../svg/palette.js';
import { textWidth } from '../svg/text-width.js';
import { verdictMark } from '../svg/verdict-mark.js';

/** What the signs beside a marker mean, on one line around height `y`: shared, not shared, asked for by name. */
export function markerKey(context: ReportContext, y: number): Markup {
  const { shared, notShared, named } = context.text.figures.targets.surfaceMarkers;
  const second = 34 + textWidth(shared, 11);
  const third = second + 30 + textWidth(notShared, 11);
  return fragment(
    verdictMark('supported', 6, y, 5.2),
    label(shared, 16, y + 4, { size: 11 }),
    verdictMark('not supported', second, y, 5.2),
    label(notShared, second + 10, y + 4, { size: 11 }),
    rectangle(third, y - 6, 14, 12, { fill: namedGround }),
    label(named, third + 20, y + 4, { size: 11 }),
  );
}
