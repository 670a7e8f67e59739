import { LimitError, report, type RunContext, throwIfAborted, UnsupportedError } from '@remnant/engine';
import type { Group } from 'h5wasm';
import { booleanField, finishHeaders } from './h5-headers.js';
import { type H5, loadH5, type MemoryFileNode } from './h5-module.js';

/** Numbers that HDF5 arrays are written from. */
export type Numbers =
  | Uint8Array
  | Uint16Array
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** A long array, handed over in blocks of values. */
export interface NumberBlocks {
  readonly length: number;
  /** The values `[from, to)`; every block is of one kind of array. */
  block(from: number, to: number): Numbers;
}

/** A file being written. */
export interface H5Writer {
  readonly h5: H5;
  readonly root: Group;
  readonly context: WriteContext;
}

/** What a long writing may use: a signal to stop it, and someone to tell how far it is. */
export type WriteContext = Pick<RunContext, 'signal' | 'onProgress'>;

/** Values of one HDF5 chunk. */
const chunkValues = 2 ** 16;
/** Values written between two looks at the signal. */
export const longestBlock: number = 2 ** 20;
/** Higher levels take twice the time and, on counts and sorted indices, make no smaller file. */
const gzipLevel = 1;
const largestRoom = 2 ** 31;

/**
 * Writes an HDF5 file in memory and returns its bytes. The same content gives the same bytes.
 *
 * @param context - `rawBytes`: about how long the file would be uncompressed
 * @throws LimitError when the file grows beyond what can be held in memory
 * @throws AbortedError when the signal asks to stop
 */
export async function writeH5(
  context: WriteContext & { readonly rawBytes: number },
  write: (writer: H5Writer) => Promise<void>,
): Promise<Uint8Array> {
  const h5 = await loadH5();
  const name = h5.nextName();
  const file = new h5.lib.File(`/${name}`, 'w', { libver: 'v108' });
  const { node } = h5.files.lookupPath(`/${name}`);
  makeRoom(node, context.rawBytes);
  try {
    await write({ h5, root: file, context });
    requireStatus(h5.module.flush(file.file_id));
  } catch (error) {
    file.close();
    h5.files.unlink(`/${name}`);
    throw error instanceof RangeError ? tooLarge(error) : error;
  }
  file.close();
  h5.files.unlink(`/${name}`);
  // HDF5 cuts the file to its length when it is flushed, which leaves no room behind it.
  const bytes = node.contents.length === node.usedBytes ? node.contents : node.contents.slice(0, node.usedBytes);
  finishHeaders(bytes);
  return bytes;
}

/**
 * Room for the file before it is written: otherwise it is copied each time it has grown by an eighth. What is not used is
 * never touched, so it takes no memory. Where a host gives less, the file grows as it can.
 */
