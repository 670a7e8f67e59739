import { type ErrorDetails, isRemnantError, type RemnantError, toWire } from '@remnant/engine';
import { CommanderError } from 'commander';
import { wrap } from './wrap.js';

/** What the process says to its caller. */
export const exitCodes = { ok: 0, bug: 1, badInput: 2, notEnoughMemory: 3, cancelled: 130 } as const;

/** Failures of the file system that are the user's to mend. */
const systemFailures: Readonly<Record<string, string>> = {
  EACCES: 'The permissions of this place do not allow it.',
  EPERM: 'The permissions of this place do not allow it.',
  EROFS: 'This place is read-only.',
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EMFILE: 'Too many files are open: raise the limit with ulimit -n.',
  ENOTDIR: 'Part of this path is a file, not a folder.',
};

/** The exit code of a failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
  if (isRemnantError(error, 'format', 'option', 'shape', 'unsupported')) return exitCodes.badInput;
  if (isRemnantError(error, 'limit')) return exitCodes.notEnoughMemory;
  if (isRemnantError(error, 'aborted')) return exitCodes.cancelled;
  return systemFailure(error) === null ? exitCodes.bug : exitCodes.badInput;
}

/** A failure as one block of text for a reader: what, where, expected, found, what to do. */
export function describeFailure(error: unknown, width: number): string {
  const system = systemFailure(error);
  if (system !== null) return block(`Error: ${system}`, [(error as Error).message], width);
  if (isRemnantError(error) && error.code !== 'internal') return describeRemnantError(error, width);
  const message = error instanceof Error ? error.message : String(error);
  const advice = 'This is a bug in Remnant. Run again with REMNANT_DEBUG=1 to see where, and please report it.';
  return block(`Error: ${message}`, [advice], width);
}

/** A failure for a machine. */
export function failureJson(command: string, error: unknown): string {
  const { code, message, details } = toWire(error);
  return `${JSON.stringify({ ok: false, command, exitCode: exitCodeOf(error), error: { code, message, details } })}\n`;
}

function systemFailure(error: unknown): string | null {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? (systemFailures[code] ?? null) : null;
}

function describeRemnantError(error: RemnantError, width: number): string {
  const { details } = error;
  const place = placeOf(details);
  const title = place === '' ? 'Error' : `Error in ${place}`;
  const labelled = [
    ...(details.expected === undefined ? [] : [`Expected: ${details.expected}`]),
    ...(details.found === undefined ? [] : [`Found:    ${details.found}`]),
    ...(details.hint === undefined ? [] : [details.hint]),
  ];
  return block(title, [bareMessage(error, place), ...labelled], width);
}

function placeOf({ file, row, column }: ErrorDetails): string {
  return [
    file,
    row === undefined ? undefined : `row ${String(row)}`,
    column === undefined ? undefined : `column "${column}"`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** The message without the place, the expectation and the advice that `RemnantError` put around it. */
function bareMessage({ message, details }: RemnantError, place: string): string {
  const { expected, found, hint } = details;
  let bare = place !== '' && message.startsWith(`${place}: `) ? message.slice(place.length + 2) : message;
  const tails = [
    hint,
    found === undefined ? undefined : `Found ${found}.`,
    expected === undefined ? undefined : `Expected ${expected}.`,
  ];
  for (const tail of tails) {
    if (tail !== undefined && bare.endsWith(` ${tail}`)) bare = bare.slice(0, -tail.length - 1);
  }
  return bare;
}

function block(title: string, lines: readonly string[], width: number): string {
  const body = lines.flatMap((line) => line.split('\n')).map((line) => wrap(line, width - 2, '  '));
  return `\n${title}\n${body.join('\n')}\n`;
}
