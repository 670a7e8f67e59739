import { FormatError, type RunContext, throwIfAborted } from '@remnant/engine';

/** Where files come from: a folder on disk, the files dropped on the app, or memory. Paths are POSIX and relative. */
export interface FileSource {
  /** The whole content of one file. */
  read(path: string): Promise<Uint8Array>;
  /** Size of one file in bytes, without reading it. */
  size(path: string): Promise<number>;
  /** What the path names. */
  kind(path: string): Promise<'file' | 'folder' | 'missing'>;
  /** Names, not paths, of the direct children of a folder. */
  list(path: string): Promise<string[]>;
  /** Part of one file; lets size be estimated from headers without reading the rest. */
  readRange?(path: string, offset: number, length: number): Promise<Uint8Array>;
}

/**
 * Files held in memory, for tests and for the app.
 *
 * @param files - content by relative path; folders exist by holding a file
 */
export function memorySource(files: Readonly<Record<string, Uint8Array>>): FileSource {
  const contents = new Map(Object.entries(files).map(([path, bytes]) => [normalisePath(path), bytes]));
  const bytesOf = (path: string): Uint8Array => {
    const bytes = contents.get(normalisePath(path));
    if (bytes === undefined) throw missingFile(path);
    return bytes;
  };
  const childrenOf = (path: string): string[] => {
    const prefix = normalisePath(path) === '' ? '' : `${normalisePath(path)}/`;
    const names = [...contents.keys()].filter((p) => p.startsWith(prefix)).map((p) => p.slice(prefix.length));
    return [...new Set(names.map((name) => name.split('/')[0] as string))].sort();
  };
  return {
    read: (path) => settle(() => bytesOf(path)),
    size: (path) => settle(() => bytesOf(path).length),
    kind: (path) =>
      settle(() => {
        if (contents.has(normalisePath(path))) return 'file';
        return childrenOf(path).length > 0 ? 'folder' : 'missing';
      }),
    list: (path) => settle(() => childrenOf(path)),
    readRange: (path, offset, length) => settle(() => bytesOf(path).subarray(offset, offset + length)),
  };
}

/** A relative POSIX path without `.`, empty parts or a trailing slash; `..` is resolved where it can be. */
export function normalisePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Joins a folder and a name; a folder that is an absolute path stays one. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder.replace(/\/+$/, '')}/${name}`;
}

/** The error every reader gives for a path that does not exist. */
export function missingFile(path: string): FormatError {
  return new FormatError('This path does not exist.', {
    file: path,
    hint: 'Check its spelling; paths are relative to the study file.',
  });
}

/** The same files, read only as long as nobody asks to stop: the next reading then throws `AbortedError`. */
export function stoppable(source: FileSource, context: Pick<RunContext, 'signal'>): FileSource {
  if (context.signal === undefined) return source;
  const checked = <A extends readonly unknown[], T>(read: (...args: A) => Promise<T>): ((...args: A) => Promise<T>) => {
    return async (...args) => {
      throwIfAborted(context);
      return read(...args);
    };
  };
  return {
    ...source,
    read: checked((path: string) => source.read(path)),
    ...(source.readRange === undefined ? {} : { readRange: checked(source.readRange.bind(source)) }),
  };
}

/** Reads a file, or says that the path is missing or a folder. */
export async function readFile(source: FileSource, path: string): Promise<Uint8Array> {
  const kind = await source.kind(path);
  if (kind === 'missing') throw missingFile(path);
  if (kind === 'folder') throw new FormatError('This is a folder where a file is needed.', { file: path });
  return source.read(path);
}

/** A file opened for reading in parts. */
export interface OpenFile {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Opens a file for reading in parts; where the source cannot read ranges, the file is read once and kept. */
export async function openFile(source: FileSource, path: string): Promise<OpenFile> {
  const kind = await source.kind(path);
  if (kind === 'missing') throw missingFile(path);
  if (kind === 'folder') throw new FormatError('This is a folder where a file is needed.', { file: path });
  if (source.readRange !== undefined) {
    const readRange = source.readRange.bind(source);
    return { size: await source.size(path), read: (offset, length) => readRange(path, offset, length) };
  }
  const bytes = await source.read(path);
  return { size: bytes.length, read: (offset, length) => settle(() => bytes.subarray(offset, offset + length)) };
}

function settle<T>(compute: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(compute());
  });
}
