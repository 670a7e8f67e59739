import { type FileSource, missingFile, normalisePath } from '@remnant/formats';

/**
 * The files a user dropped or chose in a browser. Their paths are kept where the browser tells them
 * (`webkitRelativePath`, below the chosen folder); files chosen one by one are at the root.
 *
 * @param files - for instance the `files` of an `<input type="file" webkitdirectory>`
 */
export function fileListSource(files: readonly File[]): FileSource {
  const byPath = new Map(files.map((file) => [pathInFolder(file), file]));
  const fileAt = (path: string): File => {
    const file = byPath.get(normalisePath(path));
    if (file === undefined) throw missingFile(path);
    return file;
  };
  const children = (path: string): string[] => childrenOf([...byPath.keys()], normalisePath(path));
  return {
    read: async (path) => new Uint8Array(await fileAt(path).arrayBuffer()),
    size: async (path) => Promise.resolve(fileAt(path).size),
    kind: async (path) => {
      if (byPath.has(normalisePath(path))) return Promise.resolve('file');
      return Promise.resolve(children(path).length > 0 ? 'folder' : 'missing');
    },
    list: async (path) => Promise.resolve(children(path)),
    readRange: async (path, offset, length) =>
      new Uint8Array(
        await fileAt(path)
          .slice(offset, offset + length)
          .arrayBuffer(),
      ),
  };
}

/** The path below the chosen folder: its own name, the first part of `webkitRelativePath`, is dropped. */
function pathInFolder(file: File): string {
  return normalisePath(file.webkitRelativePath === '' ? file.name : file.webkitRelativePath.replace(/^[^/]*\//, ''));
}

function childrenOf(paths: readonly string[], folder: string): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  return [...new Set(below.map((path) => path.split('/')[0] as string))].sort();
}
