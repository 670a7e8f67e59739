import { readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { OptionError } from '@remnant/engine';
import type { OutputFile } from '../output/output-file.js';
import { manifestPath, type OutputManifest, readOutputManifest, writeOutputManifest } from './output-manifest.js';
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
  publish(files: readonly OutputFile[], keep: Keep): Promise<void>;
  /** Clears away what was not published, and says how many finished steps are kept for the next run. */
  abandon(): Promise<{ readonly keptSteps: number }>;
}

/** What stays in a results folder when new results are put into it. */
export interface Keep {
  /** Finished steps: those this run used, or all. */
  readonly steps: 'used' | 'all';
  /** Results an earlier run wrote that are not among the new ones: removed, or left where they are. */
  readonly others: 'replace' | 'keep';
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
    publish: async (files, keep) => {
      if (keep.steps === 'used') await clearSteps(stepsFolder, steps.used);
      await placeFiles(path, temporaryFolder(await work(), stagingName), { files, others: keep.others });
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

/** Files to be put in place, and what becomes of those of an earlier run. */
interface Placing {
  readonly files: readonly OutputFile[];
  readonly others: Keep['others'];
}

async function placeFiles(path: string, staging: string, placing: Placing): Promise<void> {
  const { files } = placing;
  try {
    for (const file of files) await writeAtomically(join(staging, file.path), file.content);
    await writeOutputManifest(staging, files, placing.others === 'keep' ? await otherFiles(path, files) : []);
    if (await exists(path)) await replaceFiles(path, staging, placing);
    else await rename(staging, path);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** What an earlier run wrote into the folder and this one does not. */
async function otherFiles(path: string, files: readonly OutputFile[]): Promise<OutputManifest['files']> {
  const written = new Set(files.map((file) => file.path));
  return ((await readOutputManifest(path))?.files ?? []).filter((file) => !written.has(file.path));
}

/** Moves the new results in, the manifest last; those of an earlier run that are not among them are removed first, unless kept. */
async function replaceFiles(path: string, staging: string, { files, others }: Placing): Promise<void> {
  const old = others === 'keep' ? [] : await otherFiles(path, files);
  for (const { path: stale } of old) {
    await rm(join(path, stale), { force: true });
    await removeIfEmpty(dirname(join(path, stale)));
  }
  await moveFiles(staging, path, manifestPath);
}

async function clearSteps(folder: string, used: ReadonlySet<string>): Promise<void> {
  for (const name of await filesBelow(folder)) {
    if (!used.has(name)) await rm(join(folder, name), { force: true });
  }
}
