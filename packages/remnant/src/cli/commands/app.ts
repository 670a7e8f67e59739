import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OptionError, UnsupportedError } from '@remnant/engine';
import type { CommonFlags } from '../command.js';
import { serveFolders } from '../serve-folders.js';
import type { Terminal } from '../terminal.js';

/** Flags of `remnant app`. */
export interface AppFlags extends CommonFlags {
  readonly port: number;
}

/** `remnant app [OUT]`: serves the app, and a results folder beside it, to this computer until Ctrl-C. */
export async function appCommand(out: string | undefined, flags: AppFlags, terminal: Terminal): Promise<void> {
  const folders = [...resultsFolder(out), { prefix: '/', folder: builtApp() }];
  const server = await serveFolders(folders, flags.port);
  const report = out === undefined ? null : `${server.address}results/report.html`;
  const lines = [`App:    ${server.address}`, ...(report === null ? [] : [`Report: ${report}`]), 'Ctrl-C stops it.'];
  const data = { ok: true, command: 'app', address: server.address, report };
  terminal.out(flags.json === true ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.close();
}

function resultsFolder(out: string | undefined): { readonly prefix: string; readonly folder: string }[] {
  if (out === undefined) return [];
  if (existsSync(resolve(out, 'report.html'))) return [{ prefix: '/results/', folder: resolve(out) }];
  throw new OptionError('This folder holds no report.', { file: out, hint: 'Make one with "remnant run".' });
}

function builtApp(): string {
  const folder = fileURLToPath(new URL('../../app', import.meta.url));
  if (existsSync(resolve(folder, 'index.html'))) return folder;
  throw new UnsupportedError('The app is not built in this copy of Remnant.', {
    hint: 'Build it with "npm run build".',
  });
}
