import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as h5wasm from 'h5wasm/node';
import { describe, expect, it } from 'vitest';
import { remnant, temporaryFolder } from './command-line.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A small study on disk, with some of its files replaced. */
function studyWith(files: Files): string {
  const folder = temporaryFolder();
  const study = join(folder, 'study');
  for (const [name, content] of Object.entries({ ...good, ...files })) {
    mkdirSync(join(study, name, '..'), { recursive: true });
    writeFileSync(join(study, name), content);
  }
  return folder;
}

const names = ['P1_untreated', 'P1_residual', 'P2_untreated', 'P2_residual'];
const genes = ['TP53', 'MYC', 'EGFR', 'CD44', 'FOSL1', 'JUN', 'ACTB', 'GAPDH', 'KRT8', 'VIM'];

type Change = (row: string[], index: number) => string[];
const asIs: Change = (row) => row;
const set =
  (column: number, at: number, value: string): Change =>
  (row, index) =>
    index === at ? row.with(column, value) : row;

function csv(header: readonly string[], rows: readonly string[][]): string {
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}

function counts(change: Change = asIs, columns = names): string {
  const rows = genes.map((gene, g) => [gene, ...columns.map((_, s) => String(((g * 31 + s * 17) % 90) + 5))]);
  return csv(['gene', ...columns], rows.map(change));
}

/** The sample sheet; the first sample is of single cells when `cells` names its data. */
function sheet(change: Change = asIs, { header = 'stage', cells = '' } = {}): string {
  const rows = names.map((name, i) => {
    const data = i === 0 && cells !== '' ? [cells, '', ''] : ['', 'counts.csv', name];
    return [name, name.slice(0, 2), name.slice(3), 'AC', ...data];
  });
  return csv(['sample', 'patient', header, 'treatment', 'counts', 'expression', 'column'], rows.map(change));
}

const barcodes = Array.from({ length: 8 }, (_, i) => `CELL${String(i)}`);

/** A 10x folder as the first sample. */
function tenx(entries: readonly string[], shape = `${String(genes.length)} 8`): Files {
  const cells = Number(shape.split(' ')[1]);
  return {
    'samples.csv': sheet(asIs, { cells: 'cells' }),
    'cells/matrix.mtx': `%%MatrixMarket matrix coordinate integer general\n${shape} ${String(entries.length)}\n${entries.join('\n')}\n`,
    'cells/barcodes.tsv': barcodes
      .slice(0, cells)
      .map((name) => `${name}\n`)
      .join(''),
    'cells/features.tsv': genes.map((gene) => `ENSG_${gene}\t${gene}\tGene Expression\n`).join(''),
  };
}

/** An AnnData file that has cells and genes and no matrix. */
async function h5adWithoutX(): Promise<Uint8Array> {
  await h5wasm.ready;
  const path = join(temporaryFolder(), 'cells.h5ad');
  const file = new h5wasm.File(path, 'w');
  for (const [name, index] of Object.entries({ obs: barcodes, var: genes })) {
    const group = file.create_group(name);
    group.create_attribute('_index', '_index');
    group.create_dataset({ name: '_index', data: index });
  }
  file.close();
  return readFileSync(path);
}

const good: Files = {
  'study.yaml': 'remnant: 1\ntitle: small\norganism: human\nsamples: samples.csv\n',
  'samples.csv': sheet(),
  'counts.csv': counts(),
};
const inStudy = (line: string): Files => ({ 'study.yaml': `${String(good['study.yaml'])}${line}\n` });
const withAssay = (assay: string, content: string): Files => ({
  ...inStudy(`assays: {${assay}: cells.csv}`),
  'cells.csv': content,
});
const mouse = ['Trp53', 'Myc', 'Egfr', 'Cd44', 'Fosl1', 'Jun', 'Actb', 'Gapdh', 'Krt8', 'Vim'];
const zipped = gzipSync(counts());
const sheetWithCells = (cells: string): string => sheet(asIs, { cells });

