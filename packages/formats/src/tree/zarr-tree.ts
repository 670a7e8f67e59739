import { FormatError, isRemnantError, UnsupportedError } from '@remnant/engine';
import type { Array as ZarrArray, AsyncReadable, DataType, Location } from 'zarrita';
import { type FileSource, joinPath, openFile, type OpenFile } from '../source.js';
import { zarrDecoders } from '../codecs/index.js';
import { exactDoubles } from './h5-decode.js';
import type { ArrayNode, GroupNode, NumberArray, Tree, TreeNode } from './node.js';
import { openZip } from './zip.js';

/** Where the files of a Zarr store are. */
interface ZarrFiles {
  get(path: string): Promise<Uint8Array | undefined>;
  /** Part of a file; a sharded array is read in parts. */
  getRange(path: string, offset: number, length: number): Promise<Uint8Array | undefined>;
  size(path: string): Promise<number>;
  /** Names of the direct children of a folder. */
  list(folder: string): Promise<string[]>;
}

type Zarrita = typeof import('zarrita');

/** Opens a Zarr store (version 2 or 3), a folder or a zip archive, as a tree of groups and arrays. */
export async function openZarrTree(source: FileSource, path: string): Promise<Tree> {
  const isFolder = (await source.kind(path)) === 'folder';
  const files = isFolder ? folderFiles(source, path) : await zipFiles(source, path);
  const zarr = await loadZarrita();
  const context: ZarrContext = { zarr, files, file: path, root: zarr.root(readable(files)) };
  const root = await openNode(context, '');
  if (root?.kind !== 'group') {
    throw new FormatError('This is not a Zarr store.', {
      file: path,
      expected: 'zarr.json or .zgroup at its top',
      hint: 'Give the folder (or zip archive) that holds obs, var and X.',
    });
  }
  return { root, close: () => undefined };
}

/** zarrita with decoders that run under any Content-Security-Policy. */
async function loadZarrita(): Promise<Zarrita> {
  const zarr = await import('zarrita');
  for (const [name, decode] of Object.entries(zarrDecoders)) {
    const codec = { kind: 'bytes_to_bytes' as const, encode: notWritten, decode };
    zarr.registry.set(name, () => Promise.resolve({ kind: 'bytes_to_bytes', fromConfig: () => codec }));
  }
  return zarr;
}

function notWritten(): never {
  throw new UnsupportedError('Zarr stores are read, not written.');
}

interface ZarrContext {
  readonly zarr: Zarrita;
  readonly files: ZarrFiles;
  readonly file: string;
  readonly root: Location<AsyncReadable>;
}

function readable(files: ZarrFiles): AsyncReadable {
  return {
    get: async (key) => aligned(await files.get(key.slice(1))),
    getRange: async (key, range) => {
      const path = key.slice(1);
      if ('offset' in range) return aligned(await files.getRange(path, range.offset, range.length));
      const start = (await files.size(path)) - range.suffixLength;
      return aligned(await files.getRange(path, start, range.suffixLength));
    },
  };
}

/** Bytes that a typed array may be laid over: a part of a larger buffer may start anywhere. */
function aligned(bytes: Uint8Array | undefined): Uint8Array | undefined {
  return bytes === undefined || bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}

function folderFiles(source: FileSource, folder: string): ZarrFiles {
  const file = async (path: string): Promise<OpenFile | undefined> => {
    const full = joinPath(folder, path);
    return (await source.kind(full)) === 'file' ? openFile(source, full) : undefined;
  };
  return {
    get: async (path) => {
      const input = await file(path);
      return input?.read(0, input.size);
    },
    getRange: async (path, offset, length) => (await file(path))?.read(offset, length),
    size: async (path) => (await file(path))?.size ?? 0,
    list: (path) => source.list(joinPath(folder, path)),
  };
}

/** Files of a zip archive; an archive of one folder is read as that folder. */
async function zipFiles(source: FileSource, path: string): Promise<ZarrFiles> {
  const archive = await openZip(await openFile(source, path), path);
  const tops = new Set(archive.paths.map((inner) => inner.split('/')[0]));
  const [top = ''] = tops;
  const prefix = tops.size === 1 && archive.paths.every((inner) => inner.includes('/')) ? `${top}/` : '';
  return {
    get: (inner) => archive.read(prefix + inner),
    getRange: async (inner, offset, length) => (await archive.read(prefix + inner))?.subarray(offset, offset + length),
    size: async (inner) => (await archive.read(prefix + inner))?.length ?? 0,
    list: (folder) => {
      const start = prefix + (folder === '' ? '' : `${folder}/`);
      const inside = archive.paths.filter((inner) => inner.startsWith(start)).map((inner) => inner.slice(start.length));
      return Promise.resolve([...new Set(inside.map((inner) => inner.split('/')[0] as string))]);
    },
  };
}

