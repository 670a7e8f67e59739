import { readStage, type Stage } from '@remnant/engine';

/** What the name of a sample seems to say. Null where it says nothing. */
export interface GuessedSample {
  readonly patient: string | null;
  readonly stage: Stage | null;
  readonly treatment: string | null;
  readonly replicate: string | null;
}

/**
 * Reads patient, stage and treatment from a name such as `HBCx10_chemonaive_1`: a word that means one stage is the stage,
 * the first other word is the patient, a second is the treatment, a number at the end is the replicate.
 */
export function guessSample(name: string): GuessedSample {
  const words = name.split(/[\s_.\-/]+/).filter((word) => word !== '');
  const stageWords = words.filter((word) => readStage(word) !== null && !/^\d+$/.test(word));
  const stages = new Set(stageWords.map((word) => readStage(word)?.stage));
  const stage = stages.size === 1 ? (readStage(stageWords[0] as string)?.stage ?? null) : null;
  const last = words.at(-1) ?? '';
  const replicate = words.length > 1 && /^(rep|r)?\d{1,2}$/i.test(last) ? last.replace(/\D/g, '') : null;
  const others = words.filter(
    (word, i) => !stageWords.includes(word) && !(replicate !== null && i === words.length - 1),
  );
  return {
    patient: others[0] ?? null,
    stage,
    treatment: stage === 'untreated' ? null : (others[1] ?? null),
    replicate,
  };
}
