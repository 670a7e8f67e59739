import { element, fragment, type Markup } from '../markup/markup.js';
import { verdictIcon } from './badge.js';
import { say } from '../report-context.js';
import type { PageContext } from './page-context.js';

/** A section of the page, for the table of contents. */
export interface SectionEntry {
  readonly anchor: string;
  readonly title: string;
}

/** The table of contents: the summary, every claim with its verdict, then the sections after them. */
export function contents(context: PageContext, after: readonly SectionEntry[]): Markup {
  const { page, step } = context.text;
  const entry = ({ anchor, title }: SectionEntry): Markup =>
    element('li', {}, element('a', { class: 'entry', href: `#${anchor}` }, title));
  const groups = context.groups.map((group) =>
    fragment(
      entry({ anchor: `step-${group.step}`, title: step[group.step] }),
      group.claims.map(({ claim, anchor }) =>
        element(
          'li',
          {},
          element(
            'a',
            { class: 'claim-link', href: `#${anchor}` },
            verdictIcon(claim.verdict, 13),
            element('span', {}, say(context, claim.question)),
          ),
        ),
      ),
    ),
  );
  return element(
    'nav',
    { class: 'contents', 'aria-label': page.contents },
    element('h2', {}, page.contents),
    element('ul', {}, entry({ anchor: 'summary', title: page.summary }), groups, after.map(entry)),
  );
}
