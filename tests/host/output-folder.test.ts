import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openOutputFolder } from '../../packages/host/src/node/output-folder.js';
import { contentsOf, temporaryFolder } from './temporary.js';

const files = (content: string): { path: string; content: string }[] => [
  { path: 'report.html', content },
  { path: 'tables/genes.csv', content: `${content}\n` },
];
/** What a run keeps. */
const replacing = { steps: 'used', others: 'replace' } as const;
const open = (out: string, force = false): ReturnType<typeof openOutputFolder> => openOutputFolder(out, { force });

it('creates nothing until it is published, and then everything at once', async () => {
  const parent = temporaryFolder();
  const output = await open(join(parent, 'out'));
  expect(readdirSync(parent)).toEqual([]);
  await output.publish(files('a'), replacing);
  expect(readdirSync(parent)).toEqual(['out']);
  expect(Object.keys(contentsOf(parent))).toEqual([
    'out/.remnant/manifest.json',
    'out/report.html',
    'out/tables/genes.csv',
  ]);
});

it('leaves nothing of a run that failed before its first step', async () => {
  const parent = temporaryFolder();
  const output = await open(join(parent, 'out'));
  expect(await output.abandon()).toEqual({ keptSteps: 0 });
  expect(readdirSync(parent)).toEqual([]);
});

it('keeps finished steps beside a folder that is not there yet, and takes them up again', async () => {
  const parent = temporaryFolder();
  const stopped = await open(join(parent, 'out'));
  await stopped.steps.put('step1', 1);
  expect(await stopped.abandon()).toEqual({ keptSteps: 1 });
  expect(readdirSync(parent)).toEqual(['.out.remnant']);
  const resumed = await open(join(parent, 'out'));
  expect(await resumed.steps.get('step1')).toBe(1);
  await resumed.steps.put('step2', 2);
  await resumed.publish(files('a'), replacing);
  expect(readdirSync(parent)).toEqual(['out']);
  expect(readdirSync(join(parent, 'out/.remnant/steps'))).toEqual(['step1.step', 'step2.step']);
});

it('reuses steps of the last run and clears those no run uses any more', async () => {
  const out = join(temporaryFolder(), 'out');
  const first = await open(out);
  await first.steps.put('a', 1);
  await first.steps.put('b', 2);
  await first.publish(files('one'), replacing);
  const second = await open(out);
  expect(await second.steps.get('a')).toBe(1);
  await second.publish(files('two'), replacing);
  expect(readdirSync(join(out, '.remnant/steps'))).toEqual(['a.step']);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe('two');
});

it('gives the same bytes when published twice', async () => {
  const parent = temporaryFolder();
  for (const name of ['x', 'y']) await (await open(join(parent, name))).publish(files('same'), replacing);
  await (await open(join(parent, 'x'))).publish(files('same'), replacing);
  expect(contentsOf(join(parent, 'x'))).toEqual(contentsOf(join(parent, 'y')));
});

it('keeps results that are not among the new ones when asked to, and still knows them as its own', async () => {
  const out = join(temporaryFolder(), 'out');
  const cells = { path: 'cells.h5ad', content: 'cells' };
  await (await open(out)).publish([...files('one'), cells], replacing);
  await (await open(out)).publish(files('two'), { steps: 'all', others: 'keep' });
  expect(readFileSync(join(out, 'cells.h5ad'), 'utf8')).toBe('cells');
  await (await open(out)).publish(files('three'), replacing);
  expect(existsSync(join(out, 'cells.h5ad'))).toBe(false);
});

it('removes its own old files and leaves those of others', async () => {
  const out = join(temporaryFolder(), 'out');
  await (await open(out)).publish([...files('one'), { path: 'figures/old.svg', content: '' }], replacing);
  writeFileSync(join(out, 'notes.md'), 'mine');
  writeFileSync(join(out, 'tables/mine.csv'), 'mine');
  await (await open(out)).publish(files('two'), replacing);
  expect(existsSync(join(out, 'figures'))).toBe(false);
  expect(readFileSync(join(out, 'notes.md'), 'utf8')).toBe('mine');
  expect(readFileSync(join(out, 'tables/mine.csv'), 'utf8')).toBe('mine');
});

it('refuses a folder that is not its own, unless told to write into it', async () => {
  const out = temporaryFolder();
  writeFileSync(join(out, 'thesis.docx'), 'years of work');
  await expect(open(out)).rejects.toThrow(/holds other files.*--force/);
  expect(readdirSync(out)).toEqual(['thesis.docx']);
  await (await open(out, true)).publish(files('a'), replacing);
  expect(readFileSync(join(out, 'thesis.docx'), 'utf8')).toBe('years of work');
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe('a');
});

it('refuses a place taken by a file', async () => {
  const out = join(temporaryFolder(), 'out');
  writeFileSync(out, '');
  await expect(open(out)).rejects.toThrow(/not a folder/);
});

it('takes an empty folder', async () => {
  const parent = temporaryFolder();
  mkdirSync(join(parent, 'out'));
  const output = await open(join(parent, 'out'));
  await output.steps.put('a', 1);
  await output.publish(files('a'), replacing);
  expect(readdirSync(parent)).toEqual(['out']);
  expect(readdirSync(join(parent, 'out')).sort()).toEqual(['.remnant', 'report.html', 'tables']);
});

it('clears away what a run that was killed left an hour ago', async () => {
  const parent = temporaryFolder();
  const stale = join(parent, '.out.remnant/staging-dead');
  const fresh = join(parent, '.out.remnant/staging-alive');
  for (const folder of [stale, fresh]) mkdirSync(folder, { recursive: true });
  utimesSync(stale, new Date(0), new Date(0));
  await open(join(parent, 'out'));
  expect([stale, fresh].map((folder) => existsSync(folder))).toEqual([false, true]);
});
