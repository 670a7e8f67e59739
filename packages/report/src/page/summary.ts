import { element, fragment, type Markup } from '../markup/markup.js';
import { patientDots, verdictBadge } from './badge.js';
import { say } from '../report-context.js';
import { type PageContext, type PlacedClaim } from './page-context.js';

/** Every claim in one list: question, answer, verdict, patients that agree. */
export function summary(context: PageContext): Markup {
  const { page, step } = context.text;
  const groups = context.groups.map((group) =>
    fragment(
      element('h3', {}, step[group.step]),
      element(
        'ol',
        {},
        group.claims.map((placed) => summaryLine(context, placed)),
      ),
    ),
  );
  return element(
    'section',
    { id: 'summary' },
    element('h2', {}, page.summary),
    element('p', { class: 'lead' }, page.summaryLead),
    element('div', { class: 'found' }, context.groups.length === 0 ? element('p', {}, page.noClaims) : groups),
  );
}

function summaryLine(context: PageContext, { claim, anchor }: PlacedClaim): Markup {
  return element(
    'li',
    {},
    verdictBadge(context, claim.verdict),
    element(
      'div',
      {},
      element('p', { class: 'question' }, say(context, claim.question)),
      element('p', { class: 'answer' }, element('a', { href: `#${anchor}` }, say(context, claim.sentence))),
    ),
    element(
      'p',
      { class: 'agree' },
      claim.patients !== null &&
        fragment(
          patientDots(context, claim.patients),
          context.text.page.patientsAgree(claim.patients.agree, claim.patients.asked),
        ),
    ),
  );
}
