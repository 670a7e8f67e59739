import { LimitError, UnsupportedError } from '@remnant/engine';
import type { Metadata } from 'h5wasm';
import type { H5 } from './h5-module.js';
import type { NumberArray, RecordField } from './node.js';

/** HDF5 type classes (H5T_class_t). */
const integerClass = 0;
const floatClass = 1;
const stringClass = 3;
const compoundClass = 6;
const enumClass = 8;
const arrayClass = 10;

/** What the values of a type are to us. */
export function holds(type: Metadata): 'numbers' | 'booleans' | 'texts' | 'records' | 'other' {
  switch (type.type) {
    case integerClass:
    case floatClass:
      return 'numbers';
    case enumClass:
      return isBoolean(type) ? 'booleans' : 'numbers';
    case stringClass:
      return 'texts';
    case compoundClass:
      return 'records';
    default:
      return 'other';
  }
}

/** Copies `n` numbers out of the memory of HDF5. */
export function decodeNumbers(h5: H5, pointer: number, n: number, type: Metadata): NumberArray {
  return viewNumbers(h5, pointer, n, type).slice();
}

/** `n` numbers as they lie in the memory of HDF5: good until anything else is read. */
export function viewNumbers(h5: H5, pointer: number, n: number, type: Metadata): NumberArray {
  const { buffer } = h5.module.HEAPU8;
  const kind = type.type === enumClass ? integerClass : type.type;
  const key = `${kind === floatClass ? 'f' : type.signed ? 'i' : 'u'}${String(type.size)}`;
  switch (key) {
    case 'i1':
      return new Int8Array(buffer, pointer, n);
    case 'u1':
      return new Uint8Array(buffer, pointer, n);
    case 'i2':
      return new Int16Array(buffer, pointer, n);
    case 'u2':
      return new Uint16Array(buffer, pointer, n);
    case 'i4':
      return new Int32Array(buffer, pointer, n);
    case 'u4':
      return new Uint32Array(buffer, pointer, n);
    case 'i8':
      return exactDoubles(new BigInt64Array(buffer, pointer, n));
    case 'u8':
      return exactDoubles(new BigUint64Array(buffer, pointer, n));
    case 'f4':
      return new Float32Array(buffer, pointer, n);
    case 'f8':
      return new Float64Array(buffer, pointer, n);
    default:
      throw new UnsupportedError('This HDF5 file holds numbers of a size that is not read.', {
        found: `${String(8 * type.size)}-bit ${kind === floatClass ? 'floats' : 'integers'}`,
      });
  }
}

/** Reused for blocks of 64-bit integers: they make no array each. */
let scratch = new Float64Array(0);
const longestScratch = 2 ** 21;

/**
 * 64-bit integers as doubles; good until the next call.
 *
 * @throws LimitError when one is too large to be exact
 */
export function exactDoubles(values: BigInt64Array | BigUint64Array): Float64Array {
  const doubles = roomFor(values.length);
  const low = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const high =
    values instanceof BigInt64Array
      ? new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
      : new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let i = 0; i < doubles.length; i++) {
    const value = (high[2 * i + 1] as number) * 2 ** 32 + (low[2 * i] as number);
    if (!Number.isSafeInteger(value)) {
      throw new LimitError('An integer is too large to be held exactly.', {
        expected: 'at most 9007199254740991',
        found: String(values[i]),
      });
    }
    doubles[i] = value;
  }
  return doubles;
}

function roomFor(length: number): Float64Array {
  if (length > longestScratch) return new Float64Array(length);
  if (scratch.length < length) scratch = new Float64Array(length);
  return scratch.subarray(0, length);
}

/** Copies `n` texts out of the memory of HDF5, `stride` bytes apart. */
export function decodeTexts(h5: H5, pointer: number, n: number, type: Metadata, stride: number = type.size): string[] {
  const heap = h5.module.HEAPU8;
  const view = new DataView(heap.buffer);
  return Array.from({ length: n }, (_, i) => {
    const at = pointer + i * stride;
    if (!type.vlen) return fixedText(heap.subarray(at, at + type.size), type.strpad === 2);
    const text = view.getUint32(at, true);
    return text === 0 ? '' : h5.module.UTF8ToString(text);
  });
}

/** Copies `n` compound values out of the memory of HDF5, field by field. Fields of other kinds are left out. */
export function decodeRecords(h5: H5, pointer: number, n: number, type: Metadata): RecordField[] {
  const members = type.compound_type?.members ?? [];
  return members.flatMap((member): RecordField[] => {
    const element: Metadata = member.type === arrayClass && member.array_type ? member.array_type : member;
    const width = member.type === arrayClass ? (element.shape ?? []).reduce((product, size) => product * size, 1) : 1;
    const kind = holds(element);
    if (kind === 'other' || kind === 'records') return [];
    const at = pointer + member.offset;
    const texts = kind === 'texts' && width === 1 ? decodeTexts(h5, at, n, element, type.size) : [];
    const numbers = kind === 'texts' ? new Float64Array(0) : memberNumbers(h5, at, n, width, element, type.size);
    return [{ name: member.name, holds: kind, width, numbers, texts }];
  });
}

function memberNumbers(
  h5: H5,
  pointer: number,
  n: number,
  width: number,
  type: Metadata,
  stride: number,
): Float64Array {
  const view = new DataView(h5.module.HEAPU8.buffer);
  const read = memberReader(view, type);
  const values = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < width; k++) values[i * width + k] = read(pointer + i * stride + k * type.size);
  }
  return values;
}

function memberReader(view: DataView, type: Metadata): (at: number) => number {
  const little = type.littleEndian;
  const readers: Readonly<Record<string, (at: number) => number>> = {
    i1: (at) => view.getInt8(at),
    u1: (at) => view.getUint8(at),
    i2: (at) => view.getInt16(at, little),
    u2: (at) => view.getUint16(at, little),
    i4: (at) => view.getInt32(at, little),
    u4: (at) => view.getUint32(at, little),
    i8: (at) => Number(view.getBigInt64(at, little)),
    u8: (at) => Number(view.getBigUint64(at, little)),
    f4: (at) => view.getFloat32(at, little),
    f8: (at) => view.getFloat64(at, little),
  };
  const key = `${type.type === floatClass ? 'f' : type.signed ? 'i' : 'u'}${String(type.size)}`;
  const reader = readers[key];
  if (reader === undefined) throw new UnsupportedError('This HDF5 file holds numbers of a size that is not read.');
  return reader;
}

function isBoolean(type: Metadata): boolean {
  const members = type.enum_type?.members ?? {};
  return Object.keys(members).length === 2 && members['FALSE'] === 0 && members['TRUE'] === 1;
}

const decoder = new TextDecoder();

function fixedText(bytes: Uint8Array, spacePadded: boolean): string {
  const end = bytes.indexOf(0);
  const text = decoder.decode(end === -1 ? bytes : bytes.subarray(0, end));
  return spacePadded ? text.trimEnd() : text;
}
