import { type Dataset, textColumn } from '@remnant/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeH5ad } from '../cells/write-h5ad.js';
import { type FileSource, memorySource } from '../source.js';
import { openH5Tree } from './h5-tree.js';
import { finishHeaders } from './h5-headers.js';
import { lookup3 } from './lookup3.js';
import { getArray, type NumberArray } from './node.js';

const n = 20_000;
const noise = Float32Array.from({ length: 2_000_000 }, (_, i) => Math.fround(Math.sin(i * 12.9898) * 43_758.5453));
const values = Float32Array.from({ length: n }, (_, i) => (i * 7919) % 104_729);
const dataset: Dataset = {
  X: {
    kind: 'csr',
    shape: [4, n],
    indptr: Uint32Array.of(0, n, n, n, n),
    indices: Uint32Array.from(values.keys()),
    data: values,
  },
  obsNames: ['a', 'b', 'c', 'd'],
  varNames: Array.from({ length: n }, (_, j) => `g${String(j)}`),
  obs: [textColumn('state', '', ['x', 'y', 'x', null])],
  var: [],
  layers: {},
  obsm: { X_noise: { kind: 'dense', shape: [4, noise.length / 4], data: noise } },
  uns: {},
  raw: null,
};
let bytes: Uint8Array;

beforeAll(async () => {
  bytes = await writeH5ad(dataset);
});

describe('a large HDF5 file', () => {
  it('is read block by block with the same values', async () => {
    const { source, bytesRead } = counted(bytes);
    const tree = await openH5Tree(source, 'x.h5ad', { wholeUpTo: 0 });
    const data = await getArray(tree.root, 'X/data');
    expect(data?.shape).toEqual([n]);
    const forShape = bytesRead();
    expect(same(await data?.numbers(), values)).toBe(true);
    expect(same(await (await getArray(tree.root, 'obsm/X_noise'))?.numbers(), noise)).toBe(true);
    expect(await (await getArray(tree.root, 'obs/_index'))?.texts()).toEqual(['a', 'b', 'c', 'd']);
    tree.close();
    expect(bytes.length).toBeGreaterThan(6e6);
    expect(forShape).toBeLessThan(bytes.length - 2 ** 21);
  });
});

describe('a damaged HDF5 file', () => {
  it('is refused when it is truncated', async () => {
    const source = memorySource({ 'x.h5ad': bytes.subarray(0, bytes.length >> 1) });
    for (const wholeUpTo of [0, Infinity]) {
      await expect(openH5Tree(source, 'x.h5ad', { wholeUpTo })).rejects.toThrow(
        'x.h5ad: This HDF5 file is truncated or damaged. Copy or download it again.',
      );
    }
  });

  it('gives an error where values cannot be decompressed, not the values of another file', async () => {
    const broken = bytes.slice();
    broken.fill(0x5a, bytes.length >> 1, (bytes.length >> 1) + 10_000);
    const tree = await openH5Tree(memorySource({ 'x.h5ad': broken }), 'x.h5ad');
    const array = await getArray(tree.root, 'obsm/X_noise');
    await expect(array?.numbers()).rejects.toThrow('truncated or damaged');
    tree.close();
  });
});

describe('finishHeaders', () => {
  it('makes files written at different times the same', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(Buffer.compare(await writeH5ad(dataset), bytes)).toBe(0);
  });

  it('leaves everything else alone', () => {
    const chance = new TextEncoder().encode('OHDR\u0002 is not always a header, whatever it looks like');
    const before = chance.slice();
    finishHeaders(chance);
    expect(chance).toEqual(before);
  });

  it('has the checksum of Jenkins', () => {
    const text = new TextEncoder().encode('Four score and seven years ago');
    expect(lookup3(text, 0, text.length)).toBe(0x17770551);
    expect(lookup3(text, 0, 0)).toBe(0xdeadbeef);
  });
});

/** A source that counts the bytes it hands out. */
function counted(content: Uint8Array): { readonly source: FileSource; readonly bytesRead: () => number } {
  const memory = memorySource({ 'x.h5ad': content });
  let total = 0;
  const readRange = async (path: string, offset: number, length: number): Promise<Uint8Array> => {
    const part = await memory.readRange!(path, offset, length);
    total += part.length;
    return part;
  };
  return { source: { ...memory, readRange }, bytesRead: () => total };
}

function same(found: NumberArray | undefined, expected: Float32Array): boolean {
  return found?.length === expected.length && expected.every((value, i) => value === found[i]);
}
