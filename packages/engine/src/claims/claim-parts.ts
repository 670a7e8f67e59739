import type { Estimate } from '../core/method.js';
import type { Bilingual, ClaimNumber } from './claim.js';

/** A number behind a claim, without interval. */
export function plainNumber(en: string, fr: string, value: number | null, unit = ''): ClaimNumber {
  return { label: { en, fr }, value: finite(value), low: null, high: null, unit };
}

/** A number behind a claim, with its interval. */
export function estimatedNumber(
  en: string,
  fr: string,
  estimate: Pick<Estimate, 'value' | 'low' | 'high'>,
  unit = '',
): ClaimNumber {
  return {
    label: { en, fr },
    value: finite(estimate.value),
    low: finite(estimate.low),
    high: finite(estimate.high),
    unit,
  };
}

/** Fewest patients a statement about patients can rest on. */
export const minimumPatients = 3;

/** A finite number, or null. */
export function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}

/** Joins sentences of one text. */
export function joined(...parts: readonly (Bilingual | null)[]): Bilingual {
  const given = parts.filter((part) => part !== null);
  return { en: given.map((part) => part.en).join(' '), fr: given.map((part) => part.fr).join(' ') };
}

/** A phrase as a sentence: first letter raised, full stop at the end. */
export function asSentence(text: Bilingual): Bilingual {
  const write = (phrase: string): string =>
    `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}${/[.!?]$/.test(phrase) ? '' : '.'}`;
  return { en: write(text.en), fr: write(text.fr) };
}
