import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Bundles one of this folder's entries, from source, and says where it is. */
export async function bundle(entry: string, platform: 'node' | 'browser'): Promise<URL> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'remnant-bundle-')), entry.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [join(root, 'tests/host', entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform,
    target: 'es2022',
    logLevel: 'error',
    alias: { '@remnant/engine': join(root, 'packages/engine/src/index.ts') },
  });
  return pathToFileURL(outfile);
}
