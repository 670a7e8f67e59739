import type { Bilingual, Language, StudyResult } from '@remnant/engine';
import { type NumberFormat, numberFormat } from './format/number-format.js';
import { typeset } from './format/typography.js';
import { english } from './text/en.js';
import { french } from './text/fr.js';
import type { ReportText } from './text/report-text.js';

/** How a report is written. */
export interface ReportOptions {
  /** Language of the page, the figures and their numbers. */
  readonly lang: Language;
}

/** What every part of the report is made from. */
export interface ReportContext {
  readonly result: StudyResult;
  readonly language: Language;
  readonly text: ReportText;
  readonly number: NumberFormat;
}

/** Gathers a result with the words and numbers of one language. */
export function reportContext(result: StudyResult, options: ReportOptions): ReportContext {
  const language = options.lang;
  return { result, language, text: language === 'fr' ? french : english, number: numberFormat(language) };
}

/** A number among the resolved options of the run, where there is one of that name. */
export function optionNumber(result: StudyResult, name: string): number | null {
  const value = result.provenance.options[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Texts among the resolved options of the run. */
export function optionTexts(result: StudyResult, name: string): readonly string[] {
  const value = result.provenance.options[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A sentence of the engine in the language of the report, with that language's spaces. */
export function say(context: ReportContext, sentence: Bilingual): string {
  return typeset(sentence[context.language], context.language);
}
