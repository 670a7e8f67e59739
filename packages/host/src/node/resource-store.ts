import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FormatError, OptionError } from '@remnant/engine';
import { download } from '../packs/download.js';
import {
  checkFile,
  findPack,
  type InstalledFile,
  type InstalledPack,
  isNamed,
  knownCopy,
  type PackLibrary,
} from '../packs/library.js';
import type { Pack, PackFile } from '../packs/pack.js';
import { packs } from '../packs/packs.js';
import { parsePackFile } from '../packs/parse-pack-file.js';
import { readManifest, writeManifest } from './pack-manifest.js';
import { resourceHome } from './resource-home.js';
import { fileSha256, sha256Of } from './sha256.js';
import { writeAtomically } from './write-atomically.js';

/** How to install a pack. */
export interface AddOptions {
  /** Folder to take the files from, searched with its subfolders; null to download them from their source. */
  readonly from: string | null;
  /** Checksums the user accepts although Remnant does not know them. */
  readonly acceptHashes?: readonly string[];
}

/** One file as `verify` found it. */
export interface VerifiedFile {
  readonly pack: string;
  readonly file: string;
  readonly status: 'ok' | 'changed' | 'missing';
  readonly expected: string;
  readonly found: string | null;
}

/** The packs installed on this computer. */
export interface ResourceStore extends PackLibrary {
  /** Folder the packs are in. */
  readonly folder: string;
  /** Installs a pack, in place of a version installed before. */
  add(name: string, options: AddOptions): Promise<InstalledPack>;
  /** Hashes every installed file again. */
  verify(): Promise<readonly VerifiedFile[]>;
}

/**
 * The packs installed in a folder.
 *
 * @param home - by default `$REMNANT_HOME`, or `.remnant` in the user's home folder
 */
export function resourceStore(home: string = resourceHome()): ResourceStore {
  const folder = join(home, 'resources');
  return {
    folder,
    installed: () => installedIn(folder),
    read: (pack, storedAs) => readFile(join(folder, pack, storedAs)),
    add: async (name, options) => add(folder, findPack(name), options),
    verify: async () => (await Promise.all((await installedIn(folder)).map((one) => verify(folder, one)))).flat(),
  };
}

interface FoundFile {
  readonly file: PackFile;
  readonly storedAs: string;
  readonly content: Uint8Array;
}

async function add(folder: string, pack: Pack, { from, acceptHashes = [] }: AddOptions): Promise<InstalledPack> {
  const found = from === null ? await downloadAll(pack) : await findAll(pack, from);
  const installed = found.map((one) => installedFile(pack, one, acceptHashes));
  const own = join(folder, pack.name);
  const unfinished = `${own}.${randomUUID()}.tmp`;
  for (const { storedAs, content } of found) await writeAtomically(join(unfinished, storedAs), content);
  await writeManifest(unfinished, pack, installed);
  await rm(own, { recursive: true, force: true });
  await rename(unfinished, own);
  return { pack, files: installed };
}

/** What is installed has been checked and can be read. */
function installedFile(
  pack: Pack,
  { file, storedAs, content }: FoundFile,
  acceptHashes: readonly string[],
): InstalledFile {
  const sha256 = sha256Of(content);
  const check = checkFile(file, sha256, acceptHashes);
  if (file.parser !== null) parsePackFile(file.parser, content, storedAs);
  const version = knownCopy(file, sha256)?.version ?? `${pack.version}, checksum not known to Remnant`;
  return { name: file.name, storedAs, bytes: content.length, sha256, check, version };
}

async function downloadAll(pack: Pack): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const file of pack.files) {
    if (file.url !== null) found.push({ file, storedAs: file.name, content: await download(file.url) });
    else if (file.required) throw notDownloadable(pack, file);
  }
  return found;
}

function notDownloadable(pack: Pack, file: PackFile): OptionError {
  return new OptionError(`The source of "${pack.name}" does not offer ${file.name} as a file Remnant reads.`, {
    hint: `Source: ${pack.source}. ${pack.byHand ?? ''} Then: remnant resources add ${pack.name} --from DIR`,
  });
}

async function findAll(pack: Pack, from: string): Promise<FoundFile[]> {
  const paths = await filesBelow(from);
  const found: FoundFile[] = [];
  for (const file of pack.files) {
    const one = await findOne(file, paths);
    if (one !== null) found.push(one);
    else if (file.required) throw notInFolder(pack, file, from);
  }
  return found;
}

/** Of several files of that name, one whose content is known goes first; then the first by path. */
async function findOne(file: PackFile, paths: readonly string[]): Promise<FoundFile | null> {
  const candidates: FoundFile[] = [];
  for (const path of paths.filter((one) => isNamed(file, basename(one)))) {
    candidates.push({ file, storedAs: basename(path), content: await readFile(path) });
  }
  return candidates.find(({ content }) => knownCopy(file, sha256Of(content)) !== null) ?? candidates[0] ?? null;
}

async function filesBelow(from: string): Promise<string[]> {
  try {
    const entries = await readdir(from, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    throw new OptionError(`The folder ${from} cannot be read.`, { hint: (error as Error).message });
  }
}

function notInFolder(pack: Pack, file: PackFile, from: string): FormatError {
  return new FormatError(`No file of the pack "${pack.name}" was found there.`, {
    file: from,
    expected: `${[file.name, ...file.alsoNamed].join(' or ')}, also with .gz`,
    hint: `Its source is ${pack.source}.`,
  });
}

async function installedIn(folder: string): Promise<InstalledPack[]> {
  const all = await Promise.all(packs.map((pack) => readManifest(join(folder, pack.name), pack)));
  return all.filter((one) => one !== null);
}

async function verify(folder: string, { pack, files }: InstalledPack): Promise<VerifiedFile[]> {
  return Promise.all(
    files.map(async ({ storedAs, sha256 }) => {
      const found = await fileSha256(join(folder, pack.name, storedAs)).catch(() => null);
      const status = found === null ? 'missing' : found === sha256 ? 'ok' : 'changed';
      return { pack: pack.name, file: storedAs, status, expected: sha256, found } as const;
    }),
  );
}
