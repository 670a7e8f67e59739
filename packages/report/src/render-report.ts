import type { StudyResult } from '@remnant/engine';
import { element, fragment, type Markup, verbatim } from './markup/markup.js';
import { claimGroup } from './page/claim-section.js';
import { contents, type SectionEntry } from './page/contents.js';
import { design } from './page/design.js';
import { figureBlocks } from './page/figure-block.js';
import { masthead, truthLead } from './page/masthead.js';
import { methods } from './page/methods.js';
import { type PageContext, pageContext } from './page/page-context.js';
import { reportPolicy } from './page/policy.js';
import { provenance, warnings } from './page/provenance.js';
import { samples } from './page/samples.js';
import { script } from './page/script.js';
import { styles } from './page/styles.js';
import { summary } from './page/summary.js';
import { untestable } from './page/untestable.js';
import { reportContext, type ReportOptions } from './report-context.js';

interface Section extends SectionEntry {
  readonly markup: Markup;
}

/**
 * One self-contained HTML page: the claims first, each opened into its numbers, figures, control and tables, then the
 * design, samples, methods, what could not be tested, warnings and provenance. Pure: the same result and language give
 * the same bytes in every host. The page loads nothing; it links to `tables/*.csv` and `figures/*.svg` beside it and to
 * DOIs, and reads without its script, which only sorts tables.
 *
 * @param result - what a run found; missing tables or columns leave figures out, and the page says which and why
 * @param options - language of the page
 */
export function renderReport(result: StudyResult, options: ReportOptions): string {
  const context = pageContext(reportContext(result, options));
  const sections = sectionsAfterClaims(context);
  const page = element(
    'html',
    { lang: context.language },
    head(context),
    element(
      'body',
      {},
      element('a', { class: 'skip', href: '#summary' }, context.text.page.summary),
      element(
        'div',
        { class: 'page' },
        contents(context, sections),
        element(
          'main',
          {},
          masthead(context),
          summary(context),
          context.groups.map((group) => claimGroup(context, group)),
          sections.map((section) => section.markup),
          element('footer', {}, `${context.text.page.overline} · ${context.text.page.researchOnly}`),
        ),
      ),
      element('script', {}, verbatim(script)),
    ),
  );
  return `<!DOCTYPE html>\n${page.markup}\n`;
}

function head(context: PageContext): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: reportPolicy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('link', { rel: 'icon', href: 'data:,' }),
    element('title', {}, context.text.page.documentTitle(context.result.title)),
    element('style', {}, verbatim(styles)),
  );
}

function sectionsAfterClaims(context: PageContext): readonly Section[] {
  const { page } = context.text;
  const all: readonly (readonly [string, string, Markup | null])[] = [
    ['truth', page.truth, truth(context)],
    ['other-figures', page.otherFigures, otherFigures(context)],
    ['design', page.design, design(context)],
    ['samples', page.samplesTitle, samples(context)],
    ['methods', page.methods, methods(context)],
    ['not-testable', page.untestable, untestable(context)],
    ['warnings', page.warnings, warnings(context)],
    ['provenance', page.provenance, provenance(context)],
  ];
  return all.flatMap(([anchor, title, markup]) => (markup === null ? [] : [{ anchor, title, markup }]));
}

function truth(context: PageContext): Markup | null {
  if (context.result.truth === null) return null;
  const figures = context.figures.filter(({ id, claim }) => id === 'demo-score' && claim === null);
  return element(
    'section',
    { id: 'truth' },
    element('h2', {}, context.text.page.truth),
    element('p', { class: 'lead' }, truthLead(context)),
    figureBlocks(context, figures),
  );
}

function otherFigures(context: PageContext): Markup | null {
  const figures = context.figures.filter(({ id, claim }) => claim === null && id !== 'demo-score');
  const blocks = figureBlocks(context, figures);
  if (blocks === null) return null;
  const { page } = context.text;
  return fragment(
    element(
      'section',
      { id: 'other-figures' },
      element('h2', {}, page.otherFigures),
      element('p', { class: 'lead' }, page.otherFiguresLead),
      blocks,
    ),
  );
}
