import type { Language } from '@remnant/engine';
import type { Actions } from '../actions.js';
import { button, element } from '../dom.js';
import type { PathFile } from '../protocol.js';
import { pageText } from '../text/index.js';
import { writeSize } from '../text/measures.js';
import { fileDrop } from './file-drop.js';

/** Where a study is given, or the demo taken. */
export function studyPanel(
  given: { readonly language: Language; readonly files: readonly PathFile[]; readonly study: string | null },
  { busy }: { readonly busy: boolean },
  actions: Actions,
): Node[] {
  const { language, files, study } = given;
  const { choose, study: text } = pageText[language];
  const demo = button(text.demo, { id: 'run-demo', class: 'plain' }, actions.runDemo);
  demo.disabled = busy;
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const line = text.given(files.length, writeSize(bytes, language), study ?? '');
  return [
    element('h2', {}, text.title),
    fileDrop({
      id: 'study',
      drop: text.drop,
      hint: text.dropHint,
      title: text.title,
      choose,
      disabled: busy,
      take: actions.takeFiles,
      refuse: actions.refuseDrop,
    }),
    ...(study === null ? [] : [element('p', { class: 'given' }, line)]),
    element(
      'p',
      { class: 'demo' },
      element('span', { class: 'or' }, text.or),
      demo,
      element('span', { class: 'quiet' }, text.demoNote),
    ),
  ];
}
