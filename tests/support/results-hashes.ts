import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { OutputFile } from '@remnant/host';

/** SHA-256 of every published file of a results folder, by path; what only the folder itself needs (`.remnant`) is left out. */
export function hashesOfFolder(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile()).map((path) => [path, relative(folder, path)] as const);
  return Object.fromEntries(
    files
      .map(([path, name]) => [name.split(sep).join('/'), sha256(readFileSync(path))] as const)
      .filter(([name]) => !name.startsWith('.remnant/')),
  );
}

/** SHA-256 of every file of a result as the library makes them, by path. */
export function hashesOfFiles(files: readonly OutputFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, sha256(content)]));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
