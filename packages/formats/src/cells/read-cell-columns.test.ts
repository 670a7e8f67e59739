import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import type { CellDataset } from './cell-dataset.js';
import { readCells } from './read-cells.js';

const mtx = '%%MatrixMarket matrix coordinate integer general\n2 3 3\n1 1 5\n2 2 7\n1 3 1\n';
const folder = {
  's/matrix.mtx': mtx,
  's/features.tsv': 'ENSG1\tCD44\nENSG2\tMYC\n',
  's/barcodes.tsv': 'AA-1\nAC-1\nAG-1\n',
};
const read = (files: Readonly<Record<string, string | Uint8Array>>, path: string): Promise<CellDataset> => {
  const bytes = Object.entries(files).map(([name, content]) => {
    return [name, typeof content === 'string' ? new TextEncoder().encode(content) : content] as const;
  });
  return readCells(memorySource(Object.fromEntries(bytes)), path, { memoryGib: 1 });
};
const columnsOf = (dataset: CellDataset): unknown => dataset.obs.map(({ name, values }) => [name, [...values]]);

describe('a table of cells beside a 10x folder', () => {
  const table = 'sample,barcode,day,stage\nS1,AG-1,21,MRD\nS1,AA-1,0,pre\nS1,XX-1,3,pre\n';

  it.each([
    ['obs.csv', table],
    ['obs.csv.gz', gzipSync(table)],
    ['metadata.tsv', table.replaceAll(',', '\t')],
  ])('is put in the order of the cells: %s', async (name, content) => {
    const dataset = await read({ ...folder, [`s/${name}`]: content }, 's');
    expect(columnsOf(dataset)).toEqual([
      ['sample', ['S1', null, 'S1']],
      ['day', [0, NaN, 21]],
      ['stage', ['pre', null, 'MRD']],
    ]);
    expect(dataset.readings).toEqual([`s/${name} has no row for 1 of 3 cells.`]);
  });

  it('names cells in its first column when none is called cell or barcode', async () => {
    const dataset = await read({ ...folder, 's/obs.csv': ',kept\nAA-1,TRUE\nAC-1,FALSE\nAG-1,NA\n' }, 's');
    expect(columnsOf(dataset)).toEqual([['kept', ['TRUE', 'FALSE', null]]]);
    expect(dataset.readings).toEqual([]);
  });

  it('is left alone, and that is said, when it is about other cells', async () => {
    const dataset = await read({ ...folder, 's/metadata.csv': 'x,y\n1,2\n' }, 's');
    expect(dataset.obs).toEqual([]);
    expect(dataset.readings).toEqual(['s/metadata.csv names none of the cells of the matrix and was not used.']);
  });

  it('belongs to the matrix of the same prefix', async () => {
    const two = Object.fromEntries(
      ['A_', 'B_'].flatMap((prefix) =>
        Object.entries(folder).map(([path, content]) => [path.replace('s/', `s/${prefix}`), content] as const),
      ),
    );
    const files = { ...two, 's/A_obs.csv': 'cell,day\nAA-1,1\nAC-1,2\nAG-1,3\n' };
    expect(columnsOf(await read(files, 's/A_matrix.mtx'))).toEqual([['day', [1, 2, 3]]]);
    expect(columnsOf(await read(files, 's/B_matrix.mtx'))).toEqual([]);
  });
});

it('is found beside a table of counts by the name of that table', async () => {
  const files = {
    'd/x.count.csv': 'gene,A1,A2\nCD44,1,0\nMYC,0,2\n',
    'd/x.metadata.csv': '"line"\n"A2","H1"\n"A1","H2"\n',
    'd/y.count.csv': 'gene,A1,A2\nCD44,1,0\nMYC,0,2\n',
  };
  expect(columnsOf(await read(files, 'd/x.count.csv'))).toEqual([['line', ['H2', 'H1']]]);
  expect(columnsOf(await read(files, 'd/y.count.csv'))).toEqual([]);
});
