import {
  AbortedError,
  ConvergenceError,
  FormatError,
  InternalError,
  LimitError,
  OptionError,
  ShapeError,
  UnsupportedError,
} from '@remnant/engine';
import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { describeFailure, exitCodeOf, failureJson } from './failure.js';

const stage = new FormatError('The stage is not known.', {
  file: 'samples.csv',
  row: 4,
  column: 'stage',
  expected: 'untreated, residual or relapse',
  found: '"tretaed"',
  hint: 'Did you mean "treated"?',
});

it.each([
  [stage, 2],
  [new OptionError('x'), 2],
  [new ShapeError('x'), 2],
  [new UnsupportedError('x'), 2],
  [new LimitError('x'), 3],
  [new AbortedError(), 130],
  [new ConvergenceError('x'), 1],
  [new InternalError('x'), 1],
  [new TypeError('x'), 1],
  ['thrown text', 1],
  [Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }), 2],
  [new CommanderError(0, 'commander.helpDisplayed', ''), 0],
  [new CommanderError(1, 'commander.unknownOption', ''), 2],
])('%s ends with %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

it('says what, where, what was expected and what to do, each on its own line', () => {
  expect(describeFailure(stage, 100)).toBe(
    [
      '',
      'Error in samples.csv, row 4, column "stage"',
      '  The stage is not known.',
      '  Expected: untreated, residual or relapse',
      '  Found:    "tretaed"',
      '  Did you mean "treated"?',
      '',
    ].join('\n'),
  );
});

it('keeps a list of problems in lines, and wraps long ones', () => {
  const error = new FormatError('2 problems to correct.\n  1. samples.csv, row 2: This is wrong.\n  2. That too.', {
    file: 'samples.csv',
  });
  expect(describeFailure(error, 36)).toBe(
    [
      '',
      'Error in samples.csv',
      '  2 problems to correct.',
      '    1. samples.csv, row 2: This is',
      '    wrong.',
      '    2. That too.',
      '',
    ].join('\n'),
  );
});

it('owns up to a bug, without a stack', () => {
  const text = describeFailure(new TypeError('x is not a function'), 100);
  expect(text).toMatch(/^\nError: x is not a function\n {2}This is a bug in Remnant\. Run again with REMNANT_DEBUG=1/);
  expect(text).not.toMatch(/\bat /);
});

it('says what the file system objects to', () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write '/data/out'"), { code: 'ENOSPC' });
  expect(describeFailure(full, 100)).toMatch(/^\nError: The disk is full\.\n {2}ENOSPC: no space left on device/);
});

it('gives a machine code, message and details', () => {
  expect(JSON.parse(failureJson('run', stage))).toEqual({
    ok: false,
    command: 'run',
    exitCode: 2,
    error: { code: 'format', message: stage.message, details: stage.details },
  });
});
