import { type FileSource, joinPath, missingFile, normalisePath } from '@remnant/formats';
import type { PathFile } from '../protocol.js';

/**
 * The files a user gave, read only when needed and in parts. Paths are relative to a folder among them, and may leave it
 * by `..` as they may on disk.
 *
 * @param root - folder of the study file
 */
export function droppedSource(files: readonly PathFile[], root: string): FileSource {
  const byPath = new Map(files.map(({ path, file }) => [normalisePath(path), file]));
  const at = (path: string): string => normalisePath(joinPath(root, path));
  const fileAt = (path: string): Blob => {
    const file = byPath.get(at(path));
    if (file === undefined) throw missingFile(path);
    return file;
  };
  const children = (path: string): string[] => childrenOf([...byPath.keys()], at(path));
  const kindOf = (path: string): 'file' | 'folder' | 'missing' => {
    if (byPath.has(at(path))) return 'file';
    return children(path).length > 0 ? 'folder' : 'missing';
  };
  return {
    read: async (path) => new Uint8Array(await fileAt(path).arrayBuffer()),
    size: async (path) => Promise.resolve(fileAt(path).size),
    kind: (path) => Promise.resolve(kindOf(path)),
    list: (path) => Promise.resolve(children(path)),
    readRange: async (path, offset, length) =>
      new Uint8Array(
        await fileAt(path)
          .slice(offset, offset + length)
          .arrayBuffer(),
      ),
  };
}

function childrenOf(paths: readonly string[], folder: string): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  return [...new Set(below.map((path) => path.split('/')[0] as string))].sort();
}
