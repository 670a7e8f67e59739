/** Against the C libraries, compiled to WebAssembly in numcodecs, which zarrita depends on: same bytes, every setting. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompressBlosc, decompressFramedLz4, decompressZstd } from './index.js';

interface Codec {
  fromConfig(settings: Readonly<Record<string, unknown>>): { encode(bytes: Uint8Array): Promise<Uint8Array> };
}

const load = async (name: string): Promise<Codec> =>
  ((await import(/* @vite-ignore */ `numcodecs/${name}`)) as { readonly default: Codec }).default;
const [zstd, blosc, lz4] = await Promise.all([load('zstd'), load('blosc'), load('lz4')]);

/** Bytes of different kinds: all alike, counts as floats, rising integers, words, noise. */
const kinds: readonly ((n: number, next: () => number) => Uint8Array)[] = [
  (n) => new Uint8Array(n).fill(7),
  (n, next) =>
    bytesOf(
      Float32Array.from({ length: n >> 2 }, () => (next() < 0.7 ? 0 : Math.floor(50 * next()))),
      n,
    ),
  (n, next) =>
    bytesOf(
      Int32Array.from({ length: n >> 2 }, (_, i) => 3 * i + Math.floor(3 * next())),
      n,
    ),
  (n, next) => new TextEncoder().encode(wordsOf(n, next)).subarray(0, n),
  (n, next) => Uint8Array.from({ length: n }, () => Math.floor(256 * next())),
];
const sizes = [0, 1, 5, 100, 1000, 4096, 70_000, 300_004];

function bytesOf(values: Float32Array | Int32Array, n: number): Uint8Array {
  const bytes = new Uint8Array(n);
  bytes.set(new Uint8Array(values.buffer));
  return bytes;
}

function wordsOf(n: number, next: () => number): string {
  const words = ['CD44', 'FOSL1', 'the ', 'quick ', 'MYC-', '\n'];
  let text = '';
  while (text.length < n)
    text += words[Math.floor(6 * next())]! + (next() < 0.1 ? String(Math.floor(1000 * next())) : '');
  return text;
}

/** A small linear congruential generator: the same bytes in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const samples = kinds.flatMap((make, kind) => sizes.map((n) => make(n, generator(1000 * kind + n + 1))));

describe('decompressZstd', () => {
  it.each([1, 3, 9, 19])('reads level %i', async (level) => {
    for (const sample of samples) {
      const packed = await zstd.fromConfig({ id: 'zstd', level }).encode(sample);
      expect(Buffer.compare(decompressZstd(packed), sample)).toBe(0);
    }
  });

  it('reads several frames and skips skippable ones', async () => {
    const frame = await zstd.fromConfig({ id: 'zstd', level: 3 }).encode(samples[11]!);
    const skippable = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9);
    const both = decompressZstd(Buffer.concat([frame, skippable, frame]));
    expect(Buffer.compare(both, Buffer.concat([samples[11]!, samples[11]!]))).toBe(0);
  });
});

describe('decompressBlosc', () => {
  const settings = ['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd'].flatMap((cname) =>
    [0, 1, 2].map((shuffle) => [cname, shuffle] as const),
  );

  it.each(settings)('reads %s with shuffle %i', async (cname, shuffle) => {
    for (const sample of samples) {
      const packed = await blosc.fromConfig({ id: 'blosc', cname, shuffle, clevel: 5, blocksize: 0 }).encode(sample);
      expect(Buffer.compare(decompressBlosc(packed), sample)).toBe(0);
    }
  });
});

it('decompressFramedLz4 reads what LZ4 writes', async () => {
  for (const sample of samples.filter(({ length }) => length > 0)) {
    const packed = await lz4.fromConfig({ id: 'lz4', acceleration: 1 }).encode(sample);
    expect(Buffer.compare(decompressFramedLz4(packed), sample)).toBe(0);
  }
});

it('damaged data give an error or other bytes, and end', async () => {
  const sample = samples[27]!;
  const packed = [
    [decompressZstd, await zstd.fromConfig({ id: 'zstd', level: 3 }).encode(sample)],
    [decompressBlosc, await blosc.fromConfig({ id: 'blosc', cname: 'lz4', clevel: 5 }).encode(sample)],
    [decompressBlosc, await blosc.fromConfig({ id: 'blosc', cname: 'zlib', clevel: 5 }).encode(sample)],
    [decompressBlosc, await blosc.fromConfig({ id: 'blosc', cname: 'blosclz', clevel: 5 }).encode(sample)],
    [decompressFramedLz4, await lz4.fromConfig({ id: 'lz4', acceleration: 1 }).encode(sample)],
  ] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...packed),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.boolean(),
      ([read, bytes], at, flip, cut) => {
        const damaged = Uint8Array.from(bytes);
        const place = at % bytes.length;
        damaged[place] = damaged[place]! ^ flip;
        try {
          read(cut ? damaged.subarray(0, place) : damaged);
        } catch (error) {
          expect((error as Error).name).toMatch(/^(FormatError|UnsupportedError)$/);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
