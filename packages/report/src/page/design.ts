import type { DesignFinding } from '@remnant/engine';
import { element, type Markup } from '../markup/markup.js';
import { label, mark, px } from '../svg/marks.js';
import { ink } from '../svg/palette.js';
import { verdictMark } from '../svg/verdict-mark.js';
import { say } from '../report-context.js';
import type { PageContext } from './page-context.js';

/** What the design can and cannot answer, line by line. */
export function design(context: PageContext): Markup | null {
  const findings = context.result.design;
  if (findings.length === 0) return null;
  const { page } = context.text;
  return element(
    'section',
    { id: 'design' },
    element('h2', {}, page.design),
    element('p', { class: 'lead' }, page.designLead),
    element(
      'ul',
      { class: 'design' },
      findings.map((finding) => findingLine(context, finding)),
    ),
  );
}

function findingLine(context: PageContext, finding: DesignFinding): Markup {
  const level = element(
    'span',
    { class: `level ${finding.level}` },
    levelIcon(finding.level),
    element('span', {}, context.text.page.designLevel[finding.level]),
  );
  return element('li', {}, level, element('span', {}, say(context, finding.text)));
}

const size = 15;

function levelIcon(level: DesignFinding['level']): Markup {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: size,
      height: size,
      viewBox: `0 0 ${px(size)} ${px(size)}`,
      'aria-hidden': 'true',
    },
    levelMark(level),
  );
}

function levelMark(level: DesignFinding['level']): readonly Markup[] {
  const middle = size / 2;
  const letter = (character: string, colour: string): Markup =>
    label(character, middle, middle + 3.7, { size: 10, bold: 'bold', anchor: 'middle', colour });
  switch (level) {
    case 'ok':
      return [verdictMark('supported', middle, middle, 6.8)];
    case 'blocking':
      return [verdictMark('not testable', middle, middle, 6.8)];
    case 'warning':
      return [mark('triangle', middle, middle + 1.2, 6.6, { fill: '#f2b84b' }), letter('!', ink.text)];
    case 'note':
      return [
        mark('square', middle, middle, 6.8, { fill: ink.paper, stroke: ink.muted, 'stroke-width': 1.2 }),
        letter('i', ink.muted),
      ];
  }
}
