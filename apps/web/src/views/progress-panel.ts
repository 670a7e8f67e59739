import type { Language } from '@remnant/engine';
import type { Actions } from '../actions.js';
import { button, element } from '../dom.js';
import type { Step } from '../progress-steps.js';
import type { Activity } from '../state.js';
import { type PageText, pageText } from '../text/index.js';
import { writeSeconds } from '../text/measures.js';

/** The frame of the progress: what is going on, and the button that stops it. Its contents are written by `writeProgress`. */
export function progressPanel(kind: Activity['kind'] | null, language: Language, actions: Actions): Node[] {
  if (kind === null) return [];
  const text = pageText[language].progress;
  const title = { check: text.reading, run: text.running, write: text.writing }[kind];
  return [
    element(
      'div',
      { class: 'bar' },
      element('h2', {}, title, ' ', element('span', { id: 'elapsed', class: 'quiet' })),
      button(text.stop, { id: 'stop', class: 'stop' }, actions.stop),
    ),
    element('ol', { id: 'steps' }),
  ];
}

/** Writes how far the activity has come into the frame; touches nothing else on the page. */
export function writeProgress(activity: Activity, language: Language, nowMs: number): void {
  const elapsed = document.querySelector('#elapsed');
  const list = document.querySelector('#steps');
  if (elapsed === null || list === null) return;
  elapsed.textContent = writeSeconds(nowMs - activity.startedMs, language);
  activity.steps.forEach((step, i) => {
    const item = list.children[i] ?? list.appendChild(stepItem(step, pageText[language].progress));
    writeStep(item, step, language, nowMs);
  });
}

function stepItem({ stage }: Step, text: PageText['progress']): HTMLElement {
  const name = text.stage(stage);
  return element(
    'li',
    {},
    element('span', { class: 'sign', 'aria-hidden': 'true' }),
    element('span', { class: 'stage' }, name),
    element('progress', { 'aria-label': name }),
    element('span', { class: 'parts quiet' }),
    element('span', { class: 'time quiet' }),
  );
}

function writeStep(item: Element, step: Step, language: Language, nowMs: number): void {
  const done = step.endedMs !== null;
  item.className = done ? 'is-done' : 'is-open';
  write(item, '.sign', done ? '✓' : '');
  write(item, '.time', writeSeconds((step.endedMs ?? nowMs) - step.startedMs, language));
  const counted = !done && step.total > 1;
  write(item, '.parts', counted ? pageText[language].progress.of(step.done, step.total) : '');
  const bar = item.querySelector('progress');
  if (bar === null) return;
  bar.hidden = done;
  if (counted) {
    bar.max = step.total;
    bar.value = step.done;
  } else {
    bar.removeAttribute('value');
  }
}

function write(item: Element, selector: string, text: string): void {
  const part = item.querySelector(selector);
  if (part !== null && part.textContent !== text) part.textContent = text;
}
