import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { outputFiles, run } from 'remnant';
import { emptyLibrary } from '@remnant/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remnant, temporaryFolder } from './command-line.js';

/** Every published file of a results folder, by path. */
function published(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  const files = paths.filter((path) => statSync(path).isFile() && !path.includes(join('.remnant', 'steps'))).sort();
  return Object.fromEntries(files.map((path) => [relative(folder, path), readFileSync(path, 'latin1')]));
}

const folder = join(tmpdir(), `remnant-run-${String(process.pid)}`);
const study = join(folder, 'study/study.yaml');
const out = join(folder, 'out');

describe('a simulated study', () => {
  beforeAll(async () => {
    mkdirSync(folder);
    const simulated = await remnant([
      'simulate',
      join(folder, 'study'),
      '--genes',
      '1000',
      '--cells',
      '60',
      '--seed',
      '3',
    ]);
    expect([simulated.code, simulated.out]).toEqual([0, expect.stringContaining('Next: remnant run')]);
    const ran = await remnant(['run', study, '-o', out, '--workers', '1']);
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining(`Report: ${join(out, 'report.html')}`)]);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is checked without being run', async () => {
    const checked = await remnant(['check', study]);
    expect(checked.code).toBe(0);
    expect(checked.out).toMatch(/Questions\n/);
    expect(checked.out).toMatch(/A run needs about [\d.]+ GiB of memory/);
    const data = JSON.parse((await remnant(['check', study, '--json'])).out) as Record<string, unknown>;
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining(['ok', 'study', 'findings', 'questions', 'cost', 'readings']),
    );
  });

  it('leaves a whole results folder and nothing beside it', () => {
    expect(readdirSync(folder).sort()).toEqual(['out', 'study']);
    const files = Object.keys(published(out));
    for (const name of ['report.html', 'results.json', 'results.schema.json', 'provenance.json'])
      expect(files).toContain(name);
    expect(files.filter((name) => name.startsWith('tables/')).length).toBeGreaterThan(0);
    expect(files.filter((name) => name.startsWith('figures/')).length).toBeGreaterThan(0);
    const everything = JSON.stringify(published(out));
    expect(everything).not.toContain(folder);
  });

  it('gives the same bytes again, from kept steps, from none, and with more workers', async () => {
    const before = published(out);
    const again = await remnant(['run', study, '-o', out]);
    expect(again.code).toBe(0);
    expect(published(out)).toEqual(before);
    const fresh = join(folder, 'fresh');
    expect((await remnant(['run', study, '-o', fresh, '--workers', '2', '--quiet'])).err).toBe('');
    expect(published(fresh)).toEqual(before);
    rmSync(fresh, { recursive: true });
  });

  it('gives the same bytes from the library', async () => {
    const result = await run(study, {}, { workers: 1, library: emptyLibrary });
    const files = Object.fromEntries(
      (await outputFiles(result, { lang: 'en' })).map(({ path, content }) => [
        path,
        Buffer.from(content).toString('latin1'),
      ]),
    );
    const manifest = '.remnant/manifest.json';
    expect({ ...files, [manifest]: published(out)[manifest] }).toEqual(published(out));
  });

  it('is reported in the other language and back, from its results alone', async () => {
    const before = published(out);
    const french = await remnant(['report', out, '--lang', 'fr']);
    expect([french.code, french.out]).toEqual([0, `Rapport : ${join(out, 'report.html')}\n`]);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<html lang="fr">');
    expect((await remnant(['report', out])).code).toBe(0);
    expect(published(out)).toEqual(before);
  });

  it('is not reported when a table was changed', async () => {
    const copy = temporaryFolder();
    for (const [path, content] of Object.entries(published(out))) {
      mkdirSync(join(copy, path, '..'), { recursive: true });
      writeFileSync(join(copy, path), content, 'latin1');
    }
    const table = join(copy, 'tables', readdirSync(join(copy, 'tables'))[0]!);
    writeFileSync(table, readFileSync(table, 'utf8').replace('\n', '\n\n'));
    const { code, err } = await remnant(['report', copy]);
    expect(code).toBe(2);
    expect(err).toMatch(/This table was changed after the run/);
  });

  it('prints one JSON object for a machine', async () => {
    const { out: text, err } = await remnant(['run', study, '-o', out, '--json', '--quiet']);
    expect(err).toBe('');
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    const data = JSON.parse(text) as { ok: boolean; claims: { verdict: string }[] };
    expect(data).toMatchObject({ ok: true, command: 'run', out, report: join(out, 'report.html'), schemaVersion: 1 });
    expect(data.claims.length).toBeGreaterThan(0);
  });

  it('is not written over the files of others, unless told so', async () => {
    const taken = temporaryFolder();
    writeFileSync(join(taken, 'thesis.docx'), 'years of work');
    const refused = await remnant(['run', study, '-o', taken]);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/The folder for the results holds other files/);
    expect(readdirSync(taken)).toEqual(['thesis.docx']);
    expect((await remnant(['run', study, '-o', taken, '--force'])).code).toBe(0);
    expect(readFileSync(join(taken, 'thesis.docx'), 'utf8')).toBe('years of work');
  });
});

it('starts a first study from a folder', async () => {
  const data = temporaryFolder();
  const rows = Array.from({ length: 300 }, (_, g) => `GENE${String(g)},${String(g % 9)},${String(g % 7)}`);
  writeFileSync(join(data, 'counts.csv'), `gene,P1_untreated,P1_residual_AC\n${rows.join('\n')}\n`);
  const first = await remnant(['init', data]);
  expect([first.code, first.err]).toEqual([0, '']);
  expect(readFileSync(join(data, 'samples.csv'), 'utf8')).toContain(
    'P1_residual_AC,P1,residual,AC,,bulk RNA-seq,,counts.csv,P1_residual_AC',
  );
  expect((await remnant(['check', join(data, 'study.yaml')])).out).toContain('Questions');
  expect((await remnant(['init', data])).err).toMatch(/There is a study\.yaml already/);
  expect((await remnant(['init', data, '--force'])).code).toBe(0);
});
