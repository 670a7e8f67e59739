import { sha256Hex } from '@remnant/engine';
import {
  type InstalledFile,
  isNamed,
  knownCopy,
  type Pack,
  type PackFile,
  type PackLibrary,
  packs,
} from '@remnant/host';
import type { FoundPack, FoundPackFile, PackView, PathFile } from '../protocol.js';

/** Resource packs recognised among files. */
export interface PackFiles {
  readonly library: PackLibrary;
  readonly view: PackView;
}

/** One file of a pack with its content. */
interface FoundFile {
  readonly own: PackFile;
  readonly path: string;
  readonly content: Uint8Array;
  readonly sha256: string;
}

/**
 * Recognises the files of packs by their names, as `remnant resources add --from` does in a folder, and checks their
 * checksums. A pack counts as installed when every file it needs is there with a content Remnant knows or the user accepts.
 *
 * @param acceptedChecksums - of files whose content Remnant does not know
 */
export async function findPackFiles(
  files: readonly PathFile[],
  acceptedChecksums: readonly string[],
): Promise<PackFiles> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const found = new Map<Pack, readonly FoundFile[]>();
  for (const pack of packs) {
    const own = await filesOf(pack, sorted);
    if (own.length > 0) found.set(pack, own);
  }
  const check = (file: FoundFile): FoundPackFile['check'] => checkOf(file, acceptedChecksums);
  const known = new Set(packs.flatMap((pack) => pack.files));
  return {
    library: libraryOf(found, check),
    view: {
      packs: [...found].map(([pack, own]) => viewOf(pack, own, check)),
      strangers: sorted
        .map(({ path }) => path)
        .filter((path) => ![...known].some((file) => isNamed(file, nameOf(path)))),
    },
  };
}

async function filesOf(pack: Pack, files: readonly PathFile[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const own of pack.files) {
    const candidates: FoundFile[] = [];
    for (const { path, file } of files.filter((one) => isNamed(own, nameOf(one.path)))) {
      const content = new Uint8Array(await file.arrayBuffer());
      candidates.push({ own, path, content, sha256: sha256Hex(content) });
    }
    const best = candidates.find(({ sha256 }) => knownCopy(own, sha256) !== null) ?? candidates[0];
    if (best !== undefined) found.push(best);
  }
  return found;
}

function checkOf({ own, sha256 }: FoundFile, accepted: readonly string[]): FoundPackFile['check'] {
  if (knownCopy(own, sha256) !== null) return 'known';
  if (accepted.includes(sha256)) return 'accepted';
  return own.known.length === 0 ? 'recorded' : 'unknown';
}

function libraryOf(
  found: ReadonlyMap<Pack, readonly FoundFile[]>,
  check: (file: FoundFile) => FoundPackFile['check'],
): PackLibrary {
  const usable = new Map([...found].map(([pack, files]) => [pack, files.filter((file) => check(file) !== 'unknown')]));
  const whole = [...usable].filter(([pack, files]) => missingFrom(pack, files).length === 0);
  return {
    installed: () =>
      Promise.resolve(
        whole.map(([pack, files]) => ({ pack, files: files.map((file) => installed(pack, file, check)) })),
      ),
    read: (name, storedAs) => {
      const files = whole.find(([pack]) => pack.name === name)?.[1] ?? [];
      const file = files.find(({ path }) => nameOf(path) === storedAs) as FoundFile;
      return Promise.resolve(file.content);
    },
  };
}

function installed(pack: Pack, file: FoundFile, check: (file: FoundFile) => FoundPackFile['check']): InstalledFile {
  const { own, path, content, sha256 } = file;
  return {
    name: own.name,
    storedAs: nameOf(path),
    bytes: content.length,
    sha256,
    check: check(file) as InstalledFile['check'],
    version: versionOf(pack, file),
  };
}

function viewOf(
  pack: Pack,
  files: readonly FoundFile[],
  check: (file: FoundFile) => FoundPackFile['check'],
): FoundPack {
  return {
    name: pack.name,
    title: pack.title,
    licence: pack.licence,
    files: files.map((file) => ({
      path: file.path,
      sha256: file.sha256,
      version: versionOf(pack, file),
      check: check(file),
    })),
    missing: missingFrom(pack, files),
  };
}

function versionOf(pack: Pack, { own, sha256 }: FoundFile): string {
  return knownCopy(own, sha256)?.version ?? `${pack.version}, checksum not known to Remnant`;
}

function missingFrom(pack: Pack, files: readonly FoundFile[]): string[] {
  return pack.files.filter((own) => own.required && !files.some((file) => file.own === own)).map(({ name }) => name);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
