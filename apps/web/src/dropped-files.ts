import type { PathFile } from './protocol.js';

/** All files of a drop, folders walked. */
export async function filesOfDrop(transfer: DataTransfer): Promise<PathFile[]> {
  // The items are gone once this function waits: all are taken first.
  const taken = [...transfer.items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = taken.map(async ({ entry, file }) => {
    if (entry !== null) return walk(entry, '');
    return file === null ? [] : [{ path: file.name, file }];
  });
  return (await Promise.all(found)).flat();
}

/** All files of a file input; a chosen folder keeps its inner paths. */
export function filesOfInput(list: FileList): PathFile[] {
  return [...list].map((file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
    file,
  }));
}

/** The study file nearest to the top: a study by its usual name first, then any YAML file, then a sample sheet. */
export function findStudyFile(files: readonly Pick<PathFile, 'path'>[]): string | null {
  const depth = (path: string): number => path.split('/').length;
  for (const pattern of [/(^|\/)study\.(ya?ml|json)$/i, /\.ya?ml$/i, /(^|\/)samples\.(csv|tsv)$/i]) {
    const named = files.map(({ path }) => path).filter((path) => pattern.test(path));
    const found = named.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))[0];
    if (found !== undefined) return found;
  }
  return null;
}

async function walk(entry: FileSystemEntry, folder: string): Promise<PathFile[]> {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ path, file }];
  }
  const children = await childrenOf((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(children.map((child) => walk(child, path)))).flat();
}

/** A directory reader hands out its entries in batches of up to 100; an empty batch ends it. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}
