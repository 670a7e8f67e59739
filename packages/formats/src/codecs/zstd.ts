import { UnsupportedError } from '@remnant/engine';
import { bitsAt, corrupt, openBackward } from './bit-reader.js';
import {
  decodeHuffman,
  type FseTable,
  type HuffmanTable,
  readFseTable,
  readHuffmanTable,
  repeatedSymbol,
} from './zstd-entropy.js';
import { lengthBases, lengthBits, matchBases, matchBits, predefined } from './zstd-tables.js';

/**
 * Decompresses Zstandard (RFC 8878): all frames, without dictionaries; the optional checksum is not verified.
 * Written here because the WebAssembly codecs of zarrita build functions from text, which a page whose
 * Content-Security-Policy forbids evaluation, as the app's does, cannot run.
 *
 * @throws FormatError when the data are damaged
 * @throws UnsupportedError when they need a dictionary
 */
export function decompressZstd(bytes: Uint8Array): Uint8Array {
  const out: Output = { bytes: new Uint8Array(Math.max(1024, 4 * bytes.length)), length: 0 };
  for (let at = 0; at < bytes.length; ) at = readFrame(bytes, at, out);
  return out.bytes.subarray(0, out.length);
}

/** Decompressed bytes, growing as needed. */
interface Output {
  bytes: Uint8Array;
  length: number;
}

const largestBlock = 2 ** 17;

function readFrame(bytes: Uint8Array, start: number, out: Output): number {
  if (start + 8 > bytes.length) throw corrupt();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(start, true);
  if ((magic & 0xfffffff0) === 0x184d2a50) return start + 8 + view.getUint32(start + 4, true);
  if (magic !== 0xfd2fb528) throw corrupt();
  const flags = bytes[start + 4] as number;
  if ((flags & 3) !== 0) throw new UnsupportedError('Zstandard with a dictionary is not read.');
  const single = (flags & 0x20) !== 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6] as number;
  let at = start + 5 + (single ? 0 : 1) + sizeBytes;
  const frame: Frame = { start: out.length, offsets: [1, 4, 8], huffman: null, tables: [null, null, null] };
  for (let last = false; !last; ) {
    if (at + 3 > bytes.length) throw corrupt();
    const header = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
    last = (header & 1) === 1;
    at = readBlock(bytes, at + 3, (header >> 1) & 3, header >> 3, frame, out);
  }
  return (flags & 4) === 0 ? at : at + 4;
}

/** What carries over from block to block of a frame. */
interface Frame {
  /** Where in the output the frame starts; matches do not reach before it. */
  readonly start: number;
  readonly offsets: [number, number, number];
  huffman: HuffmanTable | null;
  /** Of literal lengths, offsets and match lengths. */
  readonly tables: [FseTable | null, FseTable | null, FseTable | null];
}

function readBlock(bytes: Uint8Array, at: number, type: number, size: number, frame: Frame, out: Output): number {
  const end = at + (type === 1 ? 1 : size);
  if (end > bytes.length || type === 3) throw corrupt();
  reserve(out, Math.max(size, largestBlock));
  if (type === 0) {
    out.bytes.set(bytes.subarray(at, end), out.length);
    out.length += size;
  } else if (type === 1) {
    out.bytes.fill(bytes[at] as number, out.length, out.length + size);
    out.length += size;
  } else readCompressedBlock(bytes.subarray(at, end), frame, out);
  return end;
}

function reserve(out: Output, more: number): void {
  if (out.length + more <= out.bytes.length) return;
  const grown = new Uint8Array(Math.max(2 * out.bytes.length, out.length + more));
  grown.set(out.bytes);
  out.bytes = grown;
}

function readCompressedBlock(block: Uint8Array, frame: Frame, out: Output): void {
  const { literals, length } = readLiterals(block, frame);
  const first = block[length] ?? 0;
  const second = block[length + 1] ?? 0;
  const [count, headerLength] =
    first < 128
      ? [first, 1]
      : first < 255
        ? [((first - 128) << 8) + second, 2]
        : [second + ((block[length + 2] ?? 0) << 8) + 0x7f00, 3];
  if (count === 0) {
    out.bytes.set(literals, out.length);
    out.length += literals.length;
    return;
  }
  const bitStream = readSequenceTables(block.subarray(length + headerLength), frame);
  runSequences(bitStream, count, literals, frame, out);
}

