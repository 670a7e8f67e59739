import { FormatError, isRemnantError } from '@remnant/engine';
import { type FileSource, openFile, type OpenFile } from '../source.js';
import { type H5, loadH5, type MemoryFileNode } from './h5-module.js';

/** An open HDF5 file. */
export interface H5File {
  readonly h5: H5;
  readonly id: bigint;
  /** Name for messages. */
  readonly file: string;
  /**
   * Runs a synchronous HDF5 operation, fetching the parts of the file it turns out to need.
   * The operation throws `h5Failure()` when HDF5 reports an error.
   */
  run<T>(operation: (id: bigint) => T): Promise<T>;
  close(): void;
}

/** How an HDF5 file is opened. */
export interface OpenH5Options {
  /** Files up to this size are read whole; larger ones in blocks, as they are needed. */
  readonly wholeUpTo?: number;
}

const defaultWholeUpTo = 2 ** 25;
const blockBytes = 2 ** 20;
const readAhead = 4;
const blocksKept = 64;
const inputOutputError = 29;

const failure = Symbol('HDF5 failure');

/** What an operation throws when HDF5 returned an error status. */
export function h5Failure(): Error {
  return Object.assign(new FormatError('HDF5 reported an error.'), { [failure]: true });
}

/**
 * Opens an HDF5 file. Small files are held whole without a copy. Larger ones stay where they are: HDF5 reads
 * synchronously and sources do not, so an operation that meets a missing block fails, the block is fetched, and the
 * operation is run again.
 *
 * @throws FormatError when the file is truncated or is not HDF5
 */
export async function openH5File(source: FileSource, path: string, options: OpenH5Options = {}): Promise<H5File> {
  const h5 = await loadH5();
  const input = await openFile(source, path);
  const name = h5.nextName();
  const blocks = input.size <= (options.wholeUpTo ?? defaultWholeUpTo) ? null : createBlocks(h5, input);
  const data = blocks === null ? await input.read(0, input.size) : new Uint8Array(0);
  h5.files.createDataFile('/', name, data, true, false, true);
  blocks?.attach(h5.files.lookupPath(`/${name}`).node);
  const remove = (): void => {
    h5.files.unlink(`/${name}`);
  };
  const attempt = async <T>(operation: () => T): Promise<T> => {
    for (;;) {
      const result = tryOnce(operation);
      if (blocks !== null && (await blocks.fetchMissing())) continue;
      blocks?.evict();
      if ('value' in result) return result.value;
      throw result.error instanceof Error && isRemnantError(result.error) && !(failure in result.error)
        ? result.error
        : damaged(path, result.error);
    }
  };
  try {
    const id = await attempt(() => openId(h5, name));
    const close = (): void => {
      h5.module.close_file(id);
      remove();
    };
    return { h5, id, file: path, run: (operation) => attempt(() => operation(id)), close };
  } catch (error) {
    remove();
    throw error;
  }
}

function openId(h5: H5, name: string): bigint {
  const id = h5.module.open(`/${name}`, h5.module.H5F_ACC_RDONLY, false, -1, -1);
  if (id < 0n) throw h5Failure();
  return id;
}

function tryOnce<T>(operation: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: operation() };
  } catch (error) {
    return { error };
  }
}

function damaged(file: string, cause: unknown): FormatError {
  const hint = 'Copy or download it again.';
  return new FormatError('This HDF5 file is truncated or damaged.', { file, hint }, cause);
}

/** The parts of a file that are in memory, and the ones an operation missed. */
interface Blocks {
  attach(node: MemoryFileNode): void;
  /** Fetches what was missed since the last call; false when nothing was. */
  fetchMissing(): Promise<boolean>;
  /** Forgets the oldest blocks beyond the number kept. Only between operations: a running one may need them all. */
  evict(): void;
}

function createBlocks(h5: H5, input: OpenFile): Blocks {
  const held = new Map<number, Uint8Array>();
  const missing = new Set<number>();
  const read = (_stream: unknown, buffer: Uint8Array, offset: number, length: number, position: number): number => {
    const end = Math.min(position + length, input.size);
    for (let at = position; at < end; ) {
      const index = Math.floor(at / blockBytes);
      const block = held.get(index);
      if (block === undefined) {
        missing.add(index);
        throw new h5.files.ErrnoError(inputOutputError);
      }
      const part = block.subarray(at - index * blockBytes, Math.min(blockBytes, end - index * blockBytes));
      buffer.set(part, offset + at - position);
      at += part.length;
    }
    return Math.max(0, end - position);
  };
  return {
    attach: (node) => {
      node.usedBytes = input.size;
      node.stream_ops = { ...node.stream_ops, read };
    },
    fetchMissing: async () => {
      if (missing.size === 0) return false;
      for (const index of missing) await fetchBlocks(input, index, held);
      missing.clear();
      return true;
    },
    evict: () => {
      for (const index of held.keys()) {
        if (held.size <= blocksKept) return;
        held.delete(index);
      }
    },
  };
}

async function fetchBlocks(input: OpenFile, first: number, held: Map<number, Uint8Array>): Promise<void> {
  const bytes = await input.read(first * blockBytes, readAhead * blockBytes);
  for (let i = 0; i * blockBytes < bytes.length; i++) {
    held.set(first + i, bytes.subarray(i * blockBytes, (i + 1) * blockBytes));
  }
}
