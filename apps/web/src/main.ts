import { fromWire, type Progress } from '@remnant/engine';
import { zipFiles } from '@remnant/formats';
import AnalysisWorker from './analysis-worker.ts?worker&inline';
import { button, element, save } from './dom.ts';
import { type DroppedFile, filesOfDrop, filesOfInput, findStudyFile } from './dropped-files.ts';
import type { CheckView, OutputFile, Request, Response } from './protocol.ts';
import { english, french, type PageText } from './text.ts';

type Language = 'en' | 'fr';

/** What the page knows; every change redraws it. */
interface State {
  language: Language;
  files: readonly DroppedFile[];
  study: string | null;
  check: CheckView | null;
  progress: Progress | null;
  running: boolean;
  error: string | null;
  reports: Readonly<Record<Language, string>> | null;
  outputs: readonly OutputFile[];
}

const state: State = {
  language: navigator.language.startsWith('fr') ? 'fr' : 'en',
  files: [],
  study: null,
  check: null,
  progress: null,
  running: false,
  error: null,
  reports: null,
  outputs: [],
};
const fields = { regulators: 'FOSL1', markers: 'CD44', seed: '1' };
const root = document.querySelector('#app') as HTMLElement;
let worker = startWorker();
let request = 0;

draw();

function startWorker(): Worker {
  const started = new AnalysisWorker();
  started.addEventListener('message', (event: MessageEvent<Response>) => {
    receive(event.data);
  });
  started.addEventListener('error', (event) => {
    change({ running: false, error: event.message });
  });
  return started;
}

function receive(message: Response): void {
  if (message.kind === 'ready') {
    document.documentElement.dataset['worker'] = 'ready';
    return;
  }
  if (message.id !== request) return;
  if (message.kind === 'progress') change({ progress: message.progress });
  else if (message.kind === 'checked') change({ check: message.check, running: false, progress: null });
  else if (message.kind === 'failed')
    change({ error: fromWire(message.error).message, running: false, progress: null });
  else change({ reports: message.reports, outputs: message.files, running: false, progress: null });
}

function send(message: Request): void {
  change({
    running: true,
    error: null,
    progress: null,
    ...(message.kind === 'check' ? { check: null } : { reports: null, outputs: [] }),
  });
  worker.postMessage(message);
}

function options(): Record<string, unknown> {
  const names = (text: string): string[] => text.split(/[\s,;]+/).filter((name) => name !== '');
  return { regulators: names(fields.regulators), markers: names(fields.markers), seed: Number(fields.seed) };
}

function takeFiles(files: readonly DroppedFile[]): void {
  const study = findStudyFile(files);
  change({ files, study, check: null, reports: null, outputs: [], error: study === null ? text().noStudy : null });
  if (study !== null) send({ kind: 'check', id: ++request, study: { files, study } });
}

/** A worker in the middle of a computation cannot be asked: it is ended and a new one started from memory. */
function stop(): void {
  worker.terminate();
  worker = startWorker();
  request++;
  change({ running: false, progress: null, error: text().stopped });
}

function change(part: Partial<State>): void {
  Object.assign(state, part);
  draw();
}

function text(): PageText {
  return state.language === 'fr' ? french : english;
}

function draw(): void {
  document.documentElement.lang = state.language;
  root.replaceChildren(header(), dropZone(), ...checkPanel(), ...progressPanel(), ...errorPanel(), ...resultPanel());
}

function header(): HTMLElement {
  const other: Language = state.language === 'fr' ? 'en' : 'fr';
  return element(
    'header',
    {},
    element('h1', {}, 'Remnant'),
    element('p', { class: 'tagline' }, text().tagline),
    element('p', { class: 'note' }, text().private),
    element('p', { class: 'note' }, text().research),
    button(other === 'fr' ? 'Français' : 'English', 'link', () => {
      change({ language: other });
    }),
  );
}

function dropZone(): HTMLElement {
  const zone = element('section', { class: 'drop', 'aria-label': text().drop }, element('p', {}, text().drop));
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer !== null) void filesOfDrop(event.dataTransfer).then(takeFiles);
  });
  zone.append(
    element(
      'div',
      { class: 'row' },
      chooser('folder', text().chooseFolder),
      chooser('files', text().chooseFiles),
      demoButton(),
    ),
    element('p', { class: 'note' }, text().demoNote),
  );
  return zone;
}

