import type { Actions } from './actions.js';
import { element, panel } from './dom.js';
import type { State } from './state.js';
import { pageText } from './text/index.js';
import { checkPanel } from './views/check-panel.js';
import { failurePanel } from './views/failure-panel.js';
import { header } from './views/header.js';
import { optionsForm } from './views/options-form.js';
import { packsPanel } from './views/packs-panel.js';
import { progressPanel, writeProgress } from './views/progress-panel.js';
import { resultsPanel } from './views/results-panel.js';
import { studyPanel } from './views/study-panel.js';

/** The page as the rest of the app sees it. */
export interface Page {
  /** Redraws the parts whose state has changed. */
  show(): void;
  /** Writes how far the work has come; no other part is touched. */
  showProgress(): void;
  /** Says something to those who listen to the page instead of looking at it. */
  announce(message: string): void;
  /** Whether the keyboard is on the button that is about to go. */
  stopHasFocus(): boolean;
  focus(target: 'stop' | 'start' | 'results'): void;
}

/** How often the clock of a running activity is redrawn, in milliseconds. */
const tick = 250;

/** The fixed parts of the page; what is in them comes and goes. */
interface Hosts {
  readonly header: HTMLElement;
  readonly study: HTMLElement;
  readonly packs: HTMLElement;
  readonly check: HTMLElement;
  readonly options: HTMLElement;
  readonly failure: HTMLElement;
  readonly progress: HTMLElement;
  readonly results: HTMLElement;
  readonly footer: HTMLElement;
  readonly status: HTMLElement;
}

/** Builds the page around a state. */
export function mountPage(state: State, actions: Actions): Page {
  const hosts = mountHosts();
  const parts = partsOf(hosts, state, actions);
  const showProgress = (): void => {
    if (state.activity !== null) writeProgress(state.activity, state.language, performance.now());
  };
  const show = (): void => {
    const root = document.documentElement;
    root.lang = state.language;
    root.dataset['activity'] = state.activity?.kind ?? 'none';
    for (const part of parts) part();
    const waits = state.activity !== null || state.check?.canRun !== true;
    document.querySelector('#option-fields')?.toggleAttribute('disabled', waits);
    showProgress();
  };
  keepDropsOnThePage();
  setInterval(showProgress, tick);
  show();
  return {
    show,
    showProgress,
    announce: (message) => {
      hosts.status.textContent = message;
    },
    stopHasFocus: () => document.activeElement?.id === 'stop',
    focus: (target) => {
      const start = state.check === null ? 'run-demo' : 'run-study';
      document.getElementById({ stop: 'stop', start, results: 'results-title' }[target])?.focus();
    },
  };
}

function mountHosts(): Hosts {
  const card = (attributes: Readonly<Record<string, string>> = {}): HTMLElement =>
    element('section', { class: 'card', ...attributes });
  const hosts: Hosts = {
    header: element('header'),
    study: card(),
    packs: card(),
    check: card(),
    options: card(),
    failure: card({ class: 'card failure', role: 'alert' }),
    progress: card(),
    results: element('section', { class: 'results', id: 'results' }),
    footer: element('footer'),
    status: element('p', { class: 'visually-hidden', role: 'status' }),
  };
  const { check, options, failure, progress, results } = hosts;
  const inputs = element('div', { class: 'inputs' }, hosts.study, hosts.packs);
  const main = element('main', {}, inputs, check, options, failure, progress, results);
  document.querySelector('#app')?.append(hosts.header, main, hosts.footer, hosts.status);
  return hosts;
}

/** Each part with what it is drawn from. */
function partsOf(hosts: Hosts, state: State, actions: Actions): (() => void)[] {
  const isBusy = (): boolean => state.activity !== null;
  return [
    panel(
      hosts.header,
      () => [state.language],
      (language) => header(language, actions),
    ),
    panel(
      hosts.study,
      () => [state.language, state.files, state.study, isBusy()],
      (language, files, study, busy) => studyPanel({ language, files, study }, { busy }, actions),
    ),
    panel(
      hosts.packs,
      () => [state.language, state.packs, isBusy()],
      (language, packs, busy) => packsPanel({ language, packs }, { busy }, actions),
    ),
    panel(hosts.check, () => [state.check, state.language], checkPanel),
    panel(
      hosts.options,
      () => [state.check !== null, state.language, state.optionFields, state.options],
      (shown, language, fields, written) => {
        const form = { language, fields, written, threads: state.threads };
        return shown ? optionsForm(form, actions) : [];
      },
    ),
    panel(hosts.failure, () => [state.failure, state.language], failurePanel),
    panel(
      hosts.progress,
      () => [state.activity?.kind ?? null, state.language],
      (kind, language) => progressPanel(kind, language, actions),
    ),
    panel(
      hosts.results,
      () => [state.written, state.language],
      (written, language) => resultsPanel(written, language, actions),
    ),
    panel(
      hosts.footer,
      () => [state.language],
      (language) => [element('p', {}, pageText[language].researchOnly)],
    ),
  ];
}

/** A file dropped beside the place meant for it would open in the browser, in place of the page. */
function keepDropsOnThePage(): void {
  for (const type of ['dragover', 'drop']) {
    addEventListener(type, (event) => {
      event.preventDefault();
    });
  }
}
