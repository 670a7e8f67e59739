import type { MethodParagraph } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import { say } from '../report-context.js';
import type { PageContext } from './page-context.js';

/** The methods in words, in the order they ran, with the papers they follow. */
export function methods(context: PageContext): Markup | null {
  const paragraphs = context.result.methods;
  if (paragraphs.length === 0) return null;
  const { page } = context.text;
  return element(
    'section',
    { id: 'methods' },
    element('h2', {}, page.methods),
    element('p', { class: 'lead' }, page.methodsLead),
    element(
      'ol',
      { class: 'methods' },
      paragraphs.map((paragraph) => methodItem(context, paragraph)),
    ),
  );
}

function methodItem(context: PageContext, paragraph: MethodParagraph): Markup {
  return element(
    'li',
    {},
    element('h3', {}, say(context, paragraph.title)),
    element('p', {}, say(context, paragraph.text)),
    paragraph.doi.length > 0 &&
      element(
        'p',
        { class: 'doi quiet' },
        paragraph.doi.map((doi, i) => fragment(i > 0 && ', ', doiLink(doi))),
      ),
  );
}

/** A DOI as a link where it has the form of one, and as plain text where it has not. */
export function doiLink(doi: string): Markup | string {
  const bare = doi.replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '');
  if (!/^10\.\d{4,9}\/[\w.()/:;<>+-]+$/.test(bare)) return doi;
  return element('a', { href: `https://doi.org/${bare.split('/').map(encodeURIComponent).join('/')}` }, `doi:${bare}`);
}
