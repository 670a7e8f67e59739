import { FormatError } from '@remnant/engine';
import { inflateSync } from 'fflate';
import { crc32 } from '../text/crc32.js';
import type { OpenFile } from '../source.js';

/** The files of a zip archive. */
export interface ZipArchive {
  /** Paths of all files. */
  readonly paths: readonly string[];
  /** Content of one file, or undefined. */
  read(path: string): Promise<Uint8Array | undefined>;
}

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const saturated = 0xffffffff;

/**
 * Opens a zip archive (PKWARE APPNOTE, with zip64) and reads its files on demand.
 * Where a name is there more than once the last one counts, as Zarr writers rely on.
 *
 * @throws FormatError when the archive is truncated or damaged
 */
export async function openZip(input: OpenFile, file: string): Promise<ZipArchive> {
  const entries = await readDirectory(input, file);
  let last: { readonly path: string; readonly content: Promise<Uint8Array> } | null = null;
  return {
    paths: [...entries.keys()],
    read: async (path) => {
      const entry = entries.get(path);
      if (entry === undefined) return undefined;
      // The parts of a sharded array are asked for one by one: the file they are in is kept.
      if (last?.path !== path) last = { path, content: readEntry(input, entry, file, path) };
      return last.content;
    },
  };
}

async function readDirectory(input: OpenFile, file: string): Promise<Map<string, Entry>> {
  const tailStart = Math.max(0, input.size - 65_557);
  const tail = viewOf(await input.read(tailStart, input.size - tailStart));
  const end = findEnd(tail);
  if (end === null) throw damagedZip(file);
  const { offset, size } = await directoryPlace(input, tail, end);
  if (offset + size > input.size) throw damagedZip(file);
  return parseDirectory(viewOf(await input.read(offset, size)), file);
}

function findEnd(tail: DataView): number | null {
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) === endSignature) return at;
  }
  return null;
}

async function directoryPlace(
  input: OpenFile,
  tail: DataView,
  end: number,
): Promise<{ readonly offset: number; readonly size: number }> {
  const size = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  if (end < 20 || (offset !== saturated && size !== saturated)) return { offset, size };
  const end64 = viewOf(await input.read(Number(tail.getBigUint64(end - 12, true)), 56));
  if (end64.byteLength < 56 || end64.getUint32(0, true) !== end64Signature) return { offset, size };
  return { offset: Number(end64.getBigUint64(48, true)), size: Number(end64.getBigUint64(40, true)) };
}

function parseDirectory(view: DataView, file: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at + 46 <= view.byteLength; ) {
    if (view.getUint32(at, true) !== entrySignature) throw damagedZip(file);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    const extra = new DataView(view.buffer, view.byteOffset + at + 46 + nameLength, extraLength);
    if (!name.endsWith('/')) entries.set(name, readDirectoryEntry(view, at, extra));
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

function readDirectoryEntry(view: DataView, at: number, extra: DataView): Entry {
  const large = zip64Values(extra);
  const field = (position: number): number => {
    const value = view.getUint32(at + position, true);
    return value === saturated ? (large.shift() ?? value) : value;
  };
  // The zip64 values follow in this order, each only when its 32-bit field is saturated.
  const size = field(24);
  const compressedSize = field(20);
  const headerOffset = field(42);
  return {
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize,
    size,
    headerOffset,
  };
}

function zip64Values(extra: DataView): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    const count = Math.floor(extra.getUint16(at + 2, true) / 8);
    return Array.from({ length: count }, (_, i) => Number(extra.getBigUint64(at + 4 + 8 * i, true)));
  }
  return [];
}

async function readEntry(input: OpenFile, entry: Entry, file: string, path: string): Promise<Uint8Array> {
  const header = viewOf(await input.read(entry.headerOffset, 30));
  if (header.byteLength < 30) throw damagedZip(file);
  const start = entry.headerOffset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const data = await input.read(start, entry.compressedSize);
  if (entry.method !== 0 && entry.method !== 8) {
    throw new FormatError(`"${path}" in this zip archive is compressed in an unknown way.`, { file });
  }
  const content = entry.method === 0 ? data : inflate(data, entry.size, file);
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damagedZip(file);
  return content;
}

function inflate(data: Uint8Array, size: number, file: string): Uint8Array {
  try {
    return inflateSync(data, new Uint8Array(size));
  } catch {
    throw damagedZip(file);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damagedZip(file: string): FormatError {
  return new FormatError('This zip archive is truncated or damaged.', { file, hint: 'Copy or download it again.' });
}
