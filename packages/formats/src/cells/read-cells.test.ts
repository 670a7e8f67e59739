import { gzipSync } from 'node:zlib';
import type { CsrMatrix, Dataset, Matrix } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import type { CellDataset } from './cell-dataset.js';
import { chooseCounts } from './choose-counts.js';
import { estimateMemory } from './estimate-memory.js';
import { readCells } from './read-cells.js';
import { writeH5ad } from './write-h5ad.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
const sourceOf = (files: Files): ReturnType<typeof memorySource> =>
  memorySource(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, bytesOf(content)])));
const read = (files: Files, path: string, memoryGib = 1): Promise<CellDataset> =>
  readCells(sourceOf(files), path, { memoryGib });

async function message(files: Files, path: string): Promise<string> {
  try {
    await read(files, path);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

function dense(matrix: Matrix): number[][] {
  const { shape, indptr, indices, data } = matrix as CsrMatrix;
  return Array.from({ length: shape[0] }, (_, i) => {
    const row = new Array<number>(shape[1]).fill(0);
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) row[indices[k]!] = data[k]!;
    return row;
  });
}

const mtx =
  '%%MatrixMarket matrix coordinate integer general\n%made by hand\n3 2 4\n1 1 5\n3 1 16777217\n2 2 7\n3 2 1\n';
const features = 'ENSG01\tCD44\tGene Expression\nENSG02\tFOSL1\tGene Expression\nENSG03\tMYC\tGene Expression\n';
const barcodes = 'AAAC-1\nAAAG-1\n';
const folder = { 's/matrix.mtx': mtx, 's/features.tsv': features, 's/barcodes.tsv': barcodes };
const counts = [
  [5, 0, 16777217],
  [0, 7, 1],
];

/** The folder with files replaced, or left out. */
function changedBy(changes: Readonly<Record<string, string | Uint8Array | undefined>>): Files {
  const files: Record<string, string | Uint8Array> = { ...folder };
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) Reflect.deleteProperty(files, path);
    else files[path] = content;
  }
  return files;
}

