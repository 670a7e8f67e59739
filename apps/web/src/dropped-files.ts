/** One file with its path inside what the user dropped or chose. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

/** All files of a drop, folders walked. */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map((entry) => walk(entry, '')))).flat();
}

/** All files of a file input; a chosen folder keeps its inner paths. */
export function filesOfInput(list: FileList): DroppedFile[] {
  return [...list].map((file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
    file,
  }));
}

/** The study file nearest to the top: a YAML study first, then a sample sheet. */
export function findStudyFile(files: readonly DroppedFile[]): string | null {
  const depth = (path: string): number => path.split('/').length;
  for (const pattern of [/(^|\/)study\.ya?ml$/i, /\.ya?ml$/i, /(^|\/)samples\.(csv|tsv)$/i]) {
    const found = files.filter(({ path }) => pattern.test(path)).sort((a, b) => depth(a.path) - depth(b.path))[0];
    if (found !== undefined) return found.path;
  }
  return null;
}

async function walk(entry: FileSystemEntry, folder: string): Promise<DroppedFile[]> {
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
