import { FormatError } from '@remnant/engine';

/** The error for compressed data that do not follow their format. */
export function corrupt(): FormatError {
  return new FormatError('These compressed data are damaged.');
}

/** `n` bits (at most 25) at a bit position, least significant first; bits outside the bytes are zero. */
export function bitsAt(bytes: Uint8Array, position: number, n: number): number {
  const at = position >> 3;
  const word =
    at + 3 < bytes.length
      ? (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)
      : (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
  return (word >>> (position & 7)) & ((1 << n) - 1);
}

/** Reads bits from the end of a Zstandard bit stream towards its start. */
export interface BackwardBits {
  readonly bytes: Uint8Array;
  /** Bits left; below zero once more were read than there are. */
  left: number;
}

/** Opens a backward bit stream: its last byte marks the end with its highest set bit. */
export function openBackward(bytes: Uint8Array): BackwardBits {
  const last = bytes.at(-1) ?? 0;
  if (last === 0) throw corrupt();
  return { bytes, left: bytes.length * 8 - 1 - (Math.clz32(last) - 24) };
}

/** The next `n` bits (at most 25); zeros beyond the start. */
export function takeBits(stream: BackwardBits, n: number): number {
  stream.left -= n;
  return peek(stream, n);
}

/** The `n` bits that start where the stream stands, without moving. */
export function peek({ bytes, left }: BackwardBits, n: number): number {
  if (left >= 0) return bitsAt(bytes, left, n);
  return -left >= n ? 0 : (bitsAt(bytes, 0, n + left) << -left) & ((1 << n) - 1);
}
