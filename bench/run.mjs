// npm run bench [NAME …]: bundles and runs the benchmarks of this folder, one after the other. Each writes its .json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}node_modules/.cache/remnant`;
const wanted = process.argv.slice(2);
const names = readdirSync(here)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

mkdirSync(cache, { recursive: true });
for (const name of names) {
  const outfile = `${cache}/bench-${name}.cjs`;
  await build({
    entryPoints: [`${here}${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    alias: {
      '@remnant/engine': `${root}packages/engine/src/index.ts`,
      '@remnant/formats': `${root}packages/formats/src/index.ts`,
    },
    // Starts workers from files of its own, which a bundle does not have.
    external: ['@remnant/host', '@remnant/host/node'],
    logLevel: 'error',
  });
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [outfile], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
