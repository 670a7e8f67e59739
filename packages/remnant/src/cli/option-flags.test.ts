import { runOptionsSchema } from '@remnant/engine';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { givenOptions, optionFlags } from './option-flags.js';

function given(...args: string[]): Record<string, unknown> {
  const flags = optionFlags(runOptionsSchema);
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const { option } of flags) command.addOption(option);
  command.parse(args, { from: 'user' });
  return givenOptions(flags, command.opts());
}

it('leaves options that were not given to their defaults', () => {
  expect(given()).toEqual({});
});

it('reads numbers, lists and switches under the names of the options', () => {
  expect(
    given('--p-adjusted-max', '1e-3', '--regulator', 'FOSL1', 'JUN', '--regulator', 'MYC', '--skip-unreadable'),
  ).toEqual({
    pAdjustedMax: 0.001,
    regulators: ['FOSL1', 'JUN', 'MYC'],
    skipUnreadable: true,
  });
});

it('reads choices and limits that may be left open', () => {
  expect(given('--quality', 'pdx', '--minimum-counts', '2000')).toEqual({ quality: 'pdx', minimumCounts: 2000 });
  expect(() => given('--quality', 'good')).toThrow(/mad, pdx, cell-line, none/);
  expect(() => given('--minimum-counts', 'few')).toThrow(/not a number/);
});

it('makes one flag of every option', () => {
  const keys = Object.keys(runOptionsSchema.parse({}));
  expect(optionFlags(runOptionsSchema).map(({ key }) => key)).toEqual(keys);
});

it('refuses what is not a number', () => {
  expect(() => given('--seed', '12x')).toThrow(/argument '12x' is invalid/);
});
