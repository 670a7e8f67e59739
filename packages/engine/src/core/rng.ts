import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { log } from './pinned-math.js';

/** A seeded stream of random numbers. Streams are split by label and block, so the answer never depends on who draws first. */
export interface Rng {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer on 0 … n − 1. */
  integer(n: number): number;
  /** Standard normal (Marsaglia's polar method on pinned logarithms). */
  normal(): number;
  /** An independent stream named by a label and an optional block number; does not advance this stream. */
  split(label: string, block?: number): Rng;
}

/**
 * Makes the stream named `label` of a seed. Same seed, label and block: same numbers, in every host and for any number of workers.
 *
 * @param seed - any integer; it is printed in every result
 * @param label - what the stream is for, for instance `programme/vote`
 * @param block - the block of work the stream belongs to
 */
export function createRng(seed: number, label = '', block = 0): Rng {
  return fromKey(`${String(seed)}/${label}#${String(block)}`);
}

/** Fisher–Yates shuffle of `items`, in place. */
export function shuffleInPlace<T>(items: T[] | Float64Array | Int32Array | Uint32Array, rng: Rng): void {
  const values = items as T[];
  for (let i = values.length - 1; i > 0; i--) {
    const j = rng.integer(i + 1);
    const held = values[i] as T;
    values[i] = values[j] as T;
    values[j] = held;
  }
}

function fromKey(key: string): Rng {
  const generator = xoroshiro128plusFromState(hash128(key));
  let spare: number | null = null;
  const uniform = (): number => uniformFloat64(generator);
  return {
    uniform,
    integer: (n) => uniformInt(generator, 0, n - 1),
    normal: () => {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s >= 1 || s === 0) continue;
        const scale = Math.sqrt((-2 * log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
    split: (label, block = 0) => fromKey(`${key}/${label}#${String(block)}`),
  };
}

/** MurmurHash3's 32-bit mixing run four times from different starts: enough to seed 128 bits of state from a name. */
function hash128(key: string): number[] {
  return [0x9747b28c, 0x3c6ef372, 0x1b873593, 0xe6546b64].map((start) => hash32(key, start) | 0);
}

function hash32(key: string, start: number): number {
  let h = start;
  for (let i = 0; i < key.length; i++) {
    let k = Math.imul(key.charCodeAt(i), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = Math.imul(h, 5) + 0xe6546b64;
  }
  h ^= key.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
