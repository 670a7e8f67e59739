import { isRemnantError } from '@remnant/engine';
import { CommanderError } from 'commander';
import { describeFailure, exitCodeOf, exitCodes, failureJson } from './failure.js';
import { program } from './program.js';
import { processTerminal, type Terminal } from './terminal.js';

/**
 * Runs the command line.
 *
 * @param args - what follows the program's name
 * @returns the exit code: 0 done, 1 a bug, 2 bad input or options, 3 not enough memory, 130 stopped
 */
export async function main(args: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  let exitCode: number = exitCodes.ok;
  const done = (code: number): void => {
    exitCode = code;
  };
  try {
    const root = program({ terminal, done });
    for (const command of [root, ...root.commands, ...root.commands.flatMap((one) => one.commands)]) {
      command.exitOverride().configureOutput({ writeErr: terminal.err, writeOut: terminal.out });
    }
    if (args.length === 0) root.outputHelp();
    else await root.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    tellFailure(error, args, terminal);
    return exitCodeOf(error);
  }
}

/** Commander has already printed its own errors, and a stopped run what it keeps. */
function tellFailure(error: unknown, args: readonly string[], terminal: Terminal): void {
  if (error instanceof CommanderError && exitCodeOf(error) === exitCodes.ok) return;
  if (args.includes('--json')) terminal.out(failureJson(commandIn(args), error));
  if (error instanceof CommanderError || isRemnantError(error, 'aborted')) return;
  terminal.err(describeFailure(error, terminal.width));
  if (process.env['REMNANT_DEBUG'] === '1' && error instanceof Error) terminal.err(`\n${error.stack ?? ''}\n`);
}

function commandIn(args: readonly string[]): string {
  const words = args.filter((arg) => !arg.startsWith('-'));
  return words.slice(0, words[0] === 'resources' ? 2 : 1).join(' ');
}
