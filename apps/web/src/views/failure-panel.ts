import type { Language } from '@remnant/engine';
import { element } from '../dom.js';
import type { Failure } from '../state.js';
import { pageText } from '../text/index.js';

/** What went wrong, in the words of the error: what was expected, what was found, where, what to do. */
export function failurePanel(failure: Failure | null, language: Language): Node[] {
  if (failure === null) return [];
  return [
    element('h2', {}, pageText[language].failed[failure.kind]),
    ...failure.message.split('\n').map((line) => element('p', {}, line)),
  ];
}
