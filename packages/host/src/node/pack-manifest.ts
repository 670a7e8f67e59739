import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '@remnant/engine';
import type { InstalledFile, InstalledPack } from '../packs/library.js';
import type { Pack } from '../packs/pack.js';
import { writeAtomically } from './write-atomically.js';

/** Writes down what was installed. Written last: a pack without it is not installed. */
export async function writeManifest(folder: string, pack: Pack, files: readonly InstalledFile[]): Promise<void> {
  const { name, version, licence, source } = pack;
  const manifest = { name, version, licence, source, files };
  await writeAtomically(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What was installed; null when the pack is not. */
export async function readManifest(folder: string, pack: Pack): Promise<InstalledPack | null> {
  const path = join(folder, 'manifest.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const files = filesOf(text);
  if (files !== null) return { pack, files };
  throw new FormatError('The record of an installed pack is damaged.', {
    file: path,
    hint: `Install it again: remnant resources add ${pack.name}`,
  });
}

function filesOf(text: string): InstalledFile[] | null {
  try {
    const { files } = JSON.parse(text) as { readonly files?: unknown };
    return Array.isArray(files) && files.every(isInstalledFile) ? files : null;
  } catch {
    return null;
  }
}

function isInstalledFile(value: unknown): value is InstalledFile {
  if (typeof value !== 'object' || value === null) return false;
  const file = value as Record<string, unknown>;
  const texts = ['name', 'storedAs', 'sha256', 'check', 'version'].every((key) => typeof file[key] === 'string');
  return texts && typeof file['bytes'] === 'number';
}
