import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { remnant, temporaryFolder } from './command-line.js';

function mirror(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'lab/packs'), { recursive: true });
  writeFileSync(join(folder, 'lab/packs/h.all.v7.0.symbols.gmt'), 'HALLMARK_ONE\tone\tA\tB\n');
  return folder;
}

it('installs a pack from a folder, lists it and verifies it', async () => {
  const [from, home] = [mirror(), temporaryFolder()];
  const refused = await remnant(['resources', 'add', 'hallmark', '--from', from], { home });
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(
    /Error in h\.all\.v7\.0\.symbols\.gmt\n {2}The content of this file is not the one Remnant knows\./,
  );
  const accept = /--accept-hash ([0-9a-f]{64})/.exec(refused.err.replace(/\s+/g, ' '))?.[1] as string;

  const added = await remnant(['resources', 'add', 'hallmark', '--from', from, '--accept-hash', accept], { home });
  expect([added.code, added.err]).toEqual([0, '']);
  expect(added.out).toMatch(/Installed "hallmark"[^]*checksum accepted by you\nLicence: CC BY 4\.0/);

  const list = await remnant(['resources', 'list'], { home });
  expect(list.out).toMatch(/^hallmark .*\[installed: 7\.0/m);
  expect(list.out).toMatch(/^collectri [^[]*$/m);
  const verified = await remnant(['resources', 'verify', '--json'], { home });
  expect(JSON.parse(verified.out)).toMatchObject({
    ok: true,
    files: [{ pack: 'hallmark', status: 'ok', found: accept }],
  });

  writeFileSync(join(home, 'resources/hallmark/h.all.v7.0.symbols.gmt'), 'changed');
  const changed = await remnant(['resources', 'verify'], { home });
  expect(changed.code).toBe(2);
  expect(changed.out).toMatch(/changed {2}hallmark\/h\.all[^]*Install again: remnant resources add hallmark/);
});

it('says what is wrong with a name or a folder, also to a machine', async () => {
  const home = temporaryFolder();
  const name = await remnant(['resources', 'add', 'hallmrk', '--json'], { home });
  expect(name.code).toBe(2);
  expect(JSON.parse(name.out)).toMatchObject({
    ok: false,
    command: 'resources add',
    exitCode: 2,
    error: { code: 'option' },
  });
  expect(name.err).toContain('Did you mean "hallmark"?');
  const folder = await remnant(['resources', 'add', 'hallmark', '--from', temporaryFolder()], { home });
  expect(folder.code).toBe(2);
  expect(folder.err).toMatch(/No file of the pack "hallmark" was found there/);
});
