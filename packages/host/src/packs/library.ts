import { FormatError, nearestWord, OptionError } from '@remnant/engine';
import type { KnownCopy, Pack, PackFile } from './pack.js';
import { packs } from './packs.js';

/** How far the content of an installed file is vouched for. */
export type FileCheck =
  /** Its checksum is one Remnant knows. */
  | 'known'
  /** Its checksum is not known; the user accepted it by naming it. */
  | 'accepted'
  /** The source publishes no checksum; the one met first was recorded. */
  | 'recorded';

/** One file of an installed pack. */
export interface InstalledFile {
  /** Name of the file in the registry. */
  readonly name: string;
  /** Name it is stored under: the one it was found by, which tells whether it is compressed. */
  readonly storedAs: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly check: FileCheck;
  readonly version: string;
}

/** A pack as installed. */
export interface InstalledPack {
  readonly pack: Pack;
  readonly files: readonly InstalledFile[];
}

/** Where installed packs are. */
export interface PackLibrary {
  installed(): Promise<readonly InstalledPack[]>;
  /** Content of one stored file. */
  read(pack: string, storedAs: string): Promise<Uint8Array>;
}

/** A library without packs, for hosts that have nowhere to install them. */
export const emptyLibrary: PackLibrary = {
  installed: () => Promise.resolve([]),
  read: (pack) => Promise.reject(new OptionError(`The pack "${pack}" is not installed.`)),
};

/**
 * The pack of a name.
 *
 * @throws OptionError listing the names there are
 */
export function findPack(name: string): Pack {
  const pack = packs.find((known) => known.name === name);
  if (pack !== undefined) return pack;
  const names = packs.map((known) => known.name);
  const near = nearestWord(name, names);
  throw new OptionError(`There is no resource pack called "${name}".`, {
    expected: `one of ${names.join(', ')}`,
    hint: near === null ? 'See "remnant resources list".' : `Did you mean "${near}"?`,
  });
}

/** The file name without `.gz`. */
export function plainName(name: string): string {
  return name.replace(/\.gz$/i, '');
}

/** Whether a file found in a folder is this file of a pack, compressed or not. */
export function isNamed(file: PackFile, name: string): boolean {
  return [file.name, ...file.alsoNamed].some((known) => plainName(known) === plainName(name));
}

/** The copy a checksum belongs to, when it is one Remnant knows. */
export function knownCopy(file: PackFile, sha256: string): KnownCopy | null {
  return file.known.find((copy) => copy.sha256 === sha256) ?? null;
}

/**
 * How far a file's content can be vouched for.
 *
 * @param accepted - checksums the user accepted
 * @throws FormatError when the checksum is neither known nor accepted, saying how to accept it
 */
export function checkFile(file: PackFile, sha256: string, accepted: readonly string[]): FileCheck {
  if (knownCopy(file, sha256) !== null) return 'known';
  if (accepted.includes(sha256)) return 'accepted';
  if (file.known.length === 0) return 'recorded';
  throw new FormatError('The content of this file is not the one Remnant knows.', {
    file: file.name,
    expected: `sha256 ${file.known.map((copy) => `${copy.sha256} (${copy.version})`).join(' or ')}`,
    found: `sha256 ${sha256}`,
    hint: `It is another version or it is damaged. If you trust it, repeat the command with --accept-hash ${sha256}`,
  });
}
