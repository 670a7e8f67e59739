import { type BackwardBits, bitsAt, corrupt, openBackward, peek, takeBits } from './bit-reader.js';

/** Decoding table of finite-state entropy (RFC 8878, section 4.1). */
export interface FseTable {
  readonly accuracy: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

/** A table and the number of bytes its description took. */
export interface Described<T> {
  readonly table: T;
  readonly length: number;
}

/** Reads the description of an FSE table (RFC 8878, section 4.1.1). */
export function readFseTable(bytes: Uint8Array, largestAccuracy: number): Described<FseTable> {
  const accuracy = bitsAt(bytes, 0, 4) + 5;
  if (accuracy > largestAccuracy) throw corrupt();
  const frequencies: number[] = [];
  let position = 4;
  for (let remaining = 1 << accuracy; remaining > 0; ) {
    const width = 32 - Math.clz32(remaining + 1);
    const low = (1 << (width - 1)) - 1;
    const threshold = (1 << width) - 1 - (remaining + 1);
    let value = bitsAt(bytes, position, width);
    position += width;
    if ((value & low) < threshold) {
      value &= low;
      position--;
    } else if (value > low) value -= threshold;
    const frequency = value - 1;
    remaining -= Math.abs(frequency);
    frequencies.push(frequency);
    if (frequency === 0) position = readZeros(bytes, position, frequencies);
    if (frequencies.length > 256 || remaining < 0) throw corrupt();
  }
  return { table: buildFseTable(frequencies, accuracy), length: (position + 7) >> 3 };
}

/** After a frequency of zero, two-bit counts of further zeros follow until one is below three. */
function readZeros(bytes: Uint8Array, start: number, frequencies: number[]): number {
  for (let position = start; position < bytes.length * 8; ) {
    const repeats = bitsAt(bytes, position, 2);
    position += 2;
    for (let i = 0; i < repeats; i++) frequencies.push(0);
    if (repeats < 3) return position;
  }
  throw corrupt();
}

/** Spreads symbols over the states by their frequencies; −1 stands for "less than one". */
export function buildFseTable(frequencies: readonly number[], accuracy: number): FseTable {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  const next = Uint16Array.from(frequencies, (frequency) => Math.max(1, frequency));
  let high = size;
  frequencies.forEach((frequency, symbol) => {
    if (frequency === -1) symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let position = 0;
  frequencies.forEach((frequency, symbol) => {
    for (let i = 0; i < frequency; i++) {
      symbols[position] = symbol;
      do position = (position + step) & (size - 1);
      while (position >= high);
    }
  });
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] as number;
    const value = next[symbol] as number;
    next[symbol] = value + 1;
    const width = accuracy - (31 - Math.clz32(value));
    bits[state] = width;
    bases[state] = (value << width) - size;
  }
  return { accuracy, symbols, bits, bases };
}

/** A table that always gives one symbol. */
export function repeatedSymbol(symbol: number): FseTable {
  return { accuracy: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), bases: Uint16Array.of(0) };
}

/** The state that follows. */
export function nextState(table: FseTable, state: number, stream: BackwardBits): number {
  return (table.bases[state] as number) + takeBits(stream, table.bits[state] as number);
}

/** Decoding table of a Huffman code: symbol and length of the code that each `width` bits start with. */
export interface HuffmanTable {
  readonly width: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

/** Reads the description of a Huffman code (RFC 8878, section 4.2.1). */
export function readHuffmanTable(bytes: Uint8Array): Described<HuffmanTable> {
  const header = bytes[0] ?? 0;
  if (header < 128) {
    return { table: buildHuffmanTable(readFseWeights(bytes.subarray(1, 1 + header))), length: 1 + header };
  }
  const count = header - 127;
  const weights = Array.from({ length: count }, (_, i) => {
    const byte = bytes[1 + (i >> 1)] ?? 0;
    return i % 2 === 0 ? byte >> 4 : byte & 15;
  });
  return { table: buildHuffmanTable(weights), length: 1 + ((count + 1) >> 1) };
}

/** Weights compressed by two interleaved FSE states; the stream ends when a state would read past its start. */
function readFseWeights(bytes: Uint8Array): number[] {
  const { table, length } = readFseTable(bytes, 6);
  const stream = openBackward(bytes.subarray(length));
  const weights: number[] = [];
  const states = [takeBits(stream, table.accuracy), takeBits(stream, table.accuracy)];
  for (let turn = 0; weights.length < 255; turn ^= 1) {
    const state = states[turn] as number;
    weights.push(table.symbols[state] as number);
    states[turn] = nextState(table, state, stream);
    if (stream.left < 0) {
      weights.push(table.symbols[states[turn ^ 1] as number] as number);
      return weights;
    }
  }
  throw corrupt();
}

function buildHuffmanTable(given: readonly number[]): HuffmanTable {
  const total = given.reduce((sum, weight) => sum + (weight === 0 ? 0 : 1 << (weight - 1)), 0);
  const width = 32 - Math.clz32(total);
  const rest = (1 << width) - total;
  if (total === 0 || width > 11 || (rest & (rest - 1)) !== 0) throw corrupt();
  const weights = [...given, 32 - Math.clz32(rest)];
  const symbols = new Uint8Array(1 << width);
  const lengths = new Uint8Array(1 << width);
  let at = 0;
  for (let weight = 1; weight <= width; weight++) {
    weights.forEach((w, symbol) => {
      if (w !== weight) return;
      symbols.fill(symbol, at, at + (1 << (weight - 1)));
      lengths.fill(width + 1 - weight, at, at + (1 << (weight - 1)));
      at += 1 << (weight - 1);
    });
  }
  return { width, symbols, lengths };
}

/** Decodes one Huffman stream into the whole of `out`. */
export function decodeHuffman(bytes: Uint8Array, { width, symbols, lengths }: HuffmanTable, out: Uint8Array): void {
  const stream = openBackward(bytes);
  const mask = (1 << width) - 1;
  let left = stream.left - width;
  let i = 0;
  // A code of up to 11 bits lies within three bytes; near the start of the stream bits are missing.
  for (; i < out.length && left >= 0; i++) {
    const at = left >> 3;
    const word = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
    const code = (word >> (left & 7)) & mask;
    out[i] = symbols[code] as number;
    left -= lengths[code] as number;
  }
  for (; i < out.length; i++) {
    stream.left = left;
    const code = peek(stream, width);
    out[i] = symbols[code] as number;
    left -= lengths[code] as number;
  }
  if (left !== -width) throw corrupt();
}
