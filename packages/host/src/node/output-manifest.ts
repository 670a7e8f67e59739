import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatJson } from '../output/format-json.js';
import type { OutputFile } from '../output/output-file.js';
import { sha256Of } from './sha256.js';
import { writeAtomically } from './write-atomically.js';

/** Where a results folder lists the files Remnant wrote into it. */
export const manifestPath = '.remnant/manifest.json';

/** The files of a results folder that are Remnant's. */
export interface OutputManifest {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * Writes the list of files, with their checksums.
 *
 * @param kept - entries of files that stay from before
 */
export async function writeOutputManifest(
  folder: string,
  files: readonly OutputFile[],
  kept: OutputManifest['files'],
): Promise<void> {
  const manifest: OutputManifest = {
    files: [...files.map(({ path, content }) => ({ path, sha256: sha256Of(content) })), ...kept],
  };
  await writeAtomically(join(folder, manifestPath), formatJson(manifest));
}

/** The list of files of a results folder; null when it has none that can be read. */
export async function readOutputManifest(folder: string): Promise<OutputManifest | null> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, manifestPath), 'utf8')) as OutputManifest;
    return manifest.files.every((file) => typeof file.path === 'string') ? manifest : null;
  } catch {
    return null;
  }
}
