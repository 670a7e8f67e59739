// Builds the kernel of non-negative matrix factorisation: AssemblyScript to WebAssembly to one TypeScript module holding it in base64,
// so that Node and the bundled app load it the same way, without a request. The module is committed, so that sources type-check
// and tests run before a build; with --check nothing is written, and a module that is out of date is an error.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}packages/kernels/src/nmf-wasm.ts`;

const text = moduleText(await compileNmf());
const changed = !existsSync(target) || readFileSync(target, 'utf8') !== text;
if (process.argv.includes('--check')) process.exitCode = changed ? 1 : 0;
else if (changed) writeFileSync(target, text);

/** The compiled module. Memory is imported: whoever opens a kernel decides how much it gets. */
async function compileNmf() {
  const files = new Map();
  const { error, stderr } = await asc.main(
    [
      ...['nmf.ts', '--outFile', 'nmf.wasm', '--runtime', 'stub', '--importMemory', '--noAssert'],
      ...['--optimizeLevel', '3', '--converge', '--enable', 'simd', '--enable', 'bulk-memory'],
    ],
    {
      readFile: (name) => (name === 'nmf.ts' ? readFileSync(`${root}packages/kernels/assembly/nmf.ts`, 'utf8') : null),
      writeFile: (name, contents) => files.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`The NMF kernel does not compile.\n${stderr.toString()}`);
  return Buffer.from(files.get('nmf.wasm'));
}

/** The TypeScript module that carries it. */
function moduleText(wasm) {
  return `/** assembly/nmf.ts compiled, ${wasm.length} bytes in base64. Made by scripts/build-nmf-wasm.mjs; do not edit. */
export const nmfWasm: string =
  '${wasm.toString('base64')}';
`;
}
