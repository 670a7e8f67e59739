import { describe, expect, it } from 'vitest';
import { createSha256, hashParts, sha256Hex } from './hash.js';

describe('hashes', () => {
  it('agrees with the published vector of SHA-256', () => {
    expect(sha256Hex(new Uint8Array([0x61, 0x62, 0x63]))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is the same fed piece by piece', () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i);
    const running = createSha256();
    running.update(bytes.subarray(0, 333));
    running.update(bytes.subarray(333));
    expect(running.hex()).toBe(sha256Hex(bytes));
  });

  it('tells parts apart', () => {
    expect(hashParts(['ab', 'c'])).not.toBe(hashParts(['a', 'bc']));
    expect(hashParts([Float64Array.of(1, 2)])).toBe(hashParts([Float64Array.of(0, 1, 2).subarray(1)]));
  });
});