describe('a 10x folder', () => {
  it.each([
    ['new and plain', folder],
    [
      'new and gzipped',
      {
        's/matrix.mtx.gz': gzipSync(mtx),
        's/features.tsv.gz': gzipSync(features),
        's/barcodes.tsv.gz': gzipSync(barcodes),
      },
    ],
    [
      'old',
      { 's/matrix.mtx': mtx, 's/genes.tsv': features.replaceAll('\tGene Expression', ''), 's/barcodes.tsv': barcodes },
    ],
    [
      'with the prefix of GEO',
      {
        's/GSM1_x_matrix.mtx.gz': gzipSync(mtx),
        's/GSM1_x_features.tsv.gz': gzipSync(features),
        's/GSM1_x_barcodes.tsv.gz': gzipSync(barcodes),
      },
    ],
    [
      'inside the output of Cell Ranger',
      Object.fromEntries(
        Object.entries(folder).map(([path, content]) => [
          path.replace('s/', 's/outs/filtered_feature_bc_matrix/'),
          content,
        ]),
      ),
    ],
    [
      'listed by gene',
      {
        ...folder,
        's/matrix.mtx': '%%MatrixMarket matrix coordinate integer general\n3 2 4\n1 1 5\n2 2 7\n3 2 1\n3 1 16777217\n',
      },
    ],
    [
      'stored as cells × genes',
      {
        ...folder,
        's/matrix.mtx':
          '%%MatrixMarket matrix coordinate real general\n2 3 4\n1 1 5\n1 3 1.6777217e7\n2 2 7.0\n2 3 1\n',
      },
    ],
  ])('is read when %s', async (_, files: Files) => {
    const dataset = await read(files, 's');
    expect(dense(dataset.X)).toEqual(counts);
    expect(dataset.obsNames).toEqual(['AAAC-1', 'AAAG-1']);
    expect(dataset.varNames).toEqual(['CD44', 'FOSL1', 'MYC']);
    expect(dataset.var[0]).toMatchObject({ name: 'gene_ids', values: ['ENSG01', 'ENSG02', 'ENSG03'] });
    expect(dataset.format).toBe('10x-folder');
  });

  it('is read by the path of its matrix, where a folder holds several', async () => {
    const files = {
      's/A_matrix.mtx': mtx,
      's/A_genes.tsv': features,
      's/A_barcodes.tsv': barcodes,
      's/B_matrix.mtx': mtx,
    };
    expect(dense((await read(files, 's/A_matrix.mtx')).X)).toEqual(counts);
    expect(await message(files, 's')).toBe(
      's: This folder holds several matrices. Expected one matrix.mtx. Found A_matrix.mtx, B_matrix.mtx. Give the path of the one that belongs to this sample.',
    );
  });

  it('makes repeated barcodes unique and says so', async () => {
    const dataset = await read({ ...folder, 's/barcodes.tsv': 'AAAC-1\nAAAC-1\n' }, 's');
    expect(dataset.obsNames).toEqual(['AAAC-1', 'AAAC-1-1']);
    expect(dataset.readings).toEqual(['1 of the barcodes is a repeat (AAAC-1) and was made unique.']);
  });

  it.each([
    [
      'a missing companion',
      { 's/features.tsv': undefined },
      's/matrix.mtx: A file of this 10x matrix is missing. Expected features.tsv or genes.tsv (or .gz) beside it. Found barcodes.tsv, matrix.mtx.',
    ],
    [
      'lists of another run',
      { 's/barcodes.tsv': 'AAAC-1\n' },
      's/matrix.mtx, row 3: The matrix does not fit its lists of genes and cells. Expected 3 genes (s/features.tsv) × 1 cells (s/barcodes.tsv). Found 3 × 2.',
    ],
    [
      'an index outside the matrix',
      { 's/matrix.mtx': mtx.replace('2 2 7', '4 2 7') },
      's/matrix.mtx, row 6: This entry does not fit the matrix. Expected a row from 1 to 3, a column from 1 to 2 and a number. Found "4 2 7".',
    ],
    [
      'an index of zero',
      { 's/matrix.mtx': mtx.replace('2 2 7', '0 2 7') },
      's/matrix.mtx, row 6: This entry does not fit the matrix.',
    ],
    ['a value that is no number', { 's/matrix.mtx': mtx.replace('2 2 7', '2 2 x') }, 'Found "2 2 x".'],
    [
      'fewer values than stated',
      { 's/matrix.mtx': mtx.replace('3 2 1\n', '') },
      's/matrix.mtx, row 3: This Matrix Market file does not hold as many values as it states. Expected 4 values. Found 3.',
    ],
    ['more values than stated', { 's/matrix.mtx': `${mtx}1 2 1\n` }, 'Expected 4 values. Found more than 4.'],
    [
      'a truncated gz',
      { 's/matrix.mtx': gzipSync(mtx).subarray(0, 60) },
      's/matrix.mtx: This gzip file is truncated or damaged.',
    ],
    [
      'HTML',
      { 's/matrix.mtx': '<!DOCTYPE html><html>404</html>' },
      's/matrix.mtx: This is a web page (HTML), not a Matrix Market file.',
    ],
    [
      'another text',
      { 's/matrix.mtx': 'a,b\n1,2\n' },
      's/matrix.mtx, row 1: This is not a Matrix Market file. Expected %%MatrixMarket matrix coordinate integer general. Found "a,b".',
    ],
    [
      'a dense Matrix Market file',
      { 's/matrix.mtx': '%%MatrixMarket matrix array real general\n1 1\n1\n' },
      'Matrix Market files of this kind are not read.',
    ],
    [
      'nothing but zeros',
      { 's/matrix.mtx': '%%MatrixMarket matrix coordinate integer general\n3 2 0\n' },
      's/matrix.mtx: This matrix is empty: every value is zero.',
    ],
    [
      'no cells',
      { 's/matrix.mtx': '%%MatrixMarket matrix coordinate integer general\n3 0 0\n', 's/barcodes.tsv': '' },
      's/barcodes.tsv: This sample holds no cells.',
    ],
    [
      'no size line',
      { 's/matrix.mtx': '%%MatrixMarket matrix coordinate integer general\n%\n' },
      'This Matrix Market file has no size line.',
    ],
    [
      'names that are not UTF-8',
      { 's/features.tsv': Uint8Array.from([...bytesOf('ENSG01\tCD44\nENSG02\tF'), 0xe9, 0x0a]) },
      's/features.tsv, row 2: This text is not UTF-8. Found byte 0xE9 as byte 9 of the row.',
    ],
  ])('says what is wrong: %s', async (_, changes, expected) => {
    expect(await message(changedBy(changes), 's')).toContain(expected);
  });
});

