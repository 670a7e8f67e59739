import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memorySource, type OpenFile, openFile } from '../source.js';
import { beginningOf, type LineBlocks, readLines } from './line-blocks.js';

const fileOf = (bytes: Uint8Array): Promise<OpenFile> => openFile(memorySource({ x: bytes }), 'x');

async function textOf(blocks: LineBlocks): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const block of blocks) {
    text += decoder.decode(block);
  }
  return text;
}

async function wholeLines(blocks: LineBlocks): Promise<number> {
  let nBlocks = 0;
  for await (const block of blocks) {
    expect(block.at(-1)).toBe(10);
    nBlocks++;
  }
  return nBlocks;
}

const long = Array.from({ length: 700_000 }, (_, i) => `line ${String(i)}`).join('\n') + '\n';

describe('readLines', () => {
  it('gives the text back, plain and compressed', async () => {
    for (const bytes of [new TextEncoder().encode(long), gzipSync(long)]) {
      expect(await readLines(await fileOf(bytes), 'x', textOf)).toBe(long);
    }
  });

  it('hands compressed text over in several blocks of whole lines', async () => {
    expect(await readLines(await fileOf(gzipSync(long)), 'x', wholeLines)).toBeGreaterThan(1);
  });

  it('reads several gzip members', async () => {
    const several = Buffer.concat([gzipSync('a\n'), gzipSync(long), gzipSync('b\n')]);
    expect(await readLines(await fileOf(several), 'x', textOf)).toBe(`a\n${long}b\n`);
  });

  it('says that a file is truncated', async () => {
    const bytes = gzipSync(long);
    await expect(readLines(await fileOf(bytes.subarray(0, bytes.length >> 1)), 'x.gz', textOf)).rejects.toThrow(
      'x.gz: This gzip file is truncated or damaged.',
    );
  });

  it('keeps the error of the reading function', async () => {
    const fail = (): Promise<never> => Promise.reject(new TypeError('mine'));
    await expect(readLines(await fileOf(new TextEncoder().encode('a\n')), 'x', fail)).rejects.toThrow('mine');
  });
});

it('gives a first block of several lines, however long they are', async () => {
  const header = 'x'.repeat(5_000_000);
  for (const bytes of [new TextEncoder().encode(`${header}\n1\n2\n${long}`), gzipSync(`${header}\n1\n2\n${long}`)]) {
    let first: string | null = null;
    await readLines(await fileOf(bytes), 'x', async (blocks) => {
      for await (const block of blocks) first ??= new TextDecoder().decode(block);
    });
    expect(first!.startsWith(`${header}\n1\n2\n`)).toBe(true);
  }
});

it('decompresses the beginning of a file without reading all of it', async () => {
  const bytes = gzipSync(long);
  const { text, fileBytes } = await beginningOf(await fileOf(bytes), 'x');
  const start = new TextDecoder().decode(text);
  expect(start.length).toBeGreaterThan(1000);
  expect(long.startsWith(start)).toBe(true);
  expect(fileBytes).toBeLessThanOrEqual(bytes.length);
});

it('says that a file is damaged even if only its beginning is asked for', async () => {
  const bytes = gzipSync('a,b\n1,2\n').subarray(0, 20);
  await expect(beginningOf(await fileOf(bytes), 'x.gz')).rejects.toThrow(
    'x.gz: This gzip file is truncated or damaged.',
  );
});
