import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OptionError } from '@remnant/engine';
import { temporaryFolder } from './folders.js';
import { writeAtomically } from './write-atomically.js';

/**
 * Writes files into a folder that does not exist yet, or is empty. The folder appears when all are written.
 *
 * @param files - content by POSIX path relative to the folder
 * @throws OptionError when the folder holds something
 */
export async function writeNewFolder(folder: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const path = resolve(folder);
  const entries = await readdir(path).catch((error: unknown) =>
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : ['?'],
  );
  if (entries.length > 0) {
    throw new OptionError('This folder is not empty, or it is a file.', { file: folder, hint: 'Choose a new folder.' });
  }
  const staging = temporaryFolder(dirname(path), `.${basename(path)}`);
  try {
    for (const [name, content] of Object.entries(files)) await writeAtomically(join(staging, name), content);
    await rename(staging, path);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
