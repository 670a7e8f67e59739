import { readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OptionError } from '@remnant/engine';
import type { OutputFile } from '../output/output-file.js';
import { manifestPath, readOutputManifest, writeOutputManifest } from './output-manifest.js';
import { exists, filesBelow, moveFiles, removeIfEmpty, removeStale, temporaryFolder } from './folders.js';
import { type FolderStepStore, stepStore } from './step-store.js';
import { writeAtomically } from './write-atomically.js';

const stagingName = 'staging';

/**
 * A results folder that is not there until it is whole.
 *
 * Results are written to a hidden staging folder and moved into place by renaming: the whole folder at once when it is
 * new, file by file when it exists. Finished steps are kept in a hidden folder beside a results folder that does not exist
 * yet, and in its `.remnant/steps` once it does.
 */
export interface OutputFolder {
  readonly path: string;
  /** Finished steps of this and of earlier runs. */
  readonly steps: FolderStepStore;
  /** Puts the files in place of what an earlier run wrote; files of others in the folder stay. */
  publish(files: readonly OutputFile[], keepSteps: 'used' | 'all'): Promise<void>;
  /** Clears away what was not published, and says how many finished steps are kept for the next run. */
  abandon(): Promise<{ readonly keptSteps: number }>;
}

/**
 * Opens a results folder for writing. Nothing is created yet.
 *
 * @param options - `force`: also write into a folder that holds other files; they stay unless a result has their name
 * @throws OptionError when the place is taken by a file or by a folder that is not a results folder
 */
export async function openOutputFolder(out: string, options: { readonly force: boolean }): Promise<OutputFolder> {
  const path = await realpath(out).catch(() => resolve(out));
  await checkPlace(path, out, options);
  const beside = join(dirname(path), `.${basename(path)}.remnant`);
  const inside = join(path, '.remnant');
  for (const folder of [beside, inside]) await removeStale(folder, stagingName);
  const stepsFolder = join((await exists(join(beside, 'steps'))) || !(await exists(path)) ? beside : inside, 'steps');
  const steps = stepStore(stepsFolder);
  const work = async (): Promise<string> => ((await exists(path)) ? inside : beside);
  const tidy = async (): Promise<void> => {
    for (const folder of [stepsFolder, beside, inside]) await removeIfEmpty(folder);
  };
  return {
    path,
    steps,
    publish: async (files, keepSteps) => {
      if (keepSteps === 'used') await clearSteps(stepsFolder, steps.used);
      await placeFiles(path, temporaryFolder(await work(), stagingName), files);
      if (stepsFolder.startsWith(beside)) await moveFiles(stepsFolder, join(inside, 'steps'));
      await tidy();
    },
    abandon: async () => {
      await tidy();
      return { keptSteps: (await filesBelow(stepsFolder)).length };
    },
  };
}

async function checkPlace(path: string, out: string, { force }: { readonly force: boolean }): Promise<void> {
  const entries: string[] = await readdir(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new OptionError('The results cannot be written there: it is not a folder, or it may not be read.', {
      file: out,
      hint: 'Choose another place with -o.',
    });
  });
  const own = entries.length === 0 || force || entries.includes('.remnant');
  if (own) return;
  throw new OptionError('The folder for the results holds other files.', {
    file: out,
    hint: 'Choose a new folder with -o, or add --force to write the results beside them.',
  });
}

async function placeFiles(path: string, staging: string, files: readonly OutputFile[]): Promise<void> {
  try {
    for (const file of files) await writeAtomically(join(staging, file.path), file.content);
    await writeOutputManifest(staging, files);
    if (await exists(path)) await replaceFiles(path, staging, files);
    else await rename(staging, path);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Removes results an earlier run wrote that this one did not, and moves the new ones in; the manifest last. */
async function replaceFiles(path: string, staging: string, files: readonly OutputFile[]): Promise<void> {
  const written = new Set(files.map((file) => file.path));
  const before = (await readOutputManifest(path))?.files ?? [];
  for (const { path: old } of before) {
    if (written.has(old)) continue;
    await rm(join(path, old), { force: true });
    await removeIfEmpty(dirname(join(path, old)));
  }
  await moveFiles(staging, path, manifestPath);
}

async function clearSteps(folder: string, used: ReadonlySet<string>): Promise<void> {
  for (const name of await filesBelow(folder)) {
    if (!used.has(name)) await rm(join(folder, name), { force: true });
  }
}
