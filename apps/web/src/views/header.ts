import type { Language } from '@remnant/engine';
import type { Actions } from '../actions.js';
import { button, element } from '../dom.js';
import { pageText } from '../text/index.js';

/** What the page is, what it promises, and the way to the other language. */
export function header(language: Language, actions: Actions): Node[] {
  const text = pageText[language];
  const other = language === 'fr' ? 'en' : 'fr';
  return [
    element(
      'div',
      { class: 'bar' },
      element('p', { class: 'brand' }, element('span', { class: 'mark', 'aria-hidden': 'true' }), 'Remnant'),
      button(text.otherLanguage, { id: 'language', class: 'plain', lang: other }, actions.switchLanguage),
    ),
    element('h1', {}, text.tagline),
    element(
      'p',
      { class: 'privacy' },
      element('span', { class: 'lock', 'aria-hidden': 'true' }),
      element('span', {}, text.privacy),
    ),
  ];
}
