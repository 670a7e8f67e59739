import { readFileSync } from 'node:fs';
import { resolveRunOptions } from '@remnant/engine';
import { expect, it } from 'vitest';
import { remnant, temporaryFolder } from './command-line.js';

it('teaches when it is called without anything', async () => {
  const { code, out, err } = await remnant([]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Usage: remnant');
  for (const command of ['demo', 'init', 'check', 'run', 'report', 'app', 'simulate', 'resources']) {
    expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  }
  expect(out).toContain('Examples:\n  remnant demo');
  expect(out).toContain('Exit codes: 0 done, 2 bad input');
  expect((await remnant(['--help'])).out).toBe(out);
});

it('has a flag for every option of a run, with its default', async () => {
  const { out } = await remnant(['run', '--help']);
  const text = out.replace(/\s+/g, ' ');
  for (const [key, value] of Object.entries(resolveRunOptions())) {
    const flag = key.replace(/s$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(text).toMatch(new RegExp(`--${flag}s? `));
    if (typeof value === 'number') expect(text).toContain(`(default: ${String(value)})`);
  }
});

it('prints its version', async () => {
  const { version } = JSON.parse(readFileSync('packages/remnant/package.json', 'utf8')) as { version: string };
  expect(await remnant(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

it.each([
  [['rum', 'x'], /unknown command 'rum'[^]*Did you mean run/],
  [['run', 'study.yaml', '--sed', '3'], /unknown option '--sed'[^]*Did you mean --seed/],
  [['run'], /missing required argument 'study'/],
  [['run', 'study.yaml', '--seed', 'x'], /argument 'x' is invalid. It is not a number/],
  [['run', 'study.yaml', '--workers', '0'], /whole number from 1 to 256/],
  [['report', 'out', '--lang', 'de'], /Allowed choices are en, fr/],
])('refuses %j', async (args, message) => {
  const { code, out, err } = await remnant(args, { cwd: temporaryFolder() });
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});
