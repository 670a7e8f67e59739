import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where installed packs are kept: `$REMNANT_HOME`, or `.remnant` in the user's home folder. */
export function resourceHome(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = environment['REMNANT_HOME'];
  return home === undefined || home === '' ? join(homedir(), '.remnant') : home;
}
