import { UnsupportedError } from '@remnant/engine';
import type { Metadata } from 'h5wasm';
import type { FileSource } from '../source.js';
import { decodeNumbers, decodeRecords, decodeTexts, holds, viewNumbers } from './h5-decode.js';
import { type H5File, h5Failure, openH5File, type OpenH5Options } from './h5-file.js';
import type { ArrayNode, Attributes, GroupNode, Tree, TreeNode } from './node.js';

/** Opens an HDF5 file as a tree of groups and arrays. */
export async function openH5Tree(source: FileSource, path: string, options: OpenH5Options = {}): Promise<Tree> {
  const file = await openH5File(source, path, options);
  const close = (): void => {
    file.close();
  };
  try {
    return { root: await groupNode(file, '/'), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function groupNode(file: H5File, path: string): Promise<GroupNode> {
  const { lib } = file.h5;
  return {
    kind: 'group',
    path,
    attributes: await readAttributes(file, path),
    keys: () => file.run((id) => new lib.Group(id, path).keys()),
    get: (name) => openNode(file, path === '/' ? `/${name}` : `${path}/${name}`),
  };
}

async function openNode(file: H5File, path: string): Promise<TreeNode | null> {
  const { module } = file.h5;
  const type = await file.run((id) => module.get_type(id, path));
  if (type === module.H5G_GROUP) return groupNode(file, path);
  return type === module.H5G_DATASET ? arrayNode(file, path) : null;
}

async function arrayNode(file: H5File, path: string): Promise<ArrayNode> {
  const type = await file.run((id) => file.h5.module.get_dataset_metadata(id, path));
  const shape = type.shape ?? [];
  return {
    kind: 'array',
    path,
    shape,
    chunkRows: type.chunks?.[0] ?? null,
    holds: type.shape === null ? 'other' : holds(type),
    bytesPerValue: type.size,
    attributes: await readAttributes(file, path),
    numbers: (from = 0, to = shape[0] ?? 1) =>
      readRows(file, path, type, { from, to }, (pointer, n) => decodeNumbers(file.h5, pointer, n, type)),
    look: (from, to, use) =>
      readRows(file, path, type, { from, to }, (pointer, n) => {
        use(viewNumbers(file.h5, pointer, n, type));
      }),
    texts: () => readAll(file, path, type, (pointer, n) => decodeTexts(file.h5, pointer, n, type)),
    records: () => readAll(file, path, type, (pointer, n) => decodeRecords(file.h5, pointer, n, type)),
  };
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

type Decode<T> = (pointer: number, n: number) => T;

function readAll<T>(file: H5File, path: string, type: Metadata, decode: Decode<T>): Promise<T> {
  return readRows(file, path, type, { from: 0, to: type.shape?.[0] ?? 1 }, decode);
}

/** Reads rows into the memory of HDF5, checks the status that h5wasm itself ignores, and decodes them. */
function readRows<T>(file: H5File, path: string, type: Metadata, rows: Rows, decode: Decode<T>): Promise<T> {
  const { module } = file.h5;
  const shape = type.shape ?? [];
  const counts = shape.length === 0 ? [] : [rows.to - rows.from, ...shape.slice(1)];
  const n = counts.reduce((product, count) => product * count, 1);
  if (n === 0) return Promise.resolve(decode(0, 0));
  const bytes = n * type.size;
  if (bytes > 2 ** 31 - 2 ** 26) return Promise.reject(tooLarge(file.file, path, bytes));
  const selection = counts.length === 0 ? null : counts.map(BigInt);
  const offset = selection?.map((_, i) => (i === 0 ? BigInt(rows.from) : 0n)) ?? null;
  const strides = selection?.map(() => 1n) ?? null;
  return file.run((id) => {
    const pointer = module._malloc(bytes);
    if (pointer === 0) throw tooLarge(file.file, path, bytes);
    try {
      if (module.get_dataset_data(id, path, selection, offset, strides, BigInt(pointer)) < 0) throw h5Failure();
      const values = decode(pointer, n);
      if (type.vlen) {
        if (selection === null) module.reclaim_vlen_memory(id, path, '', BigInt(pointer));
        else module.reclaim_vlen_memory_count(id, path, '', BigInt(pointer), selection);
      }
      return values;
    } finally {
      module._free(pointer);
    }
  });
}

function tooLarge(file: string, path: string, bytes: number): UnsupportedError {
  return new UnsupportedError(`The array "${path}" cannot be read in one piece.`, {
    file,
    found: `${String(Math.round(bytes / 2 ** 20))} MiB`,
  });
}

async function readAttributes(file: H5File, path: string): Promise<Attributes> {
  const { lib, module } = file.h5;
  return file.run((id) => {
    const names = module.get_attribute_names(id, path);
    return Object.fromEntries(names.map((name) => [name, plain(new lib.Attribute(id, path, name).value)]));
  });
}

/** An attribute as plain values: numbers, texts and lists of them. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>, Number);
  return value;
}
