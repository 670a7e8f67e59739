import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** Whether a path exists. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** POSIX paths of all files below a folder, relative to it, sorted; none when it does not exist. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/**
 * Moves every file below a folder to the same place below another, over what is there.
 *
 * @param last - path of the file that is moved after all others, when there is one
 */
export async function moveFiles(from: string, to: string, last?: string): Promise<void> {
  const paths = await filesBelow(from);
  const ordered = [...paths.filter((path) => path !== last), ...paths.filter((path) => path === last)];
  for (const path of ordered) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await rename(join(from, path), join(to, path));
  }
}

/** Removes a folder that holds nothing; leaves any other alone. */
export async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/** Removes temporary folders of a purpose that a run which was killed left behind: those older than an hour. */
export async function removeStale(parent: string, purpose: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`${purpose}-`))) {
    const { mtimeMs } = await stat(join(parent, name));
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** A folder name no other run uses. */
export function temporaryFolder(parent: string, purpose: string): string {
  return join(parent, `${purpose}-${randomUUID()}`);
}
