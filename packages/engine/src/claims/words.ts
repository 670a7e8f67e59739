import type { Bilingual } from './claim.js';

/** A value written for one language. */
export type Language = 'en' | 'fr';

/** The same text built once per language. */
export function both(build: (words: Words) => string): Bilingual {
  return { en: build(english), fr: build(french) };
}

/** How one language writes numbers, lists and plurals. */
export interface Words {
  readonly language: Language;
  /** Picks the wording of this language. */
  pick(en: string, fr: string): string;
  /** A number with a fixed count of decimals. */
  number(value: number, decimals?: number): string;
  /** A number that was given, such as a threshold: as it is, not rounded to a count of decimals. */
  given(value: number): string;
  /** A number with an explicit sign. */
  signed(value: number, decimals?: number): string;
  /** A P value: three digits down to 0.001, then a power of ten. */
  pValue(value: number): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
  /** `1 patient`, `3 patients`; in French zero and one are singular. */
  count(n: number, en: readonly [string, string], fr: readonly [string, string]): string;
}

const english = wordsOf('en');
const french = wordsOf('fr');

function wordsOf(language: Language): Words {
  const isFrench = language === 'fr';
  const localise = (text: string): string => {
    const withMinus = text.replace(/^-/, '−');
    return isFrench ? withMinus.replace('.', ',') : withMinus;
  };
  const number = (value: number, decimals = 2): string =>
    Number.isFinite(value)
      ? localise(withoutNegativeZero(value.toFixed(decimals)))
      : isFrench
        ? 'non calculé'
        : 'not computed';
  return {
    language,
    pick: (en, fr) => (isFrench ? fr : en),
    number,
    given: (value) => localise(String(Number(value.toPrecision(6)))),
    signed: (value, decimals = 2) => (value > 0 ? `+${number(value, decimals)}` : number(value, decimals)),
    pValue: (value) => {
      if (!Number.isFinite(value)) return number(value);
      if (value >= 0.001) return localise(value.toPrecision(2));
      if (value === 0) return localise('0');
      const [mantissa = '', exponent = ''] = value.toExponential(1).split('e');
      return `${localise(mantissa)} × 10${superscript(Number(exponent))}`;
    },
    list: (items) => {
      if (items.length <= 1) return items[0] ?? (isFrench ? 'aucun' : 'none');
      return `${items.slice(0, -1).join(', ')} ${isFrench ? 'et' : 'and'} ${items[items.length - 1] ?? ''}`;
    },
    count: (n, en, fr) => {
      const form = isFrench ? fr[n < 2 ? 0 : 1] : en[n === 1 ? 0 : 1];
      return `${withThousands(n, isFrench)} ${form}`;
    },
  };
}

/** Whole number with the thousands separator of the language. */
export function withThousands(n: number, isFrench: boolean): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, isFrench ? '\u202f' : ',');
}

function withoutNegativeZero(text: string): string {
  return /^-0(\.0+)?$/.test(text) ? text.slice(1) : text;
}

function superscript(exponent: number): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const body = String(Math.abs(exponent)).replace(/\d/g, (digit) => digits[Number(digit)] ?? '');
  return exponent < 0 ? `⁻${body}` : body;
}
