import type * as H5wasm from 'h5wasm';

/** What is used of Emscripten's in-memory file system, beyond what h5wasm declares. */
export interface MemoryFiles {
  createDataFile(
    folder: string,
    name: string,
    data: Uint8Array,
    canRead: boolean,
    canWrite: boolean,
    canOwn: boolean,
  ): void;
  lookupPath(path: string): { readonly node: MemoryFileNode };
  getStream(descriptor: number): { stream_ops: StreamOperations };
  readFile(path: string): Uint8Array;
  unlink(path: string): void;
  readonly ErrnoError: new (errno: number) => Error;
}

/** One file of the in-memory file system. */
export interface MemoryFileNode {
  /** Its bytes, and room to grow. */
  contents: Uint8Array;
  usedBytes: number;
  stream_ops: StreamOperations;
}

/** Reading and writing of an open file. */
export interface StreamOperations {
  read?(stream: unknown, buffer: Uint8Array, offset: number, length: number, position: number): number;
  write?(stream: unknown, buffer: Uint8Array, offset: number, length: number): number;
}

/** HDF5 compiled to WebAssembly. */
export interface H5 {
  readonly lib: typeof H5wasm;
  readonly module: Awaited<typeof H5wasm.ready>;
  readonly files: MemoryFiles;
  /** A file name not used before in the in-memory file system. */
  nextName(): string;
}

let loaded: Promise<H5> | null = null;

/** Loads HDF5, once. The binary is inside the module of h5wasm, so nothing is fetched. */
export function loadH5(): Promise<H5> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<H5> {
  const lib = await import('h5wasm');
  const module = await lib.ready;
  const files = module.FS as unknown as MemoryFiles;
  // HDF5 prints its error stack to standard error; failures are reported by status here, once and in words.
  const errors = files.getStream(2);
  errors.stream_ops = { ...errors.stream_ops, write: (_stream, _buffer, _offset, length) => length };
  let count = 0;
  return { lib, module, files, nextName: () => `remnant-${String(count++)}.h5` };
}
