import type { Claim, Verdict } from '@remnant/engine';
import { element, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { line, mark, px } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { verdictMark } from '../svg/verdict-mark.js';

/** The sign of a verdict alone, for places where its word stands beside it. */
export function verdictIcon(verdict: Verdict, size: number): Markup {
  const middle = size / 2;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: size,
      height: size,
      viewBox: `0 0 ${px(size)} ${px(size)}`,
      'aria-hidden': 'true',
    },
    verdictMark(verdict, middle, middle, middle - 0.8),
  );
}

/** Sign and word of a verdict. */
export function verdictBadge(context: ReportContext, verdict: Verdict): Markup {
  return element(
    'span',
    { class: `badge ${verdict.replace(' ', '-')}` },
    verdictIcon(verdict, 17),
    element('span', {}, context.text.verdict[verdict]),
  );
}

const spacing = 11;
const mostDots = 40;

/**
 * Patients as dots: filled agree, hollow were asked and do not, a dash could not be asked. More patients than fit are
 * left to the words beside it.
 */
export function patientDots(context: ReportContext, patients: NonNullable<Claim['patients']>): Markup | null {
  const total = Math.max(context.result.summary.nPatients, patients.asked);
  if (total > mostDots || total < 1) return null;
  const perRow = Math.min(total, 10);
  const rows = Math.ceil(total / perRow);
  const width = perRow * spacing;
  const height = rows * spacing;
  const dot = (i: number): Markup => {
    const x = (i % perRow) * spacing + spacing / 2;
    const y = Math.floor(i / perRow) * spacing + spacing / 2;
    const outline = { stroke: ink.text, 'stroke-width': 1.3 };
    if (i < patients.agree) return mark('circle', x, y, 4, { fill: ink.text, ...outline });
    if (i < patients.asked) return mark('circle', x, y, 4, { fill: ink.paper, ...outline });
    return line(x - 3, y, x + 3, y, { stroke: ink.axis, 'stroke-width': 1.3 });
  };
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${px(width)} ${px(height)}`,
      'aria-hidden': 'true',
    },
    Array.from({ length: total }, (_, i) => dot(i)),
  );
}
