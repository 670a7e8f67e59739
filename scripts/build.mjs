// Builds everything a checkout runs: gene tables, the WebAssembly kernel, libraries, the app. Skips what is up to date.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, runOrStop, setUp } from './setup.mjs';

const stamp = join(root, 'node_modules/.cache/remnant/build.sha256');
const geneTables = join(root, 'scripts/build-gene-tables.mjs');
const nmfWasm = join(root, 'scripts/build-nmf-wasm.mjs');
const app = join(root, 'apps/web');
const outputs = [
  'packages/remnant/dist/cli/main.js',
  'packages/host/dist/node/worker.js',
  'packages/remnant/dist/app/index.html',
];

/** Builds when a source changed since the last build, or an output is missing. */
export function build() {
  const hash = hashOfSources();
  const upToDate = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (upToDate && outputs.every((output) => existsSync(join(root, output)))) return;
  const started = Date.now();
  console.log('Building…');
  node(geneTables, [], 'The gene tables could not be made.');
  node(nmfWasm, [], 'The WebAssembly kernel does not compile.');
  node(join(root, 'node_modules/typescript/bin/tsc'), ['-b'], 'The TypeScript sources do not compile.');
  node(join(root, 'node_modules/vite/bin/vite.js'), ['build', '--logLevel', 'warn', app], 'The app does not build.');
  const site = join(root, 'packages/remnant/dist/app');
  rmSync(site, { recursive: true, force: true });
  cpSync(join(app, 'dist/site'), site, { recursive: true });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hashOfSources());
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

function node(script, args, message) {
  runOrStop(process.execPath, [script, ...args], message);
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.versions.node);
  for (const path of sources())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

function sources() {
  const workspaces = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
  const own = workspaces.flatMap((workspace) => filesBelow(workspace).filter((path) => !path.endsWith('.test.ts')));
  const shared = [
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'scripts/build.mjs',
    'scripts/build-gene-tables.mjs',
    'scripts/build-nmf-wasm.mjs',
  ];
  return [...shared.filter((path) => existsSync(join(root, path))), ...own].sort();
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['dist', 'node_modules'].includes(entry.name) ? [] : filesBelow(path);
    return [path];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp();
  build();
}
