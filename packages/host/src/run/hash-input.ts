import { createSha256, hashParts, type Provenance } from '@remnant/engine';
import { type FileSource, joinPath } from '@remnant/formats';

/** One input as provenance names it. */
export type InputRecord = Provenance['inputs'][number];

/** Bytes hashed at a time: a large file is never held whole for its hash. */
const pieceBytes = 16 * 1024 * 1024;

/** Hashes a file, or every file of a folder in order of their names. */
export async function hashInput(source: FileSource, path: string): Promise<readonly InputRecord[]> {
  if ((await source.kind(path)) !== 'folder') return [await hashFile(source, path)];
  const records: InputRecord[] = [];
  for (const name of [...(await source.list(path))].sort()) {
    records.push(...(await hashInput(source, joinPath(path, name))));
  }
  return records;
}

/** One hash for all files of an input. */
export function hashOfInput(records: readonly InputRecord[]): string {
  return hashParts(records.map((record) => record.sha256));
}

async function hashFile(source: FileSource, path: string): Promise<InputRecord> {
  const bytes = await source.size(path);
  const hash = createSha256();
  if (source.readRange === undefined) hash.update(await source.read(path));
  else {
    for (let offset = 0; offset < bytes; offset += pieceBytes) {
      hash.update(await source.readRange(path, offset, Math.min(pieceBytes, bytes - offset)));
    }
  }
  return { path: withoutMachine(path), bytes, sha256: hash.hex() };
}

/** A path inside the study as it is; of an absolute one only the file name: provenance holds no path of a machine. */
function withoutMachine(path: string): string {
  return /^([/\\]|[A-Za-z]:)/.test(path) ? path.replace(/^.*[/\\]/, '') : path;
}
