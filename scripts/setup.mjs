// Makes a checkout ready: the right Node, the locked dependencies. Plain Node, because nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 19];

/** Installs the locked dependencies when they are missing or not the locked ones. */
export function setUp() {
  requireNode();
  const reason = whyInstall();
  if (reason === null) return;
  console.log(`Installing dependencies (${reason}): npm ci`);
  runOrStop('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The dependencies could not be installed.');
}

/** Runs a command of this checkout; ends the process when it fails. */
export function runOrStop(command, args, message) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`\n${message}${error === undefined ? '' : ` ${error.message}`}`);
  process.exit(status ?? 1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(
    `Remnant needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}.\n` +
      'Install a current version from https://nodejs.org (or with nvm: nvm install 22) and try again.',
  );
  process.exit(2);
}

/** Compares what npm says it installed with the lock file. */
function whyInstall() {
  if (!existsSync(`${root}/node_modules/.package-lock.json`)) return 'none yet';
  const locked = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  for (const [path, { version, optional, link }] of Object.entries(locked)) {
    if (!path.startsWith('node_modules/') || optional === true || link === true) continue;
    if (installed[path]?.version !== version) return `${path.slice('node_modules/'.length)} is not ${version}`;
  }
  return null;
}

function packagesOf(path) {
  return JSON.parse(readFileSync(`${root}/${path}`, 'utf8')).packages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
