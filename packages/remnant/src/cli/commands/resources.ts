import { type InstalledPack, type Pack, packs } from '@remnant/host';
import { resourceStore } from '@remnant/host/node';
import type { CommonFlags, Outcome } from '../command.js';
import { exitCodes } from '../failure.js';

/** Flags of `remnant resources add`. */
export interface AddFlags extends CommonFlags {
  readonly from?: string;
  readonly acceptHash?: readonly string[];
}

/** `remnant resources list` */
export async function listCommand(): Promise<Outcome> {
  const store = resourceStore();
  const installed = new Map((await store.installed()).map((one) => [one.pack.name, one]));
  const rows = packs.map((pack) => packLines(pack, installed.get(pack.name)));
  return {
    text: `${rows.join('\n')}\nInstalled packs are in ${store.folder}\n`,
    data: { folder: store.folder, packs: packs.map((pack) => packData(pack, installed.get(pack.name))) },
  };
}

/** `remnant resources add NAME` */
export async function addCommand(name: string, { from, acceptHash = [] }: AddFlags): Promise<Outcome> {
  const store = resourceStore();
  const { pack, files } = await store.add(name, { from: from ?? null, acceptHashes: acceptHash });
  const lines = files.map(({ storedAs, bytes, sha256, check }) => {
    return `  ${storedAs}  ${size(bytes)}  sha256 ${sha256.slice(0, 12)}…  ${checkWords[check]}`;
  });
  const head = `Installed "${pack.name}" (${pack.title})`;
  return {
    text: `${head}\n${lines.join('\n')}\nLicence: ${pack.licence}\nSource:  ${pack.source}\n`,
    data: { pack: packData(pack, { pack, files }), folder: store.folder },
  };
}

/** `remnant resources verify` */
export async function verifyCommand(): Promise<Outcome> {
  const files = await resourceStore().verify();
  const wrong = files.filter((file) => file.status !== 'ok');
  const lines = files.map(({ pack, file, status }) => `  ${status.padEnd(7)}  ${pack}/${file}`);
  const advice = wrong.length === 0 ? '' : `Install again: ${repairs(wrong.map((file) => file.pack))}\n`;
  const text = files.length === 0 ? 'No pack is installed.\n' : `${lines.join('\n')}\n${advice}`;
  return { text, data: { files }, exitCode: wrong.length === 0 ? exitCodes.ok : exitCodes.badInput };
}

const checkWords = {
  known: 'checksum as expected',
  accepted: 'checksum accepted by you',
  recorded: 'checksum recorded: the source publishes none',
} as const;

/** Column of the names, wide enough for the longest. */
const nameWidth: number = 2 + Math.max(...packs.map(({ name }) => name.length));

function packLines(pack: Pack, installed: InstalledPack | undefined): string {
  const state =
    installed === undefined ? '' : `  [installed: ${[...new Set(installed.files.map((f) => f.version))].join(', ')}]`;
  const use = pack.role === 'kept' ? ' (not read by this version)' : '';
  return `${pack.name.padEnd(nameWidth)}${pack.title}, ${pack.version}${use}${state}\n${' '.repeat(nameWidth)}${pack.licence} · ${pack.source}`;
}

function packData(pack: Pack, installed: InstalledPack | undefined): Record<string, unknown> {
  const { name, title, version, licence, source, doi, role } = pack;
  return { name, title, version, licence, source, doi, role, installed: installed?.files ?? null };
}

function repairs(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `remnant resources add ${name}`).join(', ');
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