describe('a table of counts', () => {
  it('is read as genes × cells, gzip or not, counts exact', async () => {
    const text = 'GENE\tAAAC\tAAAG\nCD44\t5\t0\nFOSL1\t0\t7\nMYC\t16777217\t1\n';
    for (const content of [text, gzipSync(text)]) {
      const dataset = await read({ 't.txt': content }, 't.txt');
      expect(dense(dataset.X)).toEqual(counts);
      expect(dataset.varNames).toEqual(['CD44', 'FOSL1', 'MYC']);
      expect(dataset.readings).toEqual(['The table was read as genes × cells: its rows are named by "GENE".']);
    }
  });

  it('is read as cells × genes by its names, keeping columns of text', async () => {
    const dataset = await read(
      { 't.csv': 'cell,type,CD44,FOSL1,MYC\ncell 1,T cell,5,0,16777217\ncell 2,B cell,0,7,1\n' },
      't.csv',
    );
    expect(dense(dataset.X)).toEqual(counts);
    expect(dataset.obsNames).toEqual(['cell 1', 'cell 2']);
    expect(dataset.obs).toMatchObject([{ name: 'type', values: ['T cell', 'B cell'] }]);
    expect(dataset.readings).toEqual([
      'The table was read as cells × genes: 0 % of the row names and 100 % of the column names are gene names.',
    ]);
  });

  it('is read when R left the first name out, with well names that look like old gene names', async () => {
    const dataset = await read({ 't.csv': '"A1","A10"\n"ENSG00000026508",5,0\n"ENSG00000175592",0,7\n' }, 't.csv');
    expect(dataset.varNames).toEqual(['ENSG00000026508', 'ENSG00000175592']);
    expect(dense(dataset.X)).toEqual([
      [5, 0],
      [0, 7],
    ]);
  });

  it.each([
    [
      'a cell that is no number',
      'gene,c1,c2\nCD44,1,x\nMYC,1,2\n',
      't.csv, row 2, column "c2": This value is not a number. Found "x".',
    ],
    [
      'an empty cell',
      'gene,c1,c2\nCD44,1,2\nMYC,,2\n',
      't.csv, row 3, column "c1": This value is missing. Found an empty cell.',
    ],
    [
      'a ragged row',
      'gene,c1,c2\nCD44,1,2\nMYC,1\n',
      't.csv, row 3: This row does not have as many cells as the header. Expected 3 cells. Found 2.',
    ],
    ['zeros only', 'gene,c1,c2\nCD44,0,0\n', 't.csv: This matrix is empty: every value is zero.'],
    ['a header alone', 'gene,c1,c2\n', 't.csv: This table has a header and no rows.'],
    ['names alone', 'gene\nCD44\n', 't.csv, row 1: This table has no column of numbers.'],
    [
      'HTML',
      '<html><body>Not found</body></html>',
      't.csv: This is a web page (HTML), not single-cell data. Found "<html><body>Not found</body></html>".',
    ],
    ['nothing', '', 't.csv: This file is empty.'],
    ['a PDF', '%PDF-1.4', 't.csv: This is a PDF document, not single-cell data.'],
  ])('says what is wrong: %s', async (_, content, expected) => {
    expect(await message({ 't.csv': content }, 't.csv')).toContain(expected);
  });
});

describe('paths', () => {
  it('names a path that does not exist', async () => {
    expect(await message(folder, 'samples/none')).toBe(
      'samples/none: This path does not exist. Check its spelling; paths are relative to the study file.',
    );
  });

  it('names a folder that holds nothing to read', async () => {
    expect(await message({ 's/readme.md': 'hello' }, 's')).toContain(
      's: This folder holds no single-cell data that can be read. Expected matrix.mtx with its barcodes and features, or a Zarr store. Found readme.md.',
    );
  });
});

