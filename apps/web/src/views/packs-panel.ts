import type { Language } from '@remnant/engine';
import type { Actions } from '../actions.js';
import { button, element } from '../dom.js';
import type { FoundPack, FoundPackFile, PackView } from '../protocol.js';
import { type PageText, pageText } from '../text/index.js';
import { fileDrop } from './file-drop.js';

/** Where resource packs are given, and which were recognised. */
export function packsPanel(
  given: { readonly language: Language; readonly packs: PackView },
  { busy }: { readonly busy: boolean },
  actions: Actions,
): Node[] {
  const { choose, packs: text } = pageText[given.language];
  const { packs, strangers } = given.packs;
  const clear = button(text.clear, { id: 'clear-packs', class: 'plain' }, actions.clearPacks);
  clear.disabled = busy;
  return [
    element('h2', {}, text.title),
    element('p', { class: 'quiet' }, text.lead),
    fileDrop({
      id: 'packs',
      drop: text.drop,
      hint: null,
      title: text.title,
      choose,
      disabled: busy,
      take: actions.takePacks,
      refuse: actions.refuseDrop,
    }),
    ...(packs.length === 0
      ? []
      : [element('ul', { class: 'packs' }, ...packs.map((pack) => packItem(pack, text, actions)))]),
    ...(strangers.length === 0 ? [] : [element('p', { class: 'quiet' }, text.strangers(strangers.join(', ')))]),
    ...(packs.length + strangers.length === 0 ? [] : [clear]),
  ];
}

function packItem(pack: FoundPack, text: PageText['packs'], actions: Actions): HTMLElement {
  return element(
    'li',
    { 'data-pack': pack.name },
    element('strong', {}, pack.name),
    ' ',
    element('span', { class: 'quiet' }, `${pack.title}. ${pack.licence}.`),
    pack.missing.length === 0 ? null : element('p', { class: 'warn' }, text.incomplete(pack.missing.join(', '))),
    element('ul', {}, ...pack.files.map((file) => fileItem(file, text, actions))),
  );
}

function fileItem(file: FoundPackFile, text: PageText['packs'], actions: Actions): HTMLElement {
  const line = [
    element('code', {}, file.path),
    ' ',
    element('span', { class: `check-${file.check}` }, text.check[file.check]),
  ];
  if (file.check === 'known' || file.check === 'recorded') return element('li', {}, ...line);
  const box = element('input', { type: 'checkbox', id: `accept-${file.sha256}` });
  box.checked = file.check === 'accepted';
  box.addEventListener('change', () => {
    actions.acceptChecksum(file.sha256, box.checked);
  });
  const accept = element('label', { class: 'tick' }, box, text.accept);
  return element('li', {}, ...line, element('small', {}, `sha256 ${file.sha256}`), accept);
}