async function openNode(context: ZarrContext, path: string): Promise<TreeNode | null> {
  const { zarr } = context;
  const node = await guard(context, async () => {
    try {
      return await zarr.open(context.root.resolve(path));
    } catch (error) {
      if (zarr.isZarritaError(error, 'NotFoundError')) return null;
      // What zarrita makes of a data type it does not know, such as records.
      if (error instanceof TypeError) throw notRead(context, path);
      throw error;
    }
  });
  if (node === null) return null;
  return node.kind === 'array' ? arrayNode(context, node, path) : groupNode(context, node.attrs, path);
}

function notRead(context: ZarrContext, path: string): UnsupportedError {
  return new UnsupportedError(`The array "${path}" is of a type that is not read.`, { file: context.file });
}

function groupNode(context: ZarrContext, attributes: Readonly<Record<string, unknown>>, path: string): GroupNode {
  return {
    kind: 'group',
    path: `/${path}`,
    attributes,
    keys: async () => (await context.files.list(path)).filter((name) => !/^(\.z|zarr\.json$)/.test(name)),
    get: (name) => openNode(context, path === '' ? name : `${path}/${name}`),
  };
}

function arrayNode(context: ZarrContext, array: ZarrArray<DataType, AsyncReadable>, path: string): ArrayNode {
  const type: string = array.dtype;
  return {
    kind: 'array',
    path: `/${path}`,
    shape: array.shape,
    chunkRows: array.chunks[0] ?? 1,
    holds: holds(type),
    bytesPerValue: Number(/\d+$/.exec(type)?.[0] ?? 64) / 8,
    attributes: array.attrs,
    numbers: async (from = 0, to = array.shape[0] ?? 1) =>
      asNumbers(await readRows(context, array, from, to), context, path).slice(),
    look: async (from, to, use) => {
      use(asNumbers(await readRows(context, array, from, to), context, path));
    },
    texts: async () =>
      Array.from((await readRows(context, array, 0, array.shape[0] ?? 1)) as Iterable<unknown>, asText),
    records: () => Promise.reject(new UnsupportedError('A Zarr array of records is not read.', { file: context.file })),
  };
}

async function readRows(
  context: ZarrContext,
  array: ZarrArray<DataType, AsyncReadable>,
  from: number,
  to: number,
): Promise<unknown> {
  const { zarr } = context;
  return guard(context, async () => {
    if (array.shape.length === 0) return [await zarr.get(array, [])];
    const rest = array.shape.slice(1).map(() => null);
    const chunk = await zarr.get(array, [zarr.slice(from, to), ...rest]);
    return rowMajor(chunk as Chunk);
  });
}

interface Chunk {
  readonly data: ArrayLike<unknown> & Iterable<unknown>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

/** The values in row-major order: arrays stored by column come back with other strides. */
function rowMajor(chunk: Chunk): ArrayLike<unknown> & Iterable<unknown> {
  const [rows = 0, columns = 1] = chunk.shape;
  if (chunk.shape.length !== 2 || (chunk.stride[0] === columns && chunk.stride[1] === 1)) return chunk.data;
  const [rowStride = 0, columnStride = 0] = chunk.stride;
  const source = chunk.data as unknown as Float64Array;
  const ordered = source.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) ordered[i * columns + j] = source[i * rowStride + j * columnStride] as number;
  }
  return ordered;
}

function asNumbers(data: unknown, context: ZarrContext, path: string): NumberArray {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return exactDoubles(data);
  if (ArrayBuffer.isView(data) && !(data instanceof DataView)) return data as NumberArray;
  const values = Array.from(data as Iterable<unknown>, Number);
  if (!values.some(Number.isNaN)) return Float64Array.from(values);
  throw new UnsupportedError(`The array "${path}" does not hold numbers.`, { file: context.file });
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function holds(type: string): ArrayNode['holds'] {
  if (type === 'bool') return 'booleans';
  if (type === 'string' || type.startsWith('v2:')) return 'texts';
  return /^(u?int|float)\d+$/.test(type) ? 'numbers' : 'other';
}

/** Turns errors of zarrita into ours. */
async function guard<T>(context: ZarrContext, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isRemnantError(error) || !context.zarr.isZarritaError(error)) throw error;
    if (isRemnantError(error.cause, 'unsupported', 'limit')) throw error.cause;
    if (context.zarr.isZarritaError(error, 'UnknownCodecError', 'UnsupportedError')) {
      throw new UnsupportedError(`This Zarr store uses something that is not read: ${error.message}.`, {
        file: context.file,
      });
    }
    throw new FormatError(
      'This Zarr store is damaged.',
      { file: context.file, hint: 'Copy or write it again.' },
      error,
    );
  }
}