function chooser(kind: 'folder' | 'files', label: string): HTMLElement {
  const input = element('input', {
    type: 'file',
    multiple: '',
    id: `choose-${kind}`,
    ...(kind === 'folder' ? { webkitdirectory: '' } : {}),
  });
  input.disabled = state.running;
  input.addEventListener('change', () => {
    if (input.files !== null && input.files.length > 0) takeFiles(filesOfInput(input.files));
  });
  return element('label', { class: 'choose' }, label, input);
}

function demoButton(): HTMLElement {
  const node = button(text().demo, 'quiet', () => {
    send({ kind: 'demo', id: ++request, options: { seed: Number(fields.seed) } });
  });
  node.id = 'run-demo';
  node.disabled = state.running;
  return node;
}

function checkPanel(): HTMLElement[] {
  const { check, study } = state;
  if (check === null || study === null) return [];
  const t = text();
  const run = button(t.run, 'primary', () => {
    send({ kind: 'run', id: ++request, study: { files: state.files, study }, options: options() });
  });
  run.id = 'run-study';
  run.disabled = state.running;
  return [
    element(
      'section',
      { class: 'check' },
      element('h2', {}, check.title),
      element('p', {}, t.found(check.samples, check.patients)),
      element('h3', {}, t.questions),
      element('ul', { class: 'questions' }, ...check.questions.map(question)),
      element(
        'ul',
        { class: 'findings' },
        ...check.findings.map((f) => element('li', { class: f.level }, f.text[state.language])),
      ),
      ...(check.readings.length === 0
        ? []
        : [
            element(
              'details',
              {},
              element('summary', {}, t.readings),
              element('ul', {}, ...check.readings.map((r) => element('li', {}, r))),
            ),
          ]),
      element(
        'div',
        { class: 'row' },
        field('regulators', t.regulators),
        field('markers', t.markers),
        field('seed', t.seed),
        run,
      ),
    ),
  ];
}

function question(entry: CheckView['questions'][number]): HTMLElement {
  const verdict = text().testable[entry.testable] ?? entry.testable;
  return element(
    'li',
    { class: `testable-${entry.testable}` },
    element('strong', {}, entry.text[state.language]),
    ` ${verdict}. `,
    entry.why[state.language],
  );
}

function field(name: keyof typeof fields, label: string): HTMLElement {
  const input = element('input', { type: 'text', id: `option-${name}`, value: fields[name] });
  input.addEventListener('input', () => {
    fields[name] = input.value;
  });
  return element('label', { class: 'field' }, label, input);
}

function progressPanel(): HTMLElement[] {
  if (!state.running) return [];
  const { progress } = state;
  const bar = element(
    'progress',
    progress === null ? {} : { max: String(progress.total), value: String(progress.done) },
  );
  const label =
    progress === null
      ? text().checking
      : `${progress.stage}: ${String(progress.done)}/${String(progress.total)} ${progress.unit}`;
  return [
    element(
      'section',
      { class: 'progress', role: 'status' },
      bar,
      element('span', {}, label),
      button(text().cancel, 'quiet', stop),
    ),
  ];
}

function errorPanel(): HTMLElement[] {
  if (state.error === null) return [];
  return [
    element(
      'section',
      { class: 'error', role: 'alert' },
      element('strong', {}, text().failed),
      element('pre', {}, state.error),
    ),
  ];
}

function resultPanel(): HTMLElement[] {
  const { reports, outputs } = state;
  if (reports === null) return [];
  const t = text();
  const html = reports[state.language];
  const frame = element('iframe', { class: 'report', title: t.results, sandbox: 'allow-popups', srcdoc: html });
  const list = outputs.map((file) =>
    element(
      'li',
      { 'data-path': file.path, 'data-sha256': file.sha256 },
      element('code', {}, file.path),
      ' ',
      element('small', {}, file.sha256),
    ),
  );
  return [
    element(
      'section',
      { class: 'results', id: 'results' },
      element('h2', {}, t.results),
      element(
        'div',
        { class: 'row' },
        button(t.downloadReport, 'primary', () => {
          save('report.html', html, 'text/html');
        }),
        button(t.downloadAll, 'quiet', () => {
          save(
            'remnant.zip',
            zipFiles({ ...Object.fromEntries(outputs.map((f) => [f.path, f.text])), 'report.html': html }),
            'application/zip',
          );
        }),
      ),
      element('details', {}, element('summary', {}, t.files), element('ul', { class: 'files' }, ...list)),
      frame,
    ),
  ];
}
