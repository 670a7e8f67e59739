import { hashParts, type Provenance, sha256Hex } from '@remnant/engine';
import { type FileSource, joinPath } from '@remnant/formats';

/** One input as provenance names it. */
export type InputRecord = Provenance['inputs'][number];

/** Hashes a file, or every file of a folder in order of their names. */
export async function hashInput(source: FileSource, path: string): Promise<readonly InputRecord[]> {
  if ((await source.kind(path)) !== 'folder') {
    const bytes = await source.read(path);
    return [{ path, bytes: bytes.length, sha256: sha256Hex(bytes) }];
  }
  const records: InputRecord[] = [];
  for (const name of [...(await source.list(path))].sort())
    records.push(...(await hashInput(source, joinPath(path, name))));
  return records;
}

/** One hash for all files of an input. */
export function hashOfInput(records: readonly InputRecord[]): string {
  return hashParts(records.map((record) => record.sha256));
}
