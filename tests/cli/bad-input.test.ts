import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { remnant, temporaryFolder } from './command-line.js';

/** A small study on disk, with some of its files replaced. */
function studyWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  mkdirSync(study);
  for (const [name, content] of Object.entries({ ...good, ...files })) {
    mkdirSync(join(study, name, '..'), { recursive: true });
    writeFileSync(join(study, name), content);
  }
  return folder;
}

const names = ['P1_untreated', 'P1_residual', 'P2_untreated', 'P2_residual'];
const genes = ['TP53', 'MYC', 'EGFR', 'CD44', 'FOSL1', 'JUN', 'ACTB', 'GAPDH', 'KRT8', 'VIM'];

function counts(change: (row: string[], gene: number) => string[] = (row) => row, symbols = genes): string {
  const rows = symbols.map((symbol, g) =>
    change([symbol, ...names.map((_, s) => String(((g * 31 + s * 17) % 90) + 5))], g),
  );
  return `${['gene', ...names].join(',')}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
}

function sheet(change: (row: string[], index: number) => string[] = (row) => row, header?: string): string {
  const rows = names.map((name, i) => change([name, name.slice(0, 2), name.slice(3), 'AC', 'counts.csv', name], i));
  const columns = header ?? 'sample,patient,stage,treatment,expression,column';
  return `${columns}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
}

const good = {
  'study.yaml': 'remnant: 1\ntitle: small\norganism: human\nsamples: samples.csv\n',
  'samples.csv': sheet(),
  'counts.csv': counts(),
};

const set = (column: number, at: number, value: string) => (row: string[], index: number) =>
  index === at ? row.with(column, value) : row;

const zipped = gzipSync(counts());

const cases: readonly (readonly [string, Readonly<Record<string, string | Uint8Array>>, RegExp])[] = [
  [
    'a missing column',
    { 'samples.csv': sheet((row) => row, 'sample,patient,when,treatment,expression,column') },
    /samples\.csv.*stage/,
  ],
  ['an unknown stage', { 'samples.csv': sheet(set(2, 1, 'tretaed')) }, /samples\.csv, row 3, column "stage".*tretaed/],
  ['a duplicated sample', { 'samples.csv': sheet(set(0, 1, 'P1_untreated')) }, /samples\.csv, row 3.*P1_untreated/],
  ['a negative count', { 'counts.csv': counts(set(2, 4, '-3')) }, /counts\.csv.*-3/],
  [
    'a truncated gzip file',
    { 'counts.csv': zipped.subarray(0, zipped.length - 20) },
    /counts\.csv.*truncated or damaged/,
  ],
  [
    'a web page',
    { 'counts.csv': '<!DOCTYPE html><html><body>Sign in</body></html>' },
    /counts\.csv.*web page \(HTML\)/,
  ],
  ['an empty file', { 'counts.csv': '' }, /counts\.csv.*empty/],
  ['a table without genes', { 'counts.csv': `${['gene', ...names].join(',')}\n` }, /counts\.csv.*no rows/],
  [
    'text that is not UTF-8',
    { 'samples.csv': Buffer.from(sheet(set(1, 0, 'Zoé')), 'latin1') },
    /samples\.csv, row 2.*not UTF-8/,
  ],
  ['a path that does not exist', { 'samples.csv': sheet(set(4, 2, 'cuonts.csv')) }, /cuonts\.csv.*does not exist/],
  ['a column that does not exist', { 'samples.csv': sheet(set(5, 2, 'P9_untreated')) }, /counts\.csv.*P9_untreated/],
  ['a key that does not exist', { 'study.yaml': 'remnant: 1\nsmaples: samples.csv\n' }, /study\.yaml.*smaples/],
  [
    'an unknown pack',
    { 'study.yaml': `${good['study.yaml']}resources: [colectri]\n` },
    /no resource pack called "colectri".*"collectri"/,
  ],
  [
    'a pack that is not installed',
    { 'study.yaml': `${good['study.yaml']}resources: [collectri]\n` },
    /"collectri" is not installed/,
  ],
  [
    'genes of another species',
    {
      'counts.csv': counts((row, g) =>
        row.with(0, ['Trp53', 'Myc', 'Egfr', 'Cd44', 'Fosl1', 'Jun', 'Actb', 'Gapdh', 'Krt8', 'Vim'][g]!),
      ),
    },
    /mouse/,
  ],
];

it.each(cases)(
  '%s ends with exit code 2, says what and where, and leaves nothing behind',
  async (_, files, message) => {
    const folder = studyWith(files);
    const { code, out, err } = await remnant(['run', 'study/study.yaml', '-o', 'out', '--quiet'], { cwd: folder });
    expect(err.replace(/\s+/g, ' ')).toMatch(message);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toMatch(/^ +at /m);
    expect(readdirSync(folder)).toEqual(['study']);
  },
);

it('tells a machine the same', async () => {
  const folder = studyWith({ 'samples.csv': sheet(set(2, 1, 'tretaed')) });
  const { code, out } = await remnant(['run', 'study/study.yaml', '-o', 'out', '--json'], { cwd: folder });
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    command: 'run',
    exitCode: 2,
    error: { code: 'format', details: { file: 'samples.csv', row: 3, column: 'stage' } },
  });
});

it('refuses options out of their range before reading anything', async () => {
  const { code, err } = await remnant(['run', 'study/study.yaml', '--fdr', '3'], { cwd: studyWith({}) });
  expect(code).toBe(2);
  expect(err).toMatch(/Option fdr cannot be used/);
});

it('refuses a study that needs more memory than it may use, with its own exit code', async () => {
  const { code, err } = await remnant(['run', 'study/study.yaml', '--memory-gib', '0.0001'], { cwd: studyWith({}) });
  expect(err).toMatch(/memory/);
  expect(code).toBe(3);
});

it('says which study does not exist, as it was written', async () => {
  const folder = studyWith({});
  const { code, err } = await remnant(['run', '../elsewhere/study.yaml'], { cwd: join(folder, 'study') });
  expect(code).toBe(2);
  expect(err).toMatch(/Error in \.\.\/elsewhere\/study\.yaml\n {2}This study does not exist/);
});
