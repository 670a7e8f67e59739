import type { Language, RunOptions } from '@remnant/engine';
import type { Actions } from '../actions.js';
import { button, element } from '../dom.js';
import type { OptionField } from '../protocol.js';
import { type PageText, pageText } from '../text/index.js';

/** Options shown at once, in this order; the others are folded away. */
const first: readonly string[] = ['regulators', 'markers', 'seed'];

/** What is in the form. */
export interface FormState {
  readonly language: Language;
  readonly fields: readonly OptionField[];
  /** What is written in it, by option. */
  readonly written: Readonly<Record<string, string | boolean>>;
  readonly threads: number;
}

/** The options of a run, with the button that starts it. */
export function optionsForm(state: FormState, actions: Actions): Node[] {
  const text = pageText[state.language].options;
  const shown = (field: OptionField): HTMLElement => optionField(field, state, text, actions);
  const more = element(
    'details',
    { id: 'more-options' },
    element('summary', {}, text.more),
    element(
      'div',
      { class: 'fields' },
      ...state.fields.filter(({ key }) => !first.includes(key)).map(shown),
      threadsField(state, text, actions),
    ),
    button(text.restore, { id: 'restore-options', class: 'plain' }, actions.restoreOptions),
  );
  const form = element(
    'form',
    { id: 'options' },
    element(
      'fieldset',
      { id: 'option-fields' },
      element('legend', {}, text.title),
      element('div', { class: 'fields' }, ...firstOf(state.fields).map(shown)),
      more,
      element('button', { type: 'submit', id: 'run-study', class: 'primary' }, text.run),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.run();
  });
  // A field that is folded away cannot say what is wrong with it.
  form.addEventListener('invalid', ({ target }) => (more.open ||= more.contains(target as Node)), { capture: true });
  return [form];
}

function firstOf(fields: readonly OptionField[]): OptionField[] {
  return first.flatMap((key) => fields.filter((field) => field.key === key));
}

function optionField(
  field: OptionField,
  { written }: FormState,
  text: PageText['options'],
  actions: Actions,
): HTMLElement {
  const label = text.names[field.key as keyof RunOptions];
  const value = written[field.key] ?? field.default;
  if (field.kind === 'choice') return choiceField(field, label, String(value), actions);
  const input = element('input', { id: `option-${field.key}`, ...inputAttributes(field) });
  if (typeof value === 'boolean') {
    input.checked = value;
    input.addEventListener('change', () => {
      actions.setOption(field.key, input.checked);
    });
    return element('label', { class: 'tick' }, input, label);
  }
  input.value = value;
  input.addEventListener('input', () => {
    actions.setOption(field.key, input.value);
  });
  return element('label', { class: 'field' }, label, input);
}

function choiceField(field: OptionField, label: string, value: string, actions: Actions): HTMLElement {
  const choices = field.choices.map((choice) => element('option', { value: choice }, choice));
  const input = element('select', { id: `option-${field.key}` }, ...choices);
  input.value = value;
  input.addEventListener('change', () => {
    actions.setOption(field.key, input.value);
  });
  return element('label', { class: 'field' }, label, input);
}

function inputAttributes({ kind, minimum, maximum }: OptionField): Record<string, string> {
  if (kind === 'switch') return { type: 'checkbox' };
  if (kind === 'names') return { type: 'text', spellcheck: 'false', autocomplete: 'off' };
  return {
    type: 'number',
    step: kind === 'integer' ? '1' : 'any',
    ...(minimum === null ? {} : { min: String(minimum) }),
    ...(maximum === null || maximum > 1e12 ? {} : { max: String(maximum) }),
  };
}

function threadsField({ threads }: FormState, text: PageText['options'], actions: Actions): HTMLElement {
  const input = element('input', {
    type: 'number',
    id: 'option-threads',
    min: '1',
    max: '16',
    step: '1',
    required: '',
  });
  input.value = String(threads);
  input.addEventListener('input', () => {
    if (input.checkValidity()) actions.setThreads(Number(input.value));
  });
  return element('label', { class: 'field' }, text.threads, input);
}
