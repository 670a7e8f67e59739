import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openZip } from './tree/zip.js';
import { zipFiles } from './zip-files.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const files = { 'tables/b.csv': encode('b\n1\n'), 'report.html': encode('<p>é</p>'), 'tables/a.csv': encode('a\n') };

it('packs files that read back, in the order of their paths', async () => {
  const bytes = zipFiles(files);
  const archive = await openZip(
    { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) },
    'all.zip',
  );
  expect(archive.paths).toEqual(['report.html', 'tables/a.csv', 'tables/b.csv']);
  for (const [path, content] of Object.entries(files)) expect(await archive.read(path)).toEqual(content);
});

it('gives the same bytes whatever the order of the files, the clock and the time zone', () => {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  expect(sha256(zipFiles(reversed))).toBe(sha256(zipFiles(files)));
  expect(sha256(zipFiles(files))).toMatchInlineSnapshot(
    `"eb2b437f682e148228dae9355ff484074376ef768684976482476ca9837a0d13"`,
  );
});
