import type { Language } from '@remnant/engine';
import { typesetText } from '@remnant/report';
import { english } from './english.js';
import { french } from './french.js';
import type { PageText } from './page-text.js';

export type { PageText } from './page-text.js';

/** The words of the page by language. */
export const pageText: Readonly<Record<Language, PageText>> = {
  en: typesetText(english, 'en'),
  fr: typesetText(french, 'fr'),
};
