import { zipFiles } from '@remnant/formats';
import type { Actions } from './actions.js';
import { save } from './dom.js';
import { findStudyFile } from './dropped-files.js';
import { fileToSave } from './framed-report.js';
import { mountPage } from './page.js';
import { advance } from './progress-steps.js';
import type { Response } from './protocol.js';
import { startSession } from './session.js';
import {
  type Activity,
  defaultOptions,
  type Failure,
  firstState,
  runOptionsOf,
  type State,
  subjectOf,
} from './state.js';
import { pageText } from './text/index.js';

const state: State = firstState();
/** Identity of the request whose answer is awaited; answers to others come too late and are dropped. */
let awaited = 0;
let runOnceChecked = false;

const actions: Actions = {
  switchLanguage: () => {
    change({ language: state.language === 'fr' ? 'en' : 'fr' });
    rewrite();
  },
  takeFiles: (files) => {
    const study = findStudyFile(files);
    change({ files, study, demo: false, ...nothingFound() });
    if (study === null) fail('check', pageText[state.language].study.noStudy);
    else check();
  },
  takePacks: (files) => {
    const kept = state.packFiles.filter(({ path }) => !files.some((file) => file.path === path));
    change({ packFiles: [...kept, ...files] });
    check();
  },
  clearPacks: () => {
    change({ packFiles: [], acceptedChecksums: [] });
    check();
  },
  acceptChecksum: (sha256, accepted) => {
    const others = state.acceptedChecksums.filter((one) => one !== sha256);
    change({ acceptedChecksums: accepted ? [...others, sha256] : others });
    check();
  },
  refuseDrop: () => {
    fail('check', pageText[state.language].study.unreadableDrop);
  },
  runDemo: () => {
    change({ files: [], study: null, demo: true, ...nothingFound() });
    check();
    runOnceChecked = true;
  },
  setOption: (key, value) => {
    state.options[key] = value;
  },
  restoreOptions: () => {
    change({ options: defaultOptions(state.optionFields) });
  },
  setThreads: (threads) => {
    state.threads = threads;
  },
  run,
  stop,
  saveFile: (path) => {
    const file = state.written?.files.find((one) => one.path === path);
    if (file !== undefined) save(path.slice(path.lastIndexOf('/') + 1), file.content);
  },
  saveAll: () => {
    const files = (state.written?.files ?? []).map(({ path, content }) => [path, content] as const);
    save('remnant-results.zip', zipFiles(Object.fromEntries(files)));
  },
};

const page = mountPage(state, actions);
const session = startSession(receive, () => {
  const kind = state.activity?.kind === 'check' ? 'check' : 'run';
  restart();
  fail(kind, pageText[state.language].workerLost);
});

addEventListener('hashchange', () => {
  const file = fileToSave(location.hash);
  if (file === null) return;
  history.replaceState(null, '', location.pathname + location.search);
  actions.saveFile(file);
});

function change(part: Partial<State>): void {
  Object.assign(state, part);
  page.show();
}

function nothingFound(): Pick<State, 'check' | 'written' | 'failure'> {
  return { check: null, written: null, failure: null };
}

function begin(kind: Activity['kind']): number {
  runOnceChecked = false;
  change({ activity: { kind, startedMs: performance.now(), steps: [] }, failure: null });
  return ++awaited;
}

function fail(kind: Failure['kind'], message: string): void {
  change({ activity: null, failure: { kind, message } });
}

function check(): void {
  const id = begin('check');
  session.send({ kind: 'check', id, subject: subjectOf(state) });
}

function run(): void {
  change({ written: null });
  const id = begin('run');
  page.focus('stop');
  session.useThreads(state.threads);
  const { language } = state;
  session.send({ kind: 'run', id, subject: subjectOf(state), options: runOptionsOf(state), language });
}

/** Writes the results again when they are in another language than the page, once nothing else is going on. */
function rewrite(): void {
  const { written, language, activity } = state;
  if (written === null || written.language === language || activity !== null) return;
  const id = begin('write');
  session.send({ kind: 'write', id, language });
}

function stop(): void {
  const focused = page.stopHasFocus();
  restart();
  page.announce(pageText[state.language].announce.stopped);
  if (focused) page.focus('start');
}

/** Starts over with new workers. They know nothing of an earlier run, whose results are gone with the old ones. */
function restart(): void {
  awaited++;
  session.stop();
  change({ activity: null, written: null });
}

function receive(message: Response): void {
  if (message.kind === 'ready') {
    ready(message);
    return;
  }
  if (message.id !== awaited || state.activity === null) return;
  if (message.kind === 'progress') {
    const steps = advance(state.activity.steps, message.progress, performance.now());
    state.activity = { ...state.activity, steps };
    page.showProgress();
  } else if (message.kind === 'checked') {
    checked(message);
  } else if (message.kind === 'written') {
    written(message);
  } else {
    fail(state.activity.kind === 'check' ? 'check' : 'run', message.error.message);
  }
  rewrite();
}

function ready({ options }: Extract<Response, { kind: 'ready' }>): void {
  if (state.optionFields.length === 0) change({ optionFields: options, options: defaultOptions(options) });
  document.documentElement.dataset['worker'] = 'ready';
}

function checked({ packs, check: found }: Extract<Response, { kind: 'checked' }>): void {
  const goOn = runOnceChecked;
  change({ packs, check: found, activity: null });
  if (found === null) return;
  const answerable = found.questions.filter(({ testable }) => testable !== 'no').length;
  const { announce } = pageText[state.language];
  page.announce(announce.checked(found.nSamples, found.nPatients, answerable, found.questions.length));
  if (goOn) run();
}

function written({ language, files }: Extract<Response, { kind: 'written' }>): void {
  const afterRun = state.activity?.kind === 'run';
  const focused = page.stopHasFocus();
  change({ written: { language, files }, activity: null });
  if (!afterRun) return;
  page.announce(pageText[state.language].announce.finished);
  if (focused) page.focus('results');
}
