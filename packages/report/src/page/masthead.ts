import type { Verdict } from '@remnant/engine';
import { element, type Markup } from '../markup/markup.js';
import { verdictIcon } from './badge.js';
import type { PageContext } from './page-context.js';

const verdicts: readonly Verdict[] = ['supported', 'not supported', 'contradicted', 'not testable'];

/** Title, what the study is made of, the notice, and the four verdicts counted, each with what it means. */
export function masthead(context: PageContext): Markup {
  const { result, text } = context;
  return element(
    'header',
    { class: 'masthead' },
    element(
      'p',
      { class: 'overline' },
      element('span', {}, text.page.overline),
      element('span', {}, `Remnant ${result.provenance.remnantVersion}`),
    ),
    element('h1', {}, result.title),
    facts(context),
    element('p', { class: 'research-only', role: 'note' }, text.page.researchOnly),
    answerStrip(context),
    result.truth !== null && element('p', { class: 'demo' }, element('a', { href: '#truth' }, truthLead(context))),
  );
}

/** How many planted facts came back. */
export function truthLead(context: PageContext): string {
  const lines = context.result.truth?.lines ?? [];
  if (lines.length === 0) return context.text.page.truthUndefined;
  return context.text.page.truthLead(lines.filter((line) => line.passed).length, lines.length);
}

function facts(context: PageContext): Markup {
  const { summary, organism } = context.result;
  const { page, stage } = context.text;
  const main = [page.patients(summary.nPatients), page.samples(summary.nSamples)];
  const stages = Object.entries(summary.samplesPerStage).map(([name, n]) => page.stageCount(stage(name), n));
  const sizes = [...(summary.nCells > 0 ? [page.cells(summary.nCells)] : []), page.genes(summary.nGenes)];
  const minor = [
    page.organism(organism),
    ...(summary.technologies.length > 0 ? [page.technologies(summary.technologies)] : []),
    ...(summary.treatments.length > 0 ? [page.treatments(summary.treatments)] : []),
  ];
  const list = (items: readonly string[], name: string): Markup =>
    element(
      'ul',
      { class: name },
      items.map((item) => element('li', {}, item)),
    );
  return element('div', {}, list([...main, ...stages, ...sizes], 'facts'), list(minor, 'facts minor'));
}

function answerStrip(context: PageContext): Markup {
  const { claims } = context.result;
  const { page, verdictMeaning } = context.text;
  return element(
    'ul',
    { class: 'answers', 'aria-label': page.answerStrip },
    verdicts.map((verdict) => {
      const n = claims.filter((claim) => claim.verdict === verdict).length;
      return element(
        'li',
        { class: n === 0 ? 'none' : null },
        element('b', {}, verdictIcon(verdict, 19), element('span', {}, page.verdictCount(verdict, n))),
        element('span', { class: 'meaning' }, verdictMeaning[verdict]),
      );
    }),
  );
}
