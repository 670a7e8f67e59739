import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { beginningOf, type LineBlocks, readLines } from './line-blocks.js';

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
      expect(await readLines(bytes, 'x', textOf)).toBe(long);
    }
  });

  it('hands compressed text over in several blocks of whole lines', async () => {
    expect(await readLines(gzipSync(long), 'x', wholeLines)).toBeGreaterThan(1);
  });

  it('reads several gzip members', async () => {
    const several = Buffer.concat([gzipSync('a\n'), gzipSync(long), gzipSync('b\n')]);
    expect(await readLines(several, 'x', textOf)).toBe(`a\n${long}b\n`);
  });

  it('says that a file is truncated', async () => {
    const bytes = gzipSync(long);
    await expect(readLines(bytes.subarray(0, bytes.length >> 1), 'x.gz', textOf)).rejects.toThrow(
      'x.gz: This gzip file is truncated or damaged.',
    );
  });

  it('keeps the error of the reading function', async () => {
    const fail = (): Promise<never> => Promise.reject(new TypeError('mine'));
    await expect(readLines(new TextEncoder().encode('a\n'), 'x', fail)).rejects.toThrow('mine');
  });
});

it('decompresses the beginning of a file that is cut', async () => {
  const bytes = gzipSync(long);
  const start = new TextDecoder().decode(await beginningOf(bytes.subarray(0, 20_000), bytes.length, 'x'));
  expect(start.length).toBeGreaterThan(1000);
  expect(long.startsWith(start)).toBe(true);
});

it('says that a whole file is truncated even if only its beginning is asked for', async () => {
  const bytes = gzipSync('a,b\n1,2\n').subarray(0, 20);
  await expect(beginningOf(bytes, bytes.length, 'x.gz')).rejects.toThrow(
    'x.gz: This gzip file is truncated or damaged.',
  );
});
