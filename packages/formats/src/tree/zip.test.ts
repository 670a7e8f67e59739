import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { memorySource, openFile } from '../source.js';
import { openZip, type ZipArchive } from './zip.js';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const open = async (bytes: Uint8Array): Promise<ZipArchive> =>
  openZip(await openFile(memorySource({ 'a.zip': bytes }), 'a.zip'), 'a.zip');

describe('openZip', () => {
  const bytes = zipSync({
    'obs/zarr.json': text('{}'),
    'X/c/0': [text('a'.repeat(10_000)), { level: 9 }],
    stored: [text('as is'), { level: 0 }],
    'folder/': new Uint8Array(0),
  });

  it('lists files and reads stored and deflated ones', async () => {
    const archive = await open(bytes);
    expect([...archive.paths].sort()).toEqual(['X/c/0', 'obs/zarr.json', 'stored']);
    expect(await archive.read('stored')).toEqual(text('as is'));
    expect(await archive.read('X/c/0')).toHaveLength(10_000);
    expect(await archive.read('none')).toBeUndefined();
  });

  it('takes the last file of a name', async () => {
    const [first, second] = [zipSync({ a: text('old') }, { level: 0 }), zipSync({ a: text('new') }, { level: 0 })];
    const archive = await open(joinedArchives(first, second));
    expect(archive.paths).toEqual(['a']);
    expect(await archive.read('a')).toEqual(text('new'));
  });

  it('says that an archive is truncated or damaged', async () => {
    await expect(open(bytes.subarray(0, bytes.length - 40))).rejects.toThrow(
      'a.zip: This zip archive is truncated or damaged.',
    );
    const damaged = bytes.slice();
    damaged.fill(0x55, 60, 90);
    const archive = await open(damaged);
    await expect(Promise.all(archive.paths.map((path) => archive.read(path)))).rejects.toThrow('truncated or damaged');
  });
});

/** Two archives of one stored file each as one archive, with both entries in its directory. */
function joinedArchives(first: Uint8Array, second: Uint8Array): Uint8Array {
  const [a, b] = [directoryOf(first), directoryOf(second)];
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first.subarray(0, a.start));
  bytes.set(second.subarray(0, b.start), a.start);
  const start = a.start + b.start;
  bytes.set(first.subarray(a.start, a.end), start);
  bytes.set(second.subarray(b.start, b.end), start + a.end - a.start);
  const end = start + a.end - a.start + b.end - b.start;
  bytes.set(second.subarray(b.end), end);
  const view = new DataView(bytes.buffer);
  view.setUint32(start + a.end - a.start + 42, a.start, true);
  view.setUint32(end + 12, end - start, true);
  view.setUint32(end + 16, start, true);
  return bytes.subarray(0, end + 22);
}

function directoryOf(bytes: Uint8Array): { readonly start: number; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = bytes.length - 22;
  return { start: view.getUint32(end + 16, true), end };
}
