import type { Bilingual } from '../core/text.js';
import type { MarkerEffect, NamedMarker } from './named-marker.js';

/** The sentence of a named marker: verdict, signs, extremes, and what is missing for "shared". */
export function sentenceOf(found: Omit<NamedMarker, 'sentence'>, context: SentenceContext): Bilingual {
  return { en: write(found, context, english), fr: write(found, context, french) };
}

/** What the sentence needs besides the marker. */
export interface SentenceContext {
  /** Whether the gene would also be called among all genes. */
  readonly passesAllGenes: boolean;
  /** Fewest patients a marker can be tested in. */
  readonly minimumPatients: number;
}

interface Wording {
  readonly semicolon: string;
  notMeasured(gene: string): string;
  fewPatients(gene: string, asked: number, minimum: number): string;
  signs(up: number, down: number, asked: number): string;
  extremes(up: MarkerEffect, down: MarkerEffect): string;
  verdict(gene: string, shared: boolean): string;
  missing(criteria: NamedMarker['criteria'], needed: number): string;
  readonly notFoundBySearching: string;
}

function write(found: Omit<NamedMarker, 'sentence'>, context: SentenceContext, words: Wording): string {
  const { gene, verdict } = found;
  if (verdict === 'not measured') return words.notMeasured(gene);
  if (verdict === 'not testable') return words.fewPatients(gene, found.asked, context.minimumPatients);
  const shared = verdict === 'shared';
  const head = words.verdict(gene, shared) + words.signs(found.positive, found.negative, found.asked);
  if (shared) return `${head}${context.passesAllGenes ? '' : words.semicolon + words.notFoundBySearching}.`;
  const sorted = [...found.patients].sort((a, b) => b.effect - a.effect);
  const [highest, lowest] = [sorted[0] as MarkerEffect, sorted[sorted.length - 1] as MarkerEffect];
  const range = highest.effect > 0 && lowest.effect < 0 ? words.extremes(highest, lowest) : '';
  return `${head}${range}${words.semicolon}${words.missing(found.criteria, found.needed)}.`;
}

const english: Wording = {
  semicolon: '; ',
  notMeasured: (gene) => `${gene} was not measured in this study.`,
  fewPatients: (gene, asked, minimum) =>
    `${gene} could be compared in ${String(asked)} patient${asked === 1 ? '' : 's'}; at least ${String(minimum)} are needed.`,
  signs: (up, down, asked) => `raised in ${String(up)} and lowered in ${String(down)} of ${String(asked)} patients`,
  extremes: (up, down) =>
    ` (from ${signed(down.effect)} in ${down.patient} to ${signed(up.effect)} in ${up.patient}, log2)`,
  verdict: (gene, shared) => (shared ? `${gene} is shared: ` : `${gene} is not shared: `),
  missing: (criteria, needed) =>
    list([
      criteria.signsAgree ? null : `at least ${String(needed)} have to agree`,
      criteria.intervalExcludesZero ? null : 'the interval of the mean includes zero',
      criteria.significant ? null : 'the mean is not significant among the genes named',
    ]),
  notFoundBySearching: 'tested by name: among all genes it would not stand out',
};

const french: Wording = {
  semicolon: ' ; ',
  notMeasured: (gene) => `${gene} n’a pas été mesuré dans cette étude.`,
  fewPatients: (gene, asked, minimum) =>
    `${gene} n’a pu être comparé que chez ${String(asked)} patient${asked < 2 ? '' : 's'} ; il en faut au moins ${String(minimum)}.`,
  signs: (up, down, asked) =>
    `en hausse chez ${String(up)} et en baisse chez ${String(down)} des ${String(asked)} patients`,
  extremes: (up, down) =>
    ` (de ${decimalComma(down.effect)} chez ${down.patient} à ${decimalComma(up.effect)} chez ${up.patient}, log2)`,
  verdict: (gene, shared) => (shared ? `${gene} est partagé : ` : `${gene} n’est pas partagé : `),
  missing: (criteria, needed) =>
    list([
      criteria.signsAgree ? null : `au moins ${String(needed)} doivent concorder`,
      criteria.intervalExcludesZero ? null : 'l’intervalle de la moyenne contient zéro',
      criteria.significant ? null : 'la moyenne n’est pas significative parmi les gènes nommés',
    ]),
  notFoundBySearching: 'testé par son nom : parmi tous les gènes, il ne ressortirait pas',
};

function list(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(', ');
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function decimalComma(value: number): string {
  return signed(value).replace('.', ',');
}
