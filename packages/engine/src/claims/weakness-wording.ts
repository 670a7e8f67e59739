import { axisEvidence } from '../weaknesses/axis-evidence.js';
import { curatedAxes, type WeaknessAxis } from '../weaknesses/sets/index.js';
import type { AxisScore, WeaknessAxes } from '../weaknesses/types.js';
import type { Bilingual, ClaimLine, ClaimNumber, Verdict } from './claim.js';
import { asSentence, estimatedNumber, finite, joined, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** An axis with its score between stages. */
export interface ScoredAxis {
  readonly axis: WeaknessAxis;
  readonly score: AxisScore;
}

/** The axes of the given names that were scored, in that order. */
export function scoredAxes(found: WeaknessAxes, ids: readonly string[]): readonly ScoredAxis[] {
  return ids.flatMap((id) => {
    const axis = curatedAxes.find((one) => one.id === id);
    const score = found.axes.find((one) => one.axis === id);
    return axis === undefined || score === undefined ? [] : [{ axis, score }];
  });
}

/** Verdict of one axis as a weakness, or as a state where it is none. */
export function verdictOfAxis({ axis, score }: ScoredAxis): Verdict {
  return axisEvidence(axis, score);
}

/** Supported when an axis is; contradicted when none is and one goes the other way. */
export function verdictOfGroup(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ['supported', 'contradicted', 'not supported'];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'not testable';
}

/** What was measured on an axis, or why it was not. */
export function measuredSentence({ score }: Pick<ScoredAxis, 'score'>): Bilingual {
  const { pooled, agree, asked, used, pAdjusted, pMatched } = score;
  if (score.verdict === 'not testable') return notTestableSentence(score.reasons);
  return both((w) => {
    const change = `${w.signed(pooled.estimate ?? NaN)} log₂ [${w.number(pooled.low ?? NaN)} ; ${w.number(pooled.high ?? NaN)}]`;
    const english = change.replace(' ; ', ' to ');
    return w.pick(
      `The ${w.count(used.length, ['gene', 'genes'], ['gène', 'gènes'])} scored move by ${english} on average towards the axis, with that sign in ${String(agree)} of ${String(asked)} patients (P over patients ${w.pValue(pooled.pValue ?? NaN)}, adjusted over the axes ${w.pValue(pAdjusted ?? NaN)}, against random genes of like expression ${w.pValue(pMatched ?? NaN)}).`,
      `Les ${w.count(used.length, ['gene', 'genes'], ['gène évalué', 'gènes évalués'])} bougent en moyenne de ${change} vers l’axe, avec ce signe chez ${String(agree)} des ${String(asked)} patients (P sur les patients ${w.pValue(pooled.pValue ?? NaN)}, ajusté sur les axes ${w.pValue(pAdjusted ?? NaN)}, contre des gènes au hasard d’expression semblable ${w.pValue(pMatched ?? NaN)}).`,
    );
  });
}

/** Reasons as a sentence. */
export function notTestableSentence(reasons: readonly Bilingual[]): Bilingual {
  const list = (language: 'en' | 'fr'): string => reasons.map((reason) => reason[language]).join('; ');
  return asSentence({ en: `not testable: ${list('en')}`, fr: `non testable : ${list('fr').replaceAll('; ', ' ; ')}` });
}

/** The genes of the programme that were taken out. */
export function excludedSentence(excluded: readonly string[]): Bilingual {
  if (excluded.length === 0) {
    return { en: 'None of its genes belongs to the programme.', fr: 'Aucun de ses gènes n’appartient au programme.' };
  }
  return both((w) =>
    w.pick(
      `Taken out because they belong to the programme: ${w.list(excluded)}.`,
      `Hors du calcul car ils appartiennent au programme : ${w.list(excluded)}.`,
    ),
  );
}

/** Genes that significantly speak against the axis; null for an axis that could not be scored. */
export function contradictingSentence({ genes }: WeaknessAxes, { axis, score }: ScoredAxis): Bilingual | null {
  if (score.verdict === 'not testable') return null;
  const against = genes.filter((row) => row.axis === axis.id && row.evidence === 'against' && row.effect !== null);
  const named = (w: Words): string =>
    w.list(against.map((row) => `${row.gene} (${w.signed(row.effect ?? NaN)}${markOf(w, row.status)})`));
  if (against.length === 0) {
    return {
      en: 'No gene of it speaks against it significantly.',
      fr: 'Aucun de ses gènes ne parle significativement contre lui.',
    };
  }
  return both((w) => w.pick(`Against it: ${named(w)}.`, `Contre lui : ${named(w)}.`));
}

function markOf(w: Words, status: string): string {
  return status === 'programme gene' ? w.pick(', of the programme', ', du programme') : '';
}

/** Title, hypothesis, measurement, genes taken out, genes against, experiment and escape of one axis. */
export function axisLine(found: WeaknessAxes, scored: ScoredAxis): ClaimLine {
  const { axis, score } = scored;
  return {
    id: axis.id,
    label: axis.title,
    verdict: verdictOfAxis(scored),
    sentence: joined(
      measuredSentence(scored),
      excludedSentence(score.excluded),
      contradictingSentence(found, scored),
      experimentSentence(axis),
    ),
  };
}

/** The confirming experiment and the state to watch. */
export function experimentSentence({ experiment, escape }: WeaknessAxis): Bilingual {
  return joined(
    { en: `To confirm: ${experiment.en}`, fr: `À confirmer : ${experiment.fr}` },
    { en: `To watch: ${escape.en}`, fr: `À surveiller : ${escape.fr}` },
  );
}

/** The mean of each axis over patients, with its interval. */
export function axisNumbers(axes: readonly ScoredAxis[]): readonly ClaimNumber[] {
  return axes.map(({ axis, score: { pooled } }) =>
    estimatedNumber(
      `${axis.title.en}, mean over patients (95 %)`,
      `${axis.title.fr}, moyenne sur les patients (95 %)`,
      { value: pooled.estimate, low: pooled.low, high: pooled.high },
      'log₂',
    ),
  );
}

/** P values of one axis. */
export function pNumbers({ pooled, pAdjusted, pMatched }: AxisScore): readonly ClaimNumber[] {
  return [
    plainNumber('P over patients', 'P sur les patients', finite(pooled.pValue)),
    plainNumber('P adjusted over the axes', 'P ajusté sur les axes', finite(pAdjusted)),
    plainNumber('P against random genes', 'P contre des gènes au hasard', finite(pMatched)),
  ];
}

/** Which axes are up, down or not shared. */
export function groupSentence(axes: readonly ScoredAxis[]): Bilingual {
  const named = (verdict: AxisScore['verdict'], language: 'en' | 'fr'): readonly string[] =>
    axes.filter(({ score }) => score.verdict === verdict).map(({ axis }) => lowerFirst(axis.title[language]));
  return both((w) => {
    const of = (verdict: AxisScore['verdict'], en: string, fr: string): string | null => {
      const titles = named(verdict, w.language);
      return titles.length === 0 ? null : `${w.pick(en, fr)} ${w.list(titles)}`;
    };
    const parts = [
      of('raised', 'raised in common:', 'en hausse commune :'),
      of('lowered', 'lowered in common:', 'en baisse commune :'),
      of('not shared', 'without a change the patients share:', 'sans changement commun aux patients :'),
      of('not testable', 'not testable:', 'non testables :'),
    ].filter((part) => part !== null);
    return asSentence({ en: parts.join('; '), fr: parts.join(' ; ') })[w.language];
  });
}

/** Titles in a sentence: the first letter falls unless the word is a name or an abbreviation. */
function lowerFirst(title: string): string {
  return /^[A-ZÀ-Ý][a-zà-ÿ]/.test(title) && !title.startsWith('AhR')
    ? `${title.charAt(0).toLowerCase()}${title.slice(1)}`
    : title;
}

/** The control all axes share. */
export const axisControl: Bilingual = {
  en: 'The genes that persisters were found by are taken out first and listed, so the programme cannot prove its own weakness. An axis counts as shared only when its interval over patients excludes zero, three quarters of the patients agree, random genes of like expression with the same signs do not do the same (P at most 0.05), and P adjusted over the axes passes.',
  fr: 'Les gènes qui ont servi à trouver les persistantes sont retirés d’abord et listés : le programme ne peut prouver sa propre faiblesse. Un axe n’est dit commun que si son intervalle sur les patients exclut zéro, que trois quarts des patients concordent, que des gènes au hasard d’expression semblable et de mêmes signes n’en font pas autant (P d’au plus 0,05), et que le P ajusté sur les axes passe.',
};

/** Tables every axis claim rests on. */
export const axisTables: readonly string[] = [
  'weakness_axes',
  'weakness_patients',
  'weakness_genes',
  'weakness_states',
];
