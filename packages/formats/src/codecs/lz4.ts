import { corrupt } from './bit-reader.js';

/**
 * Decompresses one LZ4 block (LZ4 block format 1.5) into exactly `size` bytes.
 *
 * @throws FormatError when the block is damaged
 */
export function decompressLz4(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  let to = 0;
  while (at < bytes.length) {
    const token = bytes[at++] as number;
    let literals = token >> 4;
    if (literals === 15) [literals, at] = extended(bytes, at, literals);
    if (at + literals > bytes.length || to + literals > size) throw corrupt();
    out.set(bytes.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at === bytes.length) break;
    const offset = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    at += 2;
    let length = token & 15;
    if (length === 15) [length, at] = extended(bytes, at, length);
    length += 4;
    if (offset === 0 || offset > to || to + length > size) throw corrupt();
    for (let from = to - offset, end = to + length; to < end; ) out[to++] = out[from++] as number;
  }
  if (to !== size) throw corrupt();
  return out;
}

/** LZ4 as numcodecs frames it: the size in four bytes, then one block. */
export function decompressFramedLz4(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) throw corrupt();
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  // A byte of LZ4 never stands for more than 255.
  if (size > 255 * bytes.length) throw corrupt();
  return decompressLz4(bytes.subarray(4), size);
}

/** A length that goes on in further bytes until one is below 255. */
function extended(bytes: Uint8Array, start: number, first: number): [number, number] {
  let length = first;
  for (let at = start; at < bytes.length; ) {
    const byte = bytes[at++] as number;
    length += byte;
    if (byte < 255) return [length, at];
  }
  throw corrupt();
}
