import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRemnantError } from '@remnant/engine';
import type { FileSource } from '@remnant/formats';
import { memorySource } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { droppedSource } from '../../apps/web/src/worker/dropped-source.js';
import { nodeSource } from '../../packages/host/src/node/node-source.js';
import { temporaryFolder } from './temporary.js';

const files = { 'study.yaml': 'remnant: 1\n', 'cells/a/matrix.mtx': '0123456789', 'cells/b.csv': 'x' };

function onDisk(): FileSource {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'cells/a'), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return nodeSource(folder);
}

function inBrowser(): FileSource {
  const dropped = Object.entries(files).map(([path, text]) => ({
    path: `chosen/${path}`,
    file: new File([text], 'x'),
  }));
  return droppedSource(dropped, 'chosen');
}

const inMemory = (): FileSource =>
  memorySource(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])));

describe.each([
  ['folder on disk', onDisk],
  ['files of a browser', inBrowser],
  ['memory', inMemory],
] as const)('a file source: %s', (_, open) => {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

  it('reads files whole and in part', async () => {
    const source = open();
    expect(text(await source.read('study.yaml'))).toBe('remnant: 1\n');
    expect(text(await source.read('./cells/../study.yaml'))).toBe('remnant: 1\n');
    expect(text(await source.readRange!('cells/a/matrix.mtx', 3, 4))).toBe('3456');
    expect(text(await source.readRange!('cells/a/matrix.mtx', 8, 100))).toBe('89');
    expect(await source.size('cells/a/matrix.mtx')).toBe(10);
  });

  it('tells files from folders and lists names', async () => {
    const source = open();
    expect(await Promise.all(['cells', 'cells/b.csv', 'cells/c', '.'].map((path) => source.kind(path)))).toEqual([
      'folder',
      'file',
      'missing',
      'folder',
    ]);
    expect(await source.list('cells')).toEqual(['a', 'b.csv']);
    expect(await source.list('.')).toEqual(['cells', 'study.yaml']);
  });

  it('says which path does not exist', async () => {
    const error: unknown = await open()
      .read('cells/none.csv')
      .catch((reason: unknown) => reason);
    expect(isRemnantError(error, 'format')).toBe(true);
    expect(String(error)).toContain('cells/none.csv: This path does not exist.');
  });
});

it('says when a folder is read as a file', async () => {
  await expect(onDisk().read('cells')).rejects.toThrow('cells: This is a folder where a file is needed.');
});

it('follows absolute paths', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.txt'), 'a');
  expect(await nodeSource(temporaryFolder()).size(join(folder, 'a.txt'))).toBe(1);
});
