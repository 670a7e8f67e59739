import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../../packages/remnant/bin/remnant.mjs', import.meta.url));
const built = fileURLToPath(new URL('../../packages/remnant/dist/cli/main.js', import.meta.url));
if (!existsSync(built)) throw new Error('The command line is not built: npm run build');

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command under way. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves once standard error contains the text. */
  said(text: string | RegExp): Promise<void>;
  readonly finished: Promise<Finished>;
}

/** Where a command runs. Packs installed by the user of this computer are not seen. */
export interface Place {
  readonly cwd?: string;
  readonly home?: string;
}

const nowhere = join(tmpdir(), 'remnant-no-such-home');

/** Starts the built command line, as a user would. */
export function start(args: readonly string[], { cwd, home = nowhere }: Place = {}): Running {
  const env = { ...process.env, REMNANT_HOME: home, NO_COLOR: '1', REMNANT_DEBUG: '' };
  const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
    for (const listener of listeners) listener();
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  const said = (text: string | RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (typeof text === 'string' ? err.includes(text) : text.test(err)) resolve();
      };
      listeners.add(look);
      look();
      void finished.then(() => {
        reject(new Error(`ended without saying ${String(text)}:\n${err}`));
      });
    });
  return { child, said, finished };
}

/** Runs the built command line to its end. */
export function remnant(args: readonly string[], place?: Place): Promise<Finished> {
  return start(args, place).finished;
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-cli-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
