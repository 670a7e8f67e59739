import type { Claim, ClaimNumber } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import { patientDots, verdictBadge } from './badge.js';
import { figureBlocks } from './figure-block.js';
import { say } from '../report-context.js';
import { type ClaimGroup, type PageContext, type PlacedClaim } from './page-context.js';
import { tableBlocks } from './table-block.js';

/** All claims of one step, each opened into its evidence. */
export function claimGroup(context: PageContext, group: ClaimGroup): Markup {
  return element(
    'section',
    { class: 'step', id: `step-${group.step}` },
    element('h2', {}, context.text.step[group.step]),
    group.claims.map((placed) => claimSection(context, placed)),
  );
}

function claimSection(context: PageContext, placed: PlacedClaim): Markup {
  const { claim, number, anchor } = placed;
  const { page } = context.text;
  return element(
    'article',
    { id: anchor },
    element(
      'header',
      {},
      element(
        'div',
        { class: 'verdict-line' },
        verdictBadge(context, claim.verdict),
        element('a', { class: 'back', href: '#summary' }, page.claim.backToSummary),
      ),
      element('p', { class: 'question' }, say(context, claim.question)),
      element('h3', {}, say(context, claim.sentence)),
      agreement(context, claim),
      numbers(context, claim.numbers),
    ),
    figureBlocks(
      context,
      context.figures.filter((figure) => figure.claim === number),
    ),
    figuresElsewhere(context, claim, number),
    aside('control', page.claim.control, say(context, claim.control)),
    gradedLines(context, claim),
    aside('needed', page.claim.needed, say(context, claim.needed)),
    claim.tables.length > 0 &&
      fragment(
        element('h4', {}, page.claim.tables),
        tableBlocks(context, claim.tables, (table) => context.tableOwner.get(table) === number),
      ),
  );
}

function agreement(context: PageContext, { patients }: Claim): Markup | null {
  if (patients === null) return null;
  const { page } = context.text;
  const notAsked = context.result.summary.nPatients - patients.asked;
  const words = [
    page.patientsAgree(patients.agree, patients.asked),
    ...(notAsked > 0 ? [page.notAsked(notAsked)] : []),
  ];
  return element(
    'p',
    { class: 'agreement' },
    patientDots(context, patients),
    element('span', {}, words.join(context.language === 'fr' ? '\u202f; ' : '; ')),
  );
}

function numbers(context: PageContext, values: readonly ClaimNumber[]): Markup | null {
  if (values.length === 0) return null;
  return element(
    'dl',
    { class: 'numbers' },
    values.map((value) => numberCell(context, value)),
  );
}

function numberCell(context: PageContext, value: ClaimNumber): Markup {
  const written = context.number.estimate(value.value ?? NaN, value.low ?? NaN, value.high ?? NaN);
  const unit = context.text.units[value.unit] ?? value.unit;
  return element(
    'div',
    {},
    element('dt', {}, say(context, value.label)),
    element(
      'dd',
      {},
      written.value,
      unit !== '' && element('span', { class: 'unit' }, unit),
      element('div', { class: 'interval' }, written.interval === '' ? null : `[${written.interval}]`),
    ),
  );
}

/** Figures the claim names that stand under another claim, or that had nothing to be drawn from. */
function figuresElsewhere(context: PageContext, claim: Claim, number: number): Markup | null {
  const { seeFigure, noFigure } = context.text.page.claim;
  const items = context.figures
    .filter((figure) => claim.figures.includes(figure.id))
    .flatMap((figure) => {
      const { outcome, title } = figure;
      if (outcome.kind === 'left-out') return [element('li', { class: 'quiet' }, noFigure(title, outcome.reason))];
      if (figure.claim === number) return [];
      const link = element('a', { href: `#figure-${figure.id}` }, seeFigure(figure.number ?? 0, title));
      return [element('li', {}, link)];
    });
  return items.length === 0 ? null : element('ul', { class: 'see' }, items);
}

function aside(kind: 'control' | 'needed', title: string, text: string): Markup | null {
  if (text === '') return null;
  return element('div', { class: `aside ${kind}` }, element('h4', {}, title), element('p', {}, text));
}

function gradedLines(context: PageContext, claim: Claim): Markup | null {
  if (claim.lines.length === 0) return null;
  return fragment(
    element('h4', {}, context.text.page.claim.lines),
    element(
      'ul',
      { class: 'lines' },
      claim.lines.map((graded) =>
        element(
          'li',
          {},
          verdictBadge(context, graded.verdict),
          element('div', {}, element('b', {}, say(context, graded.label)), '. ', say(context, graded.sentence)),
        ),
      ),
    ),
  );
}
