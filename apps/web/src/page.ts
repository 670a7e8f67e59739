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
  redrawOptions(): void;
  /** Says something to those who listen to the page instead of looking at it. */
  announce(message: string): void;
  stopHasFocus(): boolean;
  focusStop(): void;
  focusStart(): void;
  focusResults(): void;
}

/** How often the clock of a running activity is redrawn, in milliseconds. */
const tick = 250;

/** Builds the page around a state. */
export function mountPage(state: State, actions: Actions): Page {
  const host = {
    header: element('header'),
    study: element('section', { class: 'card' }),
    packs: element('section', { class: 'card' }),
    check: element('section', { class: 'card' }),
    options: element('section', { class: 'card' }),
    failure: element('section', { class: 'card failure', role: 'alert' }),
    progress: element('section', { class: 'card' }),
    results: element('section', { class: 'results', id: 'results' }),
    footer: element('footer'),
    status: element('p', { class: 'visually-hidden', role: 'status' }),
  };
  const inputs = element('div', { class: 'inputs' }, host.study, host.packs);
  const { check, options, failure, progress, results } = host;
  const main = element('main', {}, inputs, check, options, failure, progress, results);
  document.querySelector('#app')?.append(host.header, main, host.footer, host.status);
  keepDropsOnThePage();

  let optionsVersion = 0;
  const busy = (): boolean => state.activity !== null;
  const parts = [
    panel(
      host.header,
      () => [state.language] as const,
      (language) => header(language, actions),
    ),
    panel(
      host.study,
      () => [state.language, state.files, state.study, busy()] as const,
      (language, files, study, isBusy) => studyPanel({ language, files, study }, { busy: isBusy }, actions),
    ),
    panel(
      host.packs,
      () => [state.language, state.packs, busy()] as const,
      (language, packs, isBusy) => packsPanel({ language, packs }, { busy: isBusy }, actions),
    ),
    panel(check, () => [state.check, state.language] as const, checkPanel),
    panel(
      options,
      () => [state.check === null, state.language, state.optionFields, optionsVersion] as const,
      (hidden, language, fields) => {
        const values = (): State['options'] => state.options;
        return hidden ? [] : optionsForm({ language, fields, values, threads: state.threads }, actions);
      },
    ),
    panel(failure, () => [state.failure, state.language] as const, failurePanel),
    panel(
      progress,
      () => [state.activity?.kind ?? null, state.language] as const,
      (kind, language) => progressPanel(kind, language, actions),
    ),
    panel(
      results,
      () => [state.written, state.language] as const,
      (written, language) => resultsPanel(written, language, actions),
    ),
    panel(
      host.footer,
      () => [state.language] as const,
      (language) => [element('p', {}, pageText[language].researchOnly)],
    ),
  ];
  const show = (): void => {
    document.documentElement.lang = state.language;
    document.documentElement.dataset['activity'] = state.activity?.kind ?? 'none';
    for (const part of parts) part();
    document.querySelector('#option-fields')?.toggleAttribute('disabled', busy() || state.check?.canRun !== true);
    showProgress();
  };
  const showProgress = (): void => {
    if (state.activity !== null) writeProgress(state.activity, state.language, performance.now());
  };
  setInterval(showProgress, tick);
  show();
  return {
    show,
    showProgress,
    redrawOptions: () => {
      optionsVersion++;
      show();
    },
    announce: (message) => {
      host.status.textContent = message;
    },
    stopHasFocus: () => document.activeElement?.id === 'stop',
    focusStop: () => {
      focus('#stop');
    },
    focusStart: () => {
      focus(state.check === null ? '#run-demo' : '#run-study');
    },
    focusResults: () => {
      focus('#results-title');
    },
  };
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** A file dropped beside the place meant for it would open in the browser, in place of the page. */
function keepDropsOnThePage(): void {
  for (const type of ['dragover', 'drop']) {
    addEventListener(type, (event) => {
      event.preventDefault();
    });
  }
}
