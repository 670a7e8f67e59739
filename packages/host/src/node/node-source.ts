import { open, readdir, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FormatError, UnsupportedError } from '@remnant/engine';
import { type FileSource, missingFile } from '@remnant/formats';

/**
 * The files of a folder on disk. Paths are relative to it; absolute paths and `..` are followed, since a study may
 * point at data elsewhere.
 *
 * @param root - folder, for instance the one that holds `study.yaml`
 */
export function nodeSource(root: string): FileSource {
  const at = (path: string): string => resolve(root, path);
  return {
    read: (path) => explained(path, () => readFile(at(path))),
    size: (path) => explained(path, async () => (await stat(at(path))).size),
    kind: (path) => kindOf(at(path)),
    list: (path) => explained(path, async () => (await readdir(at(path))).sort()),
    readRange: (path, offset, length) => explained(path, () => readRange(at(path), offset, length)),
  };
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'missing'> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    return 'file';
  } catch {
    return 'missing';
  }
}

async function readRange(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** Runs a file operation and words its failure for the reader of a study, not of an operating system. */
async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw readFailure(path, error);
  }
}

function readFailure(path: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missingFile(path);
    case 'EISDIR':
      return new FormatError('This is a folder where a file is needed.', { file: path });
    case 'EACCES':
    case 'EPERM':
      return new FormatError('This file may not be read.', { file: path, hint: 'Check its permissions.' });
    case 'ERR_FS_FILE_TOO_LARGE':
      return new UnsupportedError('This file is too large to be read at once (2 GiB).', {
        file: path,
        hint: 'Give the counts as .h5ad or 10x .h5, compressed.',
      });
    default:
      return error;
  }
}
