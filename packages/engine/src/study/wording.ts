import type { Bilingual } from '../core/text.js';
import type { Stage } from './types.js';

/** How one language counts, lists and writes numbers. */
export interface Wording {
  /** The wording of this language. */
  pick(en: string, fr: string): string;
  /** `1 patient`, `3 patients`; in French zero is singular too. */
  count(n: number, en: readonly [string, string], fr: readonly [string, string]): string;
  /** `a, b and c`; a long list is cut and says how many more there are. */
  list(names: readonly string[]): string;
  /** A number with the decimal mark of the language. */
  number(value: number, decimals: number): string;
}

const longestList = 12;

/** The same text built once per language; French gets its no-break spaces. */
export function both(build: (w: Wording) => string): Bilingual {
  return { en: build(english), fr: withFrenchSpaces(build(french)) };
}

const english: Wording = {
  pick: (en) => en,
  count: (n, en) => `${String(n)} ${en[n === 1 ? 0 : 1]}`,
  list: (names) => joined(names, 'and', 'more'),
  number: (value, decimals) => value.toFixed(decimals),
};

const french: Wording = {
  pick: (_en, fr) => fr,
  count: (n, _en, fr) => `${String(n)} ${fr[n < 2 ? 0 : 1]}`,
  list: (names) => joined(names, 'et', names.length === longestList + 1 ? 'autre' : 'autres'),
  number: (value, decimals) => value.toFixed(decimals).replace('.', ','),
};

function joined(names: readonly string[], and: string, more: string): string {
  const shown = names.slice(0, longestList);
  const hidden = names.length - shown.length;
  const items = hidden > 0 ? [...shown, `${String(hidden)} ${more}`] : shown;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1) ?? ''}`;
}

function withFrenchSpaces(text: string): string {
  return text.replace(/ ([:;?!%»])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
}

/** A noun in the singular and the plural of both languages, as {@link Wording.count} takes it. */
export type Noun = readonly [en: readonly [string, string], fr: readonly [string, string]];

/** `3 patients`. */
export const aPatient: Noun = [
  ['patient', 'patients'],
  ['patient', 'patients'],
];

/** `3 samples`. */
export const aSample: Noun = [
  ['sample', 'samples'],
  ['échantillon', 'échantillons'],
];

/** `2 treatments`. */
export const aTreatment: Noun = [
  ['treatment', 'treatments'],
  ['traitement', 'traitements'],
];

const stageNames: Readonly<Record<Stage, readonly [en: string, fr: string, frSamples: string]>> = {
  untreated: ['untreated', 'non traité', 'échantillons non traités'],
  residual: ['residual', 'résiduel', 'échantillons résiduels'],
  relapse: ['relapse', 'rechute', 'échantillons de rechute'],
};

/** `untreated`, `non traité`. */
export function stageName(stage: Stage, w: Wording): string {
  const [en, fr] = stageNames[stage];
  return w.pick(en, fr);
}

/** `untreated samples`, `échantillons non traités`. */
export function samplesOf(stage: Stage, w: Wording): string {
  const [en, , fr] = stageNames[stage];
  return w.pick(`${en} samples`, fr);
}