function makeRoom(node: MemoryFileNode, bytes: number): void {
  try {
    const room = new Uint8Array(Math.min(bytes, largestRoom));
    room.set(node.contents.subarray(0, node.usedBytes));
    node.contents = room;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

/** Adds the attributes by which AnnData knows what a node is. */
export function encode<T extends HasAttributes>(node: T, type: string, version: string): T {
  node.create_attribute('encoding-type', type);
  node.create_attribute('encoding-version', version);
  return node;
}

/** Anything that takes attributes. */
export interface HasAttributes {
  create_attribute: Group['create_attribute'];
}

/** Writes an array of numbers, long ones in compressed chunks. */
export async function writeNumbers(
  writer: H5Writer,
  place: Place,
  data: Numbers,
  shape: readonly number[] = [data.length],
): Promise<void> {
  await writeBlocks(writer, place, { length: data.length, block: (from, to) => data.subarray(from, to) }, shape);
}

/** Where a node goes. */
export interface Place {
  readonly parent: Group;
  readonly name: string;
}

/**
 * Writes an array block by block, so that only one block is held beside the file: short arrays in one piece, long ones in
 * compressed chunks. Between blocks the caller may stop it.
 *
 * @param shape - its first axis is cut into chunks
 */
export async function writeBlocks(
  writer: H5Writer,
  place: Place,
  numbers: NumberBlocks,
  shape: readonly number[] = [numbers.length],
): Promise<void> {
  const { parent, name } = place;
  if (numbers.length <= chunkValues) {
    const data = numbers.block(0, numbers.length);
    encode(parent.create_dataset({ name: checkedName(name), data, shape: [...shape] }), 'array', '0.2.0');
  } else await writeChunks(writer, place, numbers, shape);
}

async function writeChunks(
  { h5, context }: H5Writer,
  { parent, name }: Place,
  numbers: NumberBlocks,
  shape: readonly number[],
): Promise<void> {
  const [rows = 0, ...rest] = shape;
  const width = rest.reduce((product, size) => product * size, 1);
  const chunkRows = Math.max(1, Math.floor(chunkValues / width));
  const rowsAtOnce = Math.max(1, Math.floor(longestBlock / width / chunkRows)) * chunkRows;
  const node = parent.create_dataset({
    name: checkedName(name),
    data: numbers.block(0, 0),
    shape: [0, ...rest],
    maxshape: [...shape],
    chunks: [Math.min(rows, chunkRows), ...rest],
    compression: gzipLevel,
  });
  requireStatus(h5.module.resize_dataset(parent.file_id, node.path, shape.map(BigInt)));
  for (let from = 0; from < rows; from += rowsAtOnce) {
    throwIfAborted(context);
    report(context, `write ${node.path}`, from, rows, 'values');
    const to = Math.min(rows, from + rowsAtOnce);
    writeBlock(h5, parent.file_id, node.path, { block: numbers.block(from * width, to * width), from, shape });
    await nextTurn();
  }
  encode(node, 'array', '0.2.0');
}

function writeBlock(
  h5: H5,
  file: bigint,
  path: string,
  { block, from, shape }: { readonly block: Numbers; readonly from: number; readonly shape: readonly number[] },
): void {
  const rest = shape.slice(1);
  const width = rest.reduce((product, size) => product * size, 1);
  const count = [block.length / width, ...rest].map(BigInt);
  const offset = shape.map((_, axis) => (axis === 0 ? BigInt(from) : 0n));
  const strides = shape.map(() => 1n);
  withBytes(h5, block, (pointer) => {
    requireStatus(h5.module.set_dataset_data(file, path, count, offset, strides, pointer));
  });
}

/** Writes texts of any length. */
export function writeTexts({ parent, name }: Place, texts: readonly string[]): void {
  const node = parent.create_dataset({ name: checkedName(name), data: [...texts], shape: [texts.length], dtype: 'S' });
  encode(node, 'string-array', '0.2.0');
}

/** Writes booleans as h5py does: an enumeration of FALSE and TRUE over 8-bit integers. */
export function writeBooleans({ h5 }: H5Writer, { parent, name }: Place, values: readonly boolean[]): void {
  withBytes(h5, Uint8Array.from(values, Number), (pointer) => {
    const path = childPath(parent, name);
    requireStatus(h5.module.create_dataset(parent.file_id, path, pointer, booleanType([values.length])));
  });
  encode(nodeAt(parent, name), 'array', '0.2.0');
}

/** Writes one text, number or boolean. */
export function writeScalar({ h5 }: H5Writer, { parent, name }: Place, value: string | number | boolean): void {
  if (typeof value === 'boolean') {
    withBytes(h5, Uint8Array.of(Number(value)), (pointer) => {
      const path = childPath(parent, name);
      requireStatus(h5.module.create_dataset(parent.file_id, path, pointer, booleanType([])));
    });
    encode(nodeAt(parent, name), 'numeric-scalar', '0.2.0');
    return;
  }
  const dtype = typeof value === 'string' ? 'S' : '<d';
  const node = parent.create_dataset({ name: checkedName(name), data: value, shape: [], dtype });
  encode(node, typeof value === 'string' ? 'string' : 'numeric-scalar', '0.2.0');
}

/** Adds a boolean attribute. */
export function writeBooleanAttribute({ h5 }: H5Writer, group: Group, name: string, value: boolean): void {
  withBytes(h5, Uint8Array.of(Number(value)), (pointer) => {
    requireStatus(h5.module.create_attribute(group.file_id, group.path, name, pointer, booleanType([])));
  });
}

/** A new group. */
export function createGroup({ parent, name }: Place, encoding: string, version = '0.1.0'): Group {
  return encode(parent.create_group(checkedName(name)), encoding, version);
}

/** The type that {@link finishHeaders} turns into booleans. */
function booleanType(shape: readonly number[]): WriteMetadata {
  const base = { littleEndian: true, vlen: false, shape: null, maxshape: null, chunks: null, total_size: 1, size: 1 };
  const field = { ...base, name: booleanField, offset: 0, type: 0, signed: true };
  return {
    ...base,
    type: 6,
    signed: false,
    shape: shape.map(BigInt),
    compound_type: { nmembers: 1, members: [field] },
  };
}

type WriteMetadata = Parameters<H5['module']['create_dataset']>[3];

function withBytes(h5: H5, values: Numbers, use: (pointer: bigint) => void): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const pointer = h5.module._malloc(Math.max(1, bytes.length));
  if (pointer === 0) throw tooLarge();
  try {
    h5.module.HEAPU8.set(bytes, pointer);
    use(BigInt(pointer));
  } finally {
    h5.module._free(pointer);
  }
}

function childPath(parent: Group, name: string): string {
  return `${parent.path === '/' ? '' : parent.path}/${checkedName(name)}`;
}

function nodeAt(parent: Group, name: string): HasAttributes {
  return parent.get(name) as unknown as HasAttributes;
}

function checkedName(name: string): string {
  if (!name.includes('/') && name !== '' && name !== '.') return name;
  throw new UnsupportedError('HDF5 cannot hold this name.', {
    expected: 'a name without a slash',
    found: JSON.stringify(name),
  });
}

function requireStatus(status: number): void {
  if (status < 0) throw tooLarge();
}

function tooLarge(cause?: RangeError): LimitError {
  return new LimitError('This HDF5 file is too large to be written.', {
    expected: 'a file that fits in memory, about 2 GiB',
    ...(cause === undefined ? {} : { found: cause.message }),
    hint: 'Write fewer layers, or fewer samples in one file.',
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