interface Literals {
  readonly literals: Uint8Array;
  /** Bytes of the block the section takes. */
  readonly length: number;
}

/** The literals section (RFC 8878, section 3.1.1.3.1). */
function readLiterals(block: Uint8Array, frame: Frame): Literals {
  const first = block[0] ?? 0;
  const type = first & 3;
  const format = (first >> 2) & 3;
  if (type >= 2) return readHuffmanLiterals(block, type === 3, format, frame);
  const header = format === 1 ? 2 : format === 3 ? 3 : 1;
  const size =
    header === 1 ? first >> 3 : (first >> 4) | ((block[1] ?? 0) << 4) | (header === 3 ? (block[2] ?? 0) << 12 : 0);
  if (type === 0) return { literals: block.subarray(header, header + size), length: header + size };
  return { literals: new Uint8Array(size).fill(block[header] ?? 0), length: header + 1 };
}

function readHuffmanLiterals(block: Uint8Array, reuse: boolean, format: number, frame: Frame): Literals {
  const width = [10, 10, 14, 18][format] as number;
  const header = [3, 3, 4, 5][format] as number;
  const low = [0, 1, 2, 3].reduce((word, i) => word | ((i < header ? (block[i] ?? 0) : 0) << (8 * i)), 0);
  const mask = (1 << width) - 1;
  const size = (low >>> 4) & mask;
  const compressed = width === 18 ? ((low >>> 22) | ((block[4] ?? 0) << 10)) & mask : (low >>> (4 + width)) & mask;
  const section = block.subarray(header, header + compressed);
  if (size > largestBlock || section.length !== compressed) throw corrupt();
  let at = 0;
  if (!reuse) {
    const { table, length } = readHuffmanTable(section);
    frame.huffman = table;
    at = length;
  }
  if (frame.huffman === null) throw corrupt();
  const literals = new Uint8Array(size);
  if (format === 0) decodeHuffman(section.subarray(at), frame.huffman, literals);
  else decodeFourStreams(section.subarray(at), frame.huffman, literals);
  return { literals, length: header + compressed };
}

function decodeFourStreams(section: Uint8Array, table: HuffmanTable, literals: Uint8Array): void {
  const part = (literals.length + 3) >> 2;
  let at = 6;
  for (let i = 0; i < 4; i++) {
    const size = (section[2 * i] ?? 0) | ((section[2 * i + 1] ?? 0) << 8);
    const end = i === 3 ? section.length : at + size;
    decodeHuffman(
      section.subarray(at, end),
      table,
      literals.subarray(i * part, i === 3 ? literals.length : (i + 1) * part),
    );
    at = end;
  }
}

/** Reads the three tables of a block (RFC 8878, section 3.1.1.3.2.1) and returns the bit stream after them. */
function readSequenceTables(section: Uint8Array, frame: Frame): Uint8Array {
  const modes = section[0] ?? 0;
  let rest = section.subarray(1);
  for (const kind of [0, 1, 2] as const) {
    const mode = (modes >> (6 - 2 * kind)) & 3;
    if (mode === 0) frame.tables[kind] = predefined[kind];
    else if (mode === 1) {
      frame.tables[kind] = repeatedSymbol(rest[0] ?? 0);
      rest = rest.subarray(1);
    } else if (mode === 2) {
      const { table, length } = readFseTable(rest, [9, 8, 9][kind] as number);
      frame.tables[kind] = table;
      rest = rest.subarray(length);
    }
  }
  return rest;
}

/**
 * Copies literals and matches, sequence by sequence (RFC 8878, section 3.1.1.4). One long loop over local variables:
 * nearly all the time of decompression is spent here.
 */
