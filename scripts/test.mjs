// npm test: set up, build, type-check, lint, all tests; the last line counts them.
// `npm test -- packages/host` runs only the tests whose path has that in it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { build } from './build.mjs';
import { root, setUp } from './setup.mjs';

const filters = process.argv.slice(2);
setUp();
build();
const checks = filters.length > 0 ? [] : [typeCheck(), lint()];
const tests = await runTests(filters);
const passed = checks.filter(Boolean).length + tests.passed;
const failed = checks.filter((ok) => !ok).length + tests.failed;
for (const line of tests.skippedBecause) console.log(line);
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;

function typeCheck() {
  return check('Type-checking the tests…', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.test.json']);
}

function lint() {
  return check('Linting…', 'node_modules/eslint/bin/eslint.js', ['.']);
}

function check(title, script, args) {
  console.log(title);
  return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

async function runTests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-tests-'));
  const json = join(folder, 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`];
  const { code, output } = await vitest(['run', ...reporters, ...filters]);
  const files = readResults(json);
  rmSync(folder, { recursive: true, force: true });
  return countTests(files, code, output);
}

/** Shows what Vitest prints as it comes, and keeps it. */
function vitest(args) {
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...colour },
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
    process.stdout.write(data);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

function readResults(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).testResults;
  } catch {
    return [];
  }
}

/** A file that does not load, and a run that fails although its tests passed, count as one failure each. */
function countTests(files, code, output) {
  const all = files.flatMap((file) => file.assertionResults);
  const count = (...states) => all.filter((test) => states.includes(test.status)).length;
  const notLoaded = files.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length;
  const failed = count('failed') + notLoaded;
  return {
    passed: count('passed'),
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: count('skipped', 'pending', 'todo', 'disabled'),
    skippedBecause: [...reasonsIn(output), ...skippedIn(files)],
  };
}

function isFailed(test) {
  return test.status === 'failed';
}

/** A test that skips itself prints a line `skipped: what: why`. */
function reasonsIn(output) {
  return [
    ...new Set(
      stripVTControlCharacters(output)
        .split('\n')
        .filter((line) => line.startsWith('skipped: ')),
    ),
  ];
}

function skippedIn(files) {
  return files.flatMap((file) => {
    const skipped = file.assertionResults.filter((test) =>
      ['skipped', 'pending', 'todo', 'disabled'].includes(test.status),
    );
    return skipped.length === 0 ? [] : [`  ${relative(root, file.name)}: ${skipped.length} not run`];
  });
}
