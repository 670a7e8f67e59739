/** Files written by anndata 0.12, h5py 3 and zarr 3 (reference/formats/make_fixtures.py): X[i, j] = (7 i + 3 j) mod 5. */
import { readFileSync } from 'node:fs';
import type { CsrMatrix, Matrix } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import type { CellDataset } from './cell-dataset.js';
import { chooseCounts } from './choose-counts.js';
import { readCells } from './read-cells.js';

const folder = new URL('../../../../reference/formats/fixtures/', import.meta.url);
const budget = { memoryGib: 1 };

async function read(name: string, genome?: string): Promise<CellDataset> {
  const source = memorySource({ [name]: readFileSync(new URL(name, folder)) });
  return readCells(source, name, genome === undefined ? budget : { ...budget, genome });
}

function dense(matrix: Matrix): number[][] {
  const { shape, indptr, indices, data } = matrix as CsrMatrix;
  return Array.from({ length: shape[0] }, (_, i) => {
    const row = new Array<number>(shape[1]).fill(0);
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) row[indices[k]!] = data[k]!;
    return row;
  });
}

const X = Array.from({ length: 6 }, (_, i) => Array.from({ length: 5 }, (_, j) => (7 * i + 3 * j) % 5));
const cells = ['cell0', 'cell1', 'cell2', 'cell3', 'cell4', 'cell5'];
const genes = ['CD44', 'FOSL1', 'MYC', 'TP53', 'KRT8'];

describe.each(['csr.h5ad', 'csc.h5ad', 'dense.h5ad', 'v2.zarr.zip', 'v3.zarr.zip'])('%s', (name) => {
  it('gives matrices, names and columns as they were written', async () => {
    const dataset = await read(name);
    expect(dataset.X.kind).toBe('csr');
    expect(dense(dataset.X)).toEqual(X);
    expect(dense(dataset.layers['counts']!)).toEqual(X);
    expect(dense(dataset.layers['log']!)).toEqual(X.map((row) => row.map((value) => Math.fround(Math.log1p(value)))));
    expect(dense(dataset.raw!.X)).toEqual(X.map((row) => [...row, row[0]! + 1]));
    expect(dataset.raw!.varNames).toEqual([...genes, 'ACTB']);
    expect(dataset.obsNames).toEqual(cells);
    expect(dataset.varNames).toEqual(genes);
    expect(dataset.obsm['X_pca']?.shape).toEqual([6, 2]);
    expect([...dataset.obsm['X_pca']!.data]).toEqual(Array.from({ length: 12 }, (_, i) => i / 4));
    expect(dataset.uns).toMatchObject({ title: 'fixture', k: 3, names: ['p', 'q'] });
    expect(dataset.readings).toEqual([]);
  });

  it('reads categories, missing values, booleans and exact integers', async () => {
    const dataset = await read(name);
    const values = Object.fromEntries(dataset.obs.map((column) => [column.name, [...column.values]]));
    expect(values).toEqual({
      state: ['a', 'b', null, 'a', 'b', 'a'],
      clone: ['2', '1', '2', '2', '1', '1'],
      batch: ['x', 'y', 'z', 'w', 'v', 'é'],
      nGenes: [1, 2, NaN, 4, 5, 6],
      isGood: ['True', null, 'False', 'True', 'True', 'False'],
      kept: ['True', 'False', 'True', 'True', 'False', 'True'],
      score: [0.5, NaN, 1.5, 2.5, -1, 1e-300],
      n: [0, 1, 2, 3, 4, 5].map((i) => i * 1e12),
    });
  });

  it('finds the counts where the most genes are', async () => {
    const counts = chooseCounts(await read(name), name);
    expect(counts.where).toBe('raw.X');
    expect(counts.varNames).toHaveLength(6);
  });
});

describe('older and other encodings', () => {
  it('reads anndata 0.7: categories aside, big-endian values, unsorted rows', async () => {
    const dataset = await read('anndata07.h5ad');
    expect(dense(dataset.X)).toEqual(X);
    expect(dense(dataset.layers['spliced']!)).toEqual(X);
    expect(dataset.obs.map((column) => [column.name, [...column.values]])).toEqual([
      ['state', ['a', 'b', null, 'a', 'b', 'a']],
      ['kept', ['True', 'False', 'True', 'True', 'False', 'True']],
    ]);
    expect(dataset.var).toEqual([]);
  });

  it('reads one genome of a Cell Ranger 2 file and asks which when there are several', async () => {
    const mouse = await read('cellranger2.h5', 'mm10');
    expect(dense(mouse.X)).toEqual(X.map((row) => row.map((value) => (value + 1) % 5)));
    expect(mouse.varNames).toEqual(genes);
    expect(mouse.var[0]?.values[4]).toBe('mm10_ENS4');
    await expect(read('cellranger2.h5')).rejects.toThrow(
      'cellranger2.h5: This 10x file holds several genomes. Expected one of hg19, mm10. Name the genome to read.',
    );
    await expect(read('cellranger2.h5', 'hg38')).rejects.toThrow('This 10x file has no genome "hg38".');
  });

  it('reads a Cell Ranger 3 file: exact large counts, antibodies left out, repeated barcodes made unique', async () => {
    const dataset = await read('cellranger3.h5');
    const large = X.map((row) => row.slice(0, 4).map((value) => (value === 0 ? 0 : value * 2 ** 24 + 1)));
    expect(dense(dataset.X)).toEqual(large);
    expect(dataset.X.data).toBeInstanceOf(Float64Array);
    expect(dataset.obsNames).toEqual(['cell0', 'cell1', 'cell2', 'cell3', 'cell4', 'cell0-1']);
    expect(dataset.var.map((column) => column.name)).toEqual(['gene_ids', 'feature_types', 'genome']);
    expect(dataset.readings).toEqual([
      '1 of the barcodes is a repeat (cell0) and was made unique.',
      '1 feature left out (Antibody Capture).',
    ]);
    expect((await read('cellranger3.h5', 'GRCh38')).varNames).toEqual(['CD44', 'FOSL1', 'TP53']);
  });

  it('says where the counts are when X is missing', async () => {
    await expect(read('without_x.h5ad')).rejects.toThrow(
      'without_x.h5ad: This AnnData file has no matrix X. Found only layers, obs, obsm, obsp, uns, var, varm, varp. ' +
        'Set adata.X = adata.layers["counts"] and write it again.',
    );
  });
});
