import type { Bilingual, DesignFinding, DesignQuestion, Language } from '@remnant/engine';
import { typeset } from '@remnant/report';
import { element } from '../dom.js';
import type { CheckView } from '../protocol.js';
import { type PageText, pageText } from '../text/index.js';
import { writeSize } from '../text/measures.js';

/** Signs that go before an answer or a finding; their meaning is written beside them too. */
const answerSigns: Readonly<Record<DesignQuestion['testable'], string>> = { yes: '✓', partly: '~', no: '✗' };
const levelSigns: Readonly<Record<DesignFinding['level'], string>> = {
  ok: '✓',
  note: 'i',
  warning: '!',
  blocking: '✗',
};

/** What was read, how it was read, and what the design can answer. */
export function checkPanel(check: CheckView | null, language: Language): Node[] {
  if (check === null) return [];
  const text = pageText[language].check;
  const say = (sentence: Bilingual): string => typeset(sentence[language], language);
  const facts = [
    text.found(check.nSamples, check.nPatients),
    ...check.stages.filter(([, count]) => count > 0).map(([stage, count]) => text.stage(stage, count)),
    ...check.technologies,
  ];
  const packs = check.packs.length === 0 ? text.noPacks : text.packs(check.packs.join(', '));
  return [
    element('h2', { id: 'check-title' }, check.title),
    element('ul', { class: 'facts' }, ...facts.map((fact) => element('li', {}, fact))),
    element('p', { class: 'quiet' }, packs),
    element('h3', {}, text.questions),
    element('ul', { class: 'signed questions' }, ...check.questions.map((entry) => questionItem(entry, text, say))),
    element('h3', {}, text.findings),
    element('ul', { class: 'signed' }, ...check.findings.map((finding) => findingItem(finding, text, say))),
    ...(check.readings.length === 0 ? [] : [readings(check.readings, text)]),
    element('p', { class: 'quiet cost' }, `${costLine(check, language, text)} ${say(check.cost.basis)}`),
    ...(check.canRun ? [] : [element('p', { class: 'warn' }, text.cannotRun)]),
  ];
}

function questionItem(
  { question, testable, why }: DesignQuestion,
  text: PageText['check'],
  say: (sentence: Bilingual) => string,
): HTMLElement {
  return element(
    'li',
    { class: `is-${testable}` },
    sign(answerSigns[testable]),
    element(
      'div',
      {},
      element(
        'p',
        {},
        element('strong', {}, say(question)),
        ' ',
        element('span', { class: 'answer' }, text.testable[testable]),
      ),
      element('p', { class: 'quiet' }, say(why)),
    ),
  );
}

function findingItem(
  { level, text: sentence }: DesignFinding,
  text: PageText['check'],
  say: (sentence: Bilingual) => string,
): HTMLElement {
  return element(
    'li',
    { class: `is-${level}` },
    sign(levelSigns[level]),
    element('p', {}, element('span', { class: 'visually-hidden' }, `${text.level[level]}: `), say(sentence)),
  );
}

function readings(lines: readonly string[], text: PageText['check']): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, text.readings),
    element('ul', { class: 'plain-list' }, ...lines.map((line) => element('li', {}, line))),
  );
}

function costLine({ cost }: CheckView, language: Language, text: PageText['check']): string {
  const { seconds } = cost;
  const time = seconds < 90 ? text.seconds(Math.ceil(seconds)) : text.minutes(Math.ceil(seconds / 60));
  return text.cost(writeSize(cost.bytes, language), time);
}

function sign(mark: string): HTMLElement {
  return element('span', { class: 'sign', 'aria-hidden': 'true' }, mark);
}
