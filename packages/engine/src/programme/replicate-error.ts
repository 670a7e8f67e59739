import type { StageContrast } from '../study/types.js';
import { columnsOf, columnsWhere, type NormalizedInput, testablePatients } from './input.js';
import { meanAt } from './score-signature.js';

/** Sampling error of one patient's score difference, from replicates of one patient, stage and treatment. */
export interface ReplicateError {
  readonly patient: string;
  readonly standardError: number;
  readonly df: number;
  /** Whether the patient's own replicates were used; else those of all patients together. */
  readonly own: boolean;
}

/**
 * Standard error `s √(1/n_to + 1/n_from)` of every patient's score difference. s is the standard deviation of the score
 * within patient × stage × treatment: the patient's own where both of its arms have at least two samples, else pooled over
 * all patients, which presumes that scores vary alike in all of them.
 *
 * @param scores - one score per sample
 */
export function replicateErrors(
  input: NormalizedInput,
  scores: Float64Array,
  contrast: Pick<StageContrast, 'from' | 'to'>,
): readonly ReplicateError[] {
  const { testable } = testablePatients(input, contrast);
  const spreads = new Map(testable.map((patient) => [patient, spreadOf(input, scores, patient)]));
  const pooled = [...spreads.values()].reduce(addSpread, { squares: 0, df: 0 });
  return testable.map((patient) => {
    const nTo = columnsOf(input, patient, contrast.to).length;
    const nFrom = columnsOf(input, patient, contrast.from).length;
    const mine = spreads.get(patient) ?? pooled;
    const own = nTo >= 2 && nFrom >= 2 && mine.df > 0;
    const { squares, df } = own ? mine : pooled;
    return { patient, standardError: Math.sqrt((squares / df) * (1 / nTo + 1 / nFrom)), df, own };
  });
}

interface Spread {
  readonly squares: number;
  readonly df: number;
}

function addSpread(a: Spread, b: Spread): Spread {
  return { squares: a.squares + b.squares, df: a.df + b.df };
}

/** Sum of squares and degrees of freedom around the mean of each stage × treatment of one patient. */
function spreadOf(input: NormalizedInput, scores: Float64Array, patient: string): Spread {
  const columns = columnsWhere(input, (s) => input.patient[s] === patient);
  const armOf = (s: number): string => JSON.stringify([input.stage[s], input.treatment[s]]);
  const arms = [...new Set(columns.map(armOf))];
  const groups = arms.map((arm) => columns.filter((s) => armOf(s) === arm));
  return groups.map((group) => squaresAround(scores, group)).reduce(addSpread, { squares: 0, df: 0 });
}

function squaresAround(scores: Float64Array, group: readonly number[]): Spread {
  const centre = meanAt(scores, group);
  const squares = group.reduce(
    (sum, s) => sum + ((scores[s] as number) - centre) * ((scores[s] as number) - centre),
    0,
  );
  return { squares, df: group.length - 1 };
}
