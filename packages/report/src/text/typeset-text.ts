import type { Language } from '@remnant/engine';
import { typeset } from '../format/typography.js';

/** The same object with every text in it, and every text its functions return, typeset for the language. */
export function typesetText<T>(value: T, language: Language): T {
  return visit(value, language) as T;
}

function visit(value: unknown, language: Language): unknown {
  if (typeof value === 'string') return typeset(value, language);
  if (typeof value === 'function') {
    const write = value as (...values: readonly unknown[]) => unknown;
    return (...values: readonly unknown[]): unknown => visit(write(...values), language);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner, language)]));
}