function runSequences(bytes: Uint8Array, count: number, literals: Uint8Array, frame: Frame, out: Output): void {
  const [lengths, offsets, matches] = frame.tables;
  if (lengths === null || offsets === null || matches === null) throw corrupt();
  let { left } = openBackward(bytes);
  let lengthState = bitsAt(bytes, (left -= lengths.accuracy), lengths.accuracy);
  let offsetState = bitsAt(bytes, (left -= offsets.accuracy), offsets.accuracy);
  let matchState = bitsAt(bytes, (left -= matches.accuracy), matches.accuracy);
  let literal = 0;
  for (let i = 0; i < count; i++) {
    const offsetCode = offsets.symbols[offsetState] as number;
    const matchCode = matches.symbols[matchState] as number;
    const lengthCode = lengths.symbols[lengthState] as number;
    if (offsetCode > 31 || matchCode > 52 || lengthCode > 35) throw corrupt();
    const matchWidth = matchBits[matchCode] as number;
    const lengthWidth = lengthBits[lengthCode] as number;
    const offsetValue = 2 ** offsetCode + longBitsAt(bytes, (left -= offsetCode), offsetCode);
    const match = (matchBases[matchCode] as number) + bitsAt(bytes, (left -= matchWidth), matchWidth);
    const length = (lengthBases[lengthCode] as number) + bitsAt(bytes, (left -= lengthWidth), lengthWidth);
    const offset = resolveOffset(offsetValue, length, frame.offsets);
    if (left < 0 || literal + length > literals.length) throw corrupt();
    reserve(out, length + match);
    copyLiterals(out, literals, literal, length);
    literal += length;
    copyMatch(out, offset, match, frame.start);
    if (i === count - 1) break;
    let width = lengths.bits[lengthState] as number;
    lengthState = (lengths.bases[lengthState] as number) + bitsAt(bytes, (left -= width), width);
    width = matches.bits[matchState] as number;
    matchState = (matches.bases[matchState] as number) + bitsAt(bytes, (left -= width), width);
    width = offsets.bits[offsetState] as number;
    offsetState = (offsets.bases[offsetState] as number) + bitsAt(bytes, (left -= width), width);
  }
  if (left !== 0) throw corrupt();
  reserve(out, literals.length - literal);
  copyLiterals(out, literals, literal, literals.length - literal);
}

/** Up to 31 bits. */
function longBitsAt(bytes: Uint8Array, position: number, n: number): number {
  return n <= 25
    ? bitsAt(bytes, position, n)
    : bitsAt(bytes, position + 16, n - 16) * 65_536 + bitsAt(bytes, position, 16);
}

/** The last three offsets may be named instead of written (RFC 8878, section 3.1.1.5). */
function resolveOffset(value: number, literalLength: number, recent: [number, number, number]): number {
  if (value > 3) {
    recent[2] = recent[1];
    recent[1] = recent[0];
    recent[0] = value - 3;
    return recent[0];
  }
  const index = value - 1 + (literalLength === 0 ? 1 : 0);
  if (index === 0) return recent[0];
  const offset = index === 3 ? recent[0] - 1 : (recent[index] as number);
  if (index > 1) recent[2] = recent[1];
  recent[1] = recent[0];
  recent[0] = offset;
  return offset;
}

/** Below this many bytes a loop is faster than a call. */
const shortCopy = 32;

function copyLiterals(out: Output, literals: Uint8Array, from: number, length: number): void {
  const { bytes } = out;
  if (length >= shortCopy) bytes.set(literals.subarray(from, from + length), out.length);
  else for (let i = 0; i < length; i++) bytes[out.length + i] = literals[from + i] as number;
  out.length += length;
}

function copyMatch(out: Output, offset: number, length: number, start: number): void {
  const { bytes } = out;
  let to = out.length;
  let from = to - offset;
  if (offset <= 0 || from < start) throw corrupt();
  const end = to + length;
  if (offset >= length && length >= shortCopy) bytes.copyWithin(to, from, from + length);
  else while (to < end) bytes[to++] = bytes[from++] as number;
  out.length = end;
}
