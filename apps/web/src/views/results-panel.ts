import type { Language } from '@remnant/engine';
import type { Actions } from '../actions.js';
import { button, element } from '../dom.js';
import { framedReport } from '../framed-report.js';
import type { WrittenFile } from '../protocol.js';
import type { Written } from '../state.js';
import { type PageText, pageText } from '../text/index.js';
import { writeSize } from '../text/measures.js';

/** The report, and every file of the results folder with its checksum. */
export function resultsPanel(written: Written | null, language: Language, actions: Actions): Node[] {
  const report = written?.files.find(({ path }) => path === 'report.html');
  if (written === null || report === undefined) return [];
  const text = pageText[language].results;
  const frame = reportFrame(report, text);
  return [
    element(
      'div',
      { class: 'bar' },
      element('h2', { id: 'results-title', tabindex: '-1' }, text.title),
      element(
        'div',
        { class: 'row' },
        document.fullscreenEnabled ? fullScreenButton(frame, text) : null,
        button(text.saveReport, { id: 'save-report' }, () => {
          actions.saveFile(report.path);
        }),
        button(text.saveAll, { id: 'save-all', class: 'primary' }, actions.saveAll),
      ),
    ),
    frame,
    fileTable(written.files, language, text, actions),
  ];
}

function fullScreenButton(frame: HTMLIFrameElement, text: PageText['results']): HTMLElement {
  return button(text.fullScreen, { id: 'full-screen', class: 'plain' }, () => void frame.requestFullscreen());
}

/** The report runs in a frame of its own: no access to this page, to files or to the network. */
function reportFrame({ content }: WrittenFile, text: PageText['results']): HTMLIFrameElement {
  const { origin, pathname, search } = location;
  return element('iframe', {
    class: 'report',
    id: 'report',
    title: text.frame,
    sandbox: 'allow-scripts allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
    srcdoc: framedReport(new TextDecoder().decode(content), `${origin}${pathname}${search}`),
  });
}

function fileTable(
  written: readonly WrittenFile[],
  language: Language,
  text: PageText['results'],
  actions: Actions,
): HTMLElement {
  const heads = [text.file, text.size, text.save, 'SHA-256'];
  return element(
    'details',
    { id: 'files' },
    element('summary', {}, text.files(written.length)),
    element('p', { class: 'quiet' }, text.filesLead),
    element(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': text.files(written.length) },
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
        element('tbody', {}, ...written.map((file) => fileRow(file, language, text, actions))),
      ),
    ),
  );
}

function fileRow(
  { path, content, sha256 }: WrittenFile,
  language: Language,
  text: PageText['results'],
  actions: Actions,
): HTMLElement {
  const save = button(text.save, { class: 'plain', 'aria-label': `${text.save} ${path}` }, () => {
    actions.saveFile(path);
  });
  return element(
    'tr',
    { 'data-path': path, 'data-sha256': sha256 },
    element('td', {}, element('code', {}, path)),
    element('td', { class: 'number' }, writeSize(content.length, language)),
    element('td', {}, save),
    element('td', {}, element('code', { class: 'hash' }, sha256)),
  );
}
