import { element, fragment, type Markup } from '../markup/markup.js';
import { say } from '../report-context.js';
import type { PageContext } from './page-context.js';

/** What could not be tested: questions, lines of evidence, and figures that had nothing to be drawn from. */
export function untestable(context: PageContext): Markup {
  const { page } = context.text;
  const parts = [questions(context), lines(context), figures(context)].filter((part) => part !== null);
  return element(
    'section',
    { id: 'not-testable' },
    element('h2', {}, page.untestable),
    element('p', { class: 'lead' }, parts.length === 0 ? page.nothingUntestable : page.untestableLead),
    parts,
  );
}

function bullets(title: string, items: readonly Markup[]): Markup | null {
  if (items.length === 0) return null;
  return fragment(element('h3', { class: 'sub' }, title), element('ul', { class: 'bullets' }, items));
}

function questions(context: PageContext): Markup | null {
  const claims = context.groups
    .flatMap((group) => group.claims)
    .filter(({ claim }) => claim.verdict === 'not testable');
  return bullets(
    context.text.page.untestableClaims,
    claims.map(({ claim, anchor }) =>
      element(
        'li',
        {},
        element('a', { href: `#${anchor}` }, say(context, claim.question)),
        element('span', { class: 'needed-text' }, say(context, claim.needed)),
      ),
    ),
  );
}

function lines(context: PageContext): Markup | null {
  const claims = context.groups.flatMap((group) => group.claims);
  const untested = claims.flatMap(({ claim, anchor }) =>
    claim.lines.filter((graded) => graded.verdict === 'not testable').map((graded) => ({ anchor, graded, claim })),
  );
  return bullets(
    context.text.page.untestableLines,
    untested.map(({ anchor, graded, claim }) =>
      element(
        'li',
        {},
        element('a', { href: `#${anchor}` }, say(context, graded.label)),
        element(
          'span',
          { class: 'needed-text' },
          say(context, graded.sentence),
          ' ',
          element('i', {}, say(context, claim.question)),
        ),
      ),
    ),
  );
}

/** A real study has no truth to be scored against: that is no gap, and is not listed as one. */
function figures(context: PageContext): Markup | null {
  const missing = context.figures.flatMap(({ id, title, outcome }) =>
    outcome.kind === 'left-out' && !(id === 'demo-score' && context.result.truth === null)
      ? [{ title, reason: outcome.reason }]
      : [],
  );
  return bullets(
    context.text.page.missingFigures,
    missing.map(({ title, reason }) => element('li', {}, title, element('span', { class: 'needed-text' }, reason))),
  );
}