describe('memory', () => {
  it('is judged from the size line before the matrix is read, and refused with estimate and budget', async () => {
    const large = '%%MatrixMarket matrix coordinate integer general\n30000 100000 250000000\n1 1 5\n';
    const source = sourceOf({ ...folder, 's/matrix.mtx': large });
    const estimate = await estimateMemory(source, 's');
    expect(estimate.basis).toBe('250,000,000 values of 30,000 genes × 100,000 cells, by the size line of the matrix');
    expect(estimate.bytes).toBeGreaterThan(1e9);
    const unread = { ...source, read: (): Promise<never> => Promise.reject(new TypeError('read')) };
    await expect(readCells(unread, 's', { memoryGib: 0.5 })).rejects.toThrow(
      's: Reading this sample would need more memory than the budget. Expected at most 0.500 GiB (memoryGib). ' +
        'Found an estimated 0.943 GiB: 250,000,000 values of 30,000 genes × 100,000 cells, by the size line of the matrix. ' +
        'Raise memoryGib if this machine has the memory, or give filtered counts with fewer cells.',
    );
  });

  it('is judged from the first rows and the size of a table', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => `G${String(i)},${'0,'.repeat(98)}1,2`);
    const text = `gene,${Array.from({ length: 100 }, (_, j) => `c${String(j)}`).join(',')}\n${rows.join('\n')}\n`;
    const { basis } = await estimateMemory(sourceOf({ 't.csv': text }), 't.csv');
    expect(basis).toMatch(/^about 2,0\d\d rows × 101 columns, 2 % of the values not zero/);
  });
});

describe('chooseCounts', () => {
  const matrix = (...rows: readonly (readonly number[])[]): CsrMatrix => {
    const data = rows.flatMap((row) => row.filter((value) => value !== 0));
    const indices = rows.flatMap((row) => row.flatMap((value, j) => (value === 0 ? [] : [j])));
    const indptr = rows.reduce((ends, row) => [...ends, ends.at(-1)! + row.filter((value) => value !== 0).length], [0]);
    const shape = [rows.length, rows[0]!.length] as const;
    return {
      kind: 'csr',
      shape,
      indptr: Uint32Array.from(indptr),
      indices: Uint32Array.from(indices),
      data: Float64Array.from(data),
    };
  };
  const base: Dataset = {
    X: matrix([0.5, 1]),
    obsNames: ['c'],
    varNames: ['CD44', 'MYC'],
    obs: [],
    var: [],
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
  };

  it('takes the layer, then raw, then X', () => {
    expect(chooseCounts({ ...base, X: matrix([1, 2]) }, 'x').where).toBe('X');
    const raw = { X: matrix([1, 2]), varNames: ['CD44', 'MYC'], var: [] };
    expect(chooseCounts({ ...base, X: matrix([1, 2]), raw }, 'x').where).toBe('raw.X');
    expect(chooseCounts({ ...base, raw, layers: { counts: matrix([1, 2]) } }, 'x').where).toBe('layers/counts');
  });

  it('says what each matrix holds when none holds counts', () => {
    const layers = { counts: matrix([-1, 2]) };
    expect(() => chooseCounts({ ...base, layers }, 'x.h5ad')).toThrow(
      'x.h5ad: No raw counts were found in this data set. Expected whole numbers, zero or more, in X, raw.X or layers["counts"]. ' +
        'Found in layers/counts -1 for gene "CD44" in cell "c"; in X 0.5 for gene "CD44" in cell "c".',
    );
  });
});

describe('an .h5ad file', () => {
  it('of no cells is refused, rows or dense', async () => {
    const none = { obsNames: [], varNames: ['g'], obs: [], var: [], layers: {}, obsm: {}, uns: {}, raw: null };
    const rows = {
      kind: 'csr',
      shape: [0, 1],
      indptr: Uint32Array.of(0),
      indices: new Uint32Array(0),
      data: new Float32Array(0),
    } as const;
    const dense = { kind: 'dense', shape: [0, 1], data: new Float32Array(0) } as const;
    for (const X of [rows, dense]) {
      const bytes = await writeH5ad({ ...none, X });
      expect(await message({ 'x.h5ad': bytes }, 'x.h5ad')).toContain('x.h5ad: This sample holds no cells.');
    }
  });

  it('of zeros, or cut short, is refused', async () => {
    const bytes = await writeH5ad({
      X: { kind: 'dense', shape: [1, 1], data: Float64Array.of(0) },
      obsNames: ['c'],
      varNames: ['g'],
      obs: [],
      var: [],
      layers: {},
      obsm: {},
      uns: {},
      raw: null,
    });
    expect(await message({ 'x.h5': bytes }, 'x.h5')).toContain('x.h5: This matrix is empty: every value is zero.');
    expect(await message({ 'x.h5ad': bytes.subarray(0, 500) }, 'x.h5ad')).toContain(
      'This HDF5 file is truncated or damaged.',
    );
  });
});
