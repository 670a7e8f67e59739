import { wordKey } from './nearest.js';
import type { Problem } from './problems.js';
import { readStage, stages, type StageReading } from './stages.js';
import type { Stage } from './types.js';

/** Reads a stage word of one study: the study's own words first, then the built-in ones. */
export type StageWords = (word: string) => StageReading | null;

/**
 * Makes the stage reader of a study from its `stages` map (`{day33: residual}`).
 *
 * @returns the reader, and a problem for each entry whose value is not one of the three stages
 */
export function stageWordsOf(
  own: Readonly<Record<string, string>>,
  file: string,
): { readonly read: StageWords; readonly problems: readonly Problem[] } {
  const known = new Map<string, Stage>();
  const problems: Problem[] = [];
  for (const [word, value] of Object.entries(own)) {
    const stage = stages.find((s) => s === value);
    if (stage === undefined) problems.push(notAStage(word, value, file));
    else known.set(ownKey(word), stage);
  }
  const read: StageWords = (word) => {
    const stage = known.get(ownKey(word));
    return stage === undefined ? readStage(word) : { stage, synonym: wordKey(word) !== stage };
  };
  return { read, problems };
}

/** A lab may use a sign such as `+` as its word, which has no letters to compare by. */
function ownKey(word: string): string {
  return wordKey(word) || word.trim();
}

function notAStage(word: string, value: string, file: string): Problem {
  const details = { file, expected: 'untreated, residual or relapse', found: `"${value}"` };
  return { message: `The stage word "${word}" under "stages" is given no known stage.`, details };
}
