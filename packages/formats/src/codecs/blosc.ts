import { UnsupportedError } from '@remnant/engine';
import { unzlibSync } from 'fflate';
import { corrupt } from './bit-reader.js';
import { decompressLz4 } from './lz4.js';
import { decompressZstd } from './zstd.js';

const headerLength = 16;
const largestBuffer = 2 ** 31 - 1;
const largestSplit = 16;
const smallestPart = 128;
/** Distances from here on are written in sixteen bits (BloscLZ). */
const farDistance = 8191;

/**
 * Decompresses a Blosc 1 buffer (C-Blosc 1.21, README_CHUNK_FORMAT): blosclz, lz4, zlib or zstd inside, with byte or bit
 * shuffle.
 *
 * @throws FormatError when the data are damaged
 * @throws UnsupportedError for a compressor that is not read
 */
export function decompressBlosc(bytes: Uint8Array): Uint8Array {
  if (bytes.length < headerLength) throw corrupt();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = bytes[2] as number;
  const typeSize = bytes[3] as number;
  const size = view.getUint32(4, true);
  const blockSize = view.getUint32(8, true);
  if (size > largestBuffer || typeSize === 0 || (size > 0 && blockSize === 0)) throw corrupt();
  if ((flags & 2) !== 0) return bytes.slice(headerLength, headerLength + size);
  const out = new Uint8Array(size);
  for (let from = 0, block = 0; from < size; from += blockSize, block++) {
    if (headerLength + 4 * block + 4 > view.byteLength) throw corrupt();
    const start = view.getUint32(headerLength + 4 * block, true);
    const blockLength = Math.min(blockSize, size - from);
    const isWhole = blockLength === blockSize;
    const isSplit = (flags & 16) === 0 && isWhole && typeSize <= largestSplit && blockSize / typeSize >= smallestPart;
    const data = readParts(view, start, blockLength, isSplit ? typeSize : 1, flags >> 5);
    out.set(unshuffle(data, typeSize, flags), from);
  }
  return out;
}

/** A block is one part, or one part per byte of its type. */
function readParts(view: DataView, start: number, length: number, nParts: number, compressor: number): Uint8Array {
  const data = new Uint8Array(length);
  const partLength = Math.floor(length / nParts);
  let at = start;
  for (let part = 0; part < nParts; part++) {
    if (at + 4 > view.byteLength) throw corrupt();
    const size = view.getUint32(at, true);
    at += 4;
    if (at + size > view.byteLength) throw corrupt();
    const bytes = new Uint8Array(view.buffer, view.byteOffset + at, size);
    data.set(size === partLength ? bytes : decompress(bytes, partLength, compressor), part * partLength);
    at += size;
  }
  return data;
}

function decompress(bytes: Uint8Array, size: number, compressor: number): Uint8Array {
  const out = decompressAny(bytes, size, compressor);
  if (out.length !== size) throw corrupt();
  return out;
}

function decompressAny(bytes: Uint8Array, size: number, compressor: number): Uint8Array {
  switch (compressor) {
    case 0:
      return decompressBloscLz(bytes, size);
    case 1:
      return decompressLz4(bytes, size);
    case 3:
      return unzlib(bytes, size);
    case 4:
      return decompressZstd(bytes);
    default:
      throw new UnsupportedError('Blosc with this compressor is not read.', {
        expected: 'blosclz, lz4, zlib or zstd',
        found: compressor === 2 ? 'snappy' : `compressor ${String(compressor)}`,
      });
  }
}

function unzlib(bytes: Uint8Array, size: number): Uint8Array {
  try {
    return unzlibSync(bytes, new Uint8Array(size));
  } catch {
    throw corrupt();
  }
}

/** BloscLZ, a variant of FastLZ: runs of literals, and matches with a length and a distance. */
function decompressBloscLz(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 1;
  let to = 0;
  let control = (bytes[0] ?? 0) & 31;
  for (;;) {
    if (control < 32) {
      const literals = control + 1;
      if (at + literals > bytes.length || to + literals > size) throw corrupt();
      out.set(bytes.subarray(at, at + literals), to);
      at += literals;
      to += literals;
    } else {
      let length = (control >> 5) - 1;
      let distance = (control & 31) << 8;
      if (length === 6) {
        let code: number;
        do {
          code = bytes[at++] ?? 0;
          length += code;
        } while (code === 255);
      }
      const low = bytes[at++] ?? 0;
      if (low === 255 && distance === 31 << 8) {
        distance = ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0) + farDistance;
        at += 2;
      } else distance += low;
      length += 3;
      let from = to - distance - 1;
      if (from < 0 || to + length > size) throw corrupt();
      for (const end = to + length; to < end; ) out[to++] = out[from++] as number;
    }
    if (at >= bytes.length) break;
    control = bytes[at++] as number;
  }
  if (to !== size) throw corrupt();
  return out;
}

function unshuffle(data: Uint8Array, typeSize: number, flags: number): Uint8Array {
  if ((flags & 1) !== 0 && typeSize > 1) return unshuffleBytes(data, typeSize);
  return (flags & 4) !== 0 && data.length >= typeSize ? unshuffleBits(data, typeSize) : data;
}

/** Byte `j` of every value lies together. */
function unshuffleBytes(data: Uint8Array, typeSize: number): Uint8Array {
  const n = Math.floor(data.length / typeSize);
  const out = data.slice();
  for (let j = 0, from = 0; j < typeSize; j++) {
    for (let to = j; to < n * typeSize; to += typeSize) out[to] = data[from++] as number;
  }
  return out;
}

/** Bit `b` of byte `j` of every value lies together; a block whose number of values is no multiple of eight is as it is. */
function unshuffleBits(data: Uint8Array, typeSize: number): Uint8Array {
  const n = Math.floor(data.length / typeSize);
  if (n % 8 !== 0) return data;
  const out = data.slice();
  out.fill(0, 0, n * typeSize);
  for (let row = 0, from = 0; row < 8 * typeSize; row++) {
    const byte = row >> 3;
    const bit = row & 7;
    for (let i = 0; i < n; i += 8) {
      const bits = data[from++] as number;
      for (let k = 0; k < 8; k++) {
        const to = (i + k) * typeSize + byte;
        out[to] = (out[to] as number) | (((bits >> k) & 1) << bit);
      }
    }
  }
  return out;
}