const cases: readonly (readonly [string, Files, RegExp])[] = [
  ['a missing column', { 'samples.csv': sheet(asIs, { header: 'when' }) }, /samples\.csv.*stage/],
  ['an unknown stage', { 'samples.csv': sheet(set(2, 1, 'tretaed')) }, /samples\.csv, row 3, column "stage".*tretaed/],
  ['a duplicated sample', { 'samples.csv': sheet(set(0, 1, 'P1_untreated')) }, /samples\.csv, row 3.*P1_untreated/],
  ['a negative count', tenx(['1 1 5', '2 2 -3']), /cells.*-3/],
  ['a fractional count', tenx(['1 1 5', '2 2 2.5']), /cells.*2\.5/],
  [
    'negative counts in a table of cells',
    { 'samples.csv': sheetWithCells('cells.csv'), 'cells.csv': counts(set(2, 4, '-3'), barcodes) },
    /cells\.csv.*-3/,
  ],
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
  ['a table without genes', { 'counts.csv': csv(['gene', ...names], []) }, /counts\.csv.*no rows/],
  ['an empty matrix', tenx([]), /cells.*(no counts|empty)/],
  ['a sample without cells', tenx([], `${String(genes.length)} 0`), /cells.*no cells/],
  [
    'text that is not UTF-8',
    { 'samples.csv': Buffer.from(sheet(set(1, 0, 'Zoé')), 'latin1') },
    /samples\.csv, row 2.*not UTF-8/,
  ],
  ['a path that does not exist', { 'samples.csv': sheet(set(5, 2, 'cuonts.csv')) }, /cuonts\.csv.*does not exist/],
  ['a column that does not exist', { 'samples.csv': sheet(set(6, 2, 'P9_untreated')) }, /counts\.csv.*P9_untreated/],
  ['a key that does not exist', { 'study.yaml': 'remnant: 1\nsmaples: samples.csv\n' }, /study\.yaml.*smaples/],
  ['an unknown pack', inStudy('resources: [colectri]'), /no resource pack called "colectri".*"collectri"/],
  ['a pack that is not installed', inStudy('resources: [collectri]'), /"collectri" is not installed/],
  ['lineage barcodes that are not there', inStudy('assays: {lineages: codes.csv}'), /codes\.csv.*does not exist/],
  [
    'lineage barcodes of an unknown sample',
    withAssay('lineages', 'sample,cell,barcode\nP1_untreated,A,ACGT\nP9,A,ACGT\n'),
    /cells\.csv, row 3, column "sample".*"P9" is not in the sample sheet.*one of P1_untreated/,
  ],
  [
    'lineage barcodes without a barcode column',
    withAssay('lineages', 'sample,cell,code\nP1_untreated,A,ACGT\n'),
    /cells\.csv, column "barcode" A column is missing/,
  ],
  [
    'a mutation that is neither there nor not',
    withAssay('mutations', 'sample,cell,TP53_R175H\nP1_untreated,A,1\nP1_untreated,B,2\n'),
    /cells\.csv, row 3, column "TP53_R175H".*1 \(mutated\), 0 \(wild type\) or nothing.*"2"/,
  ],
  ['genes of another species', { 'counts.csv': counts((row, g) => row.with(0, mouse[g]!)) }, /mouse/],
];

describe('a run on bad input ends with exit code 2, says what and where, and leaves no results', () => {
  const refuses = async (files: Files, message: RegExp): Promise<void> => {
    const folder = studyWith(files);
    const { code, out, err } = await remnant(['run', 'study/study.yaml', '-o', 'out', '--quiet'], { cwd: folder });
    expect(err.replace(/\s+/g, ' ')).toMatch(message);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toMatch(/^ +at /m);
    // Inputs that could be read are kept for the next run, and nothing else.
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => !path.startsWith('study'));
    expect(left.filter((path) => !/^\.out\.remnant(\/steps(\/\w+\.step)?)?$/.test(path))).toEqual([]);
  };

  it.each(cases)('%s', async (_, files, message) => {
    await refuses(files, message);
  });

  it('an h5ad file without X', async () => {
    const files = { 'samples.csv': sheetWithCells('cells.h5ad'), 'cells.h5ad': await h5adWithoutX() };
    await refuses(files, /cells\.h5ad.*X/);
  });
});

it('a machine is told the same', async () => {
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

it('options out of their range are refused before anything is read', async () => {
  const { code, err } = await remnant(['run', 'study/study.yaml', '--fdr', '3'], { cwd: studyWith({}) });
  expect(code).toBe(2);
  expect(err).toMatch(/Option fdr cannot be used/);
});

it('a study that needs more memory than it may use is refused, with its own exit code', async () => {
  const folder = studyWith(tenx(['1 1 5', '2 2 3']));
  const { code, err } = await remnant(['run', 'study/study.yaml', '--memory-gib', '0.0000001'], { cwd: folder });
  expect(err).toMatch(/more memory than the budget/);
  expect(code).toBe(3);
});

it('a study that does not exist is named as it was written', async () => {
  const folder = studyWith({});
  const { code, err } = await remnant(['run', '../elsewhere/study.yaml'], { cwd: join(folder, 'study') });
  expect(code).toBe(2);
  expect(err).toMatch(/Error in \.\.\/elsewhere\/study\.yaml\n {2}This study does not exist/);
});
