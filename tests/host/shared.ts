import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');

/** A folder of the shared data beside the checkout. */
export const sharedResources: string = fileURLToPath(new URL('../../../shared/resources', import.meta.url));

/** Whether to leave out the tests on shared data; says why when it does. */
export function withoutShared(what: string): boolean {
  if (existsSync(sharedResources) || required) return false;
  console.log(`skipped: ${what}: the shared data folder is not beside this checkout`);
  return true;
}
