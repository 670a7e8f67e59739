import type { Language } from '@remnant/engine';

/**
 * Puts the spaces a language wants in a sentence. In both, signs of comparison stay with their numbers. In French, a narrow
 * no-break space before `; ! ?` and `%` and inside guillemets, a no-break one before a colon. Meant for sentences, never
 * for names of genes, patients or files.
 */
export function typeset(text: string, language: Language): string {
  const joined = text.replace(/ ([=<>≤≥±]) (?=[\d−+])/g, '\u00a0$1\u00a0');
  if (language === 'en') return joined;
  return joined
    .replace(/[ \u00a0\u202f]+([;!?%»])/g, '\u202f$1')
    .replace(/«[ \u00a0\u202f]+/g, '«\u202f')
    .replace(/[ \u00a0\u202f]+:(?=\s|$)/g, '\u00a0:');
}
