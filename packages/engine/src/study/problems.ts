import { type ErrorDetails, FormatError, InternalError } from '../core/errors.js';

/** One thing wrong with a study's files, before it is known how many there are. */
export interface Problem {
  readonly message: string;
  readonly details: ErrorDetails;
}

/** How many problems one message lists. */
export const maximumProblems = 20;

/** One problem as it is; several as one error that lists each on its own line, up to {@link maximumProblems}. */
export function problemsError(problems: readonly Problem[], file: string): FormatError {
  const first = problems[0];
  if (first === undefined) throw new InternalError('An error was asked for without a problem.');
  if (problems.length === 1) return new FormatError(first.message, first.details);
  const shown = problems.slice(0, maximumProblems).map(({ message, details }, i) => {
    return `\n  ${String(i + 1)}. ${new FormatError(message, details).message}`;
  });
  const hidden = problems.length - shown.length;
  const more = hidden > 0 ? `\n  … and ${String(hidden)} more.` : '';
  return new FormatError(`${String(problems.length)} problems to correct.${shown.join('')}${more}`, { file });
}
