import { nearestWord, wordKey } from './nearest.js';
import type { Stage } from './types.js';

/** A stage, and whether it was written as another word than its own name. */
export interface StageReading {
  readonly stage: Stage;
  readonly synonym: boolean;
}

/** The three stages in the order a patient goes through them. */
export const stages: readonly Stage[] = ['untreated', 'residual', 'relapse'];

/**
 * Reads a word as a stage; case, accents, spaces, dashes and a plural s make no difference.
 *
 * A word is accepted only when every lab we know means one stage by it. `treated`, `post`, `after`, `resistant` and the
 * like are refused (see {@link unsafeStageWord}): read wrongly, a tumour removed after chemotherapy would count as a
 * relapse and the reversal index would answer the wrong question.
 *
 * @returns null for a word that is unknown or unsafe
 *
 * @example
 * readStage('Chemo-naive'); // { stage: 'untreated', synonym: true }
 * readStage('treated'); // null
 */
export function readStage(word: string): StageReading | null {
  const key = wordKey(word);
  const stage = stageOfKey.get(key) ?? stageOfKey.get(key.replace(/s$/, ''));
  return stage === undefined ? null : { stage, synonym: key !== stage };
}

/** Why a word that sounds like a stage is not read as one; null when the word is not on the list of unsafe words. */
export function unsafeStageWord(word: string): string | null {
  const key = wordKey(word);
  return unsafe.find(({ words }) => words.some((w) => wordKey(w) === key))?.why ?? null;
}

/** The accepted stage word most like `word`, with its stage; null when none is near. */
export function nearestStage(word: string): { readonly word: string; readonly stage: Stage } | null {
  const near = nearestWord(word, Object.values(stageWords).flat());
  const reading = near === null ? null : readStage(near);
  return near === null || reading === null ? null : { word: near, stage: reading.stage };
}

/** Every accepted word by stage, the stage's own name first; names in use in English, French and on lab bench labels. */
export const stageWords: Readonly<Record<Stage, readonly string[]>> = {
  untreated: [
    'untreated',
    'chemonaive',
    'chemo-naive',
    'naive',
    'treatment-naive',
    'drug-naive',
    'therapy-naive',
    'TN',
    'baseline',
    'pre',
    'pre-treatment',
    'pretherapy',
    'pre-tx',
    'before',
    'before treatment',
    'vehicle',
    'control',
    'ctrl',
    'ctl',
    'mock',
    'DMSO',
    'UT',
    'parental',
    'diagnosis',
    'dx',
    'day 0',
    'D0',
    'T0',
    'non traité',
    'non traitée',
    'chimionaïf',
    'chimionaïve',
    'naïf',
    'avant',
    'avant traitement',
    'témoin',
    'contrôle',
    'véhicule',
    'diagnostic',
    'jour 0',
    'J0',
  ],
  residual: [
    'residual',
    'residual disease',
    'residual tumour',
    'residual tumor',
    'RD',
    'minimal residual disease',
    'measurable residual disease',
    'MRD',
    'persister',
    'persister cells',
    'persistent',
    'drug-tolerant persister',
    'DTP',
    'drug-tolerant',
    'tolerant',
    'idling',
    'survivor',
    'surviving',
    'during',
    'during treatment',
    'on-treatment',
    'on-therapy',
    'on-drug',
    'on-tx',
    'under treatment',
    'under therapy',
    'under drug',
    'résiduel',
    'résiduelle',
    'maladie résiduelle',
    'tumeur résiduelle',
    'persistant',
    'persistante',
    'persisteur',
    'tolérant',
    'pendant',
    'pendant traitement',
    'sous traitement',
    'en traitement',
  ],
  relapse: [
    'relapse',
    'relapsed',
    'in relapse',
    'recurrence',
    'recurrent',
    'progression',
    'progressive disease',
    'PD',
    'regrowth',
    'regrown',
    'outgrowth',
    'rechute',
    'en rechute',
    'récidive',
    'repousse',
    'maladie progressive',
  ],
};

const unsafe: readonly { readonly words: readonly string[]; readonly why: string }[] = [
  {
    words: ['treated', 'treatment', 'on', 'drug', 'T', 'traité', 'traitée', 'traitement'],
    why: 'It may be a tumour alive under treatment (residual) or one that has regrown (relapse).',
  },
  {
    words: [
      ...['post', 'post-treatment', 'post-therapy', 'post-tx', 'after', 'after treatment', 'surgery', 'posttherapy'],
      ...['après', 'après traitement', 'post-traitement', 'chirurgie'],
    ],
    why: 'It may be what is left at the end of treatment (residual) or a tumour that has regrown (relapse).',
  },
  {
    words: ['resistant', 'resistance', 'refractory', 'non-responder', 'R', 'résistant', 'résistante', 'réfractaire'],
    why: 'It may be a surviving tumour (residual), a regrown one (relapse), or a label of the patient at every stage.',
  },
  {
    words: ['sensitive', 'responder', 'S', 'sensible', 'répondeur'],
    why: 'It says how a patient or a line responds, not when the sample was taken.',
  },
  {
    words: ['primary', 'primary tumour', 'primary tumor', 'metastasis', 'primaire', 'primitif', 'métastase'],
    why: 'It says where the sample comes from; a primary tumour or a metastasis may be taken at any stage.',
  },
  {
    words: ['withdrawal', 'withdrawn', 'washout', 'drug holiday', 'holiday', 'off-treatment', 'off-drug', 'sevrage'],
    why: 'After the drug is withdrawn, cells may still be residual or may have regrown (relapse).',
  },
  {
    words: ['DTEP', 'expanded persister', 'cycling persister'],
    why: 'Persisters that grow again under the drug may be counted as residual or as relapse.',
  },
  {
    words: ['NT'],
    why: 'It may be "not treated", "non-targeting" or "normal tissue".',
  },
];

const stageOfKey: ReadonlyMap<string, Stage> = new Map(
  stages.flatMap((stage) => stageWords[stage].map((word) => [wordKey(word), stage] as const)),
);
