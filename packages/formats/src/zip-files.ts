import { zipSync } from 'fflate';

/** The earliest time a zip archive can hold. Its fields are written as local time, so they are the same in every time zone. */
const noTime = new Date(1980, 0, 1);

/**
 * Packs files into a zip archive. The same files give the same bytes in every host and at any time: entries are sorted by
 * path and carry no time.
 *
 * @param files - content by path, with `/` between folders
 */
export function zipFiles(files: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { mtime: noTime }) as Uint8Array<ArrayBuffer>;
}
