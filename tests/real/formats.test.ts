import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Column, createTable, type CsrMatrix, type Dataset, type Matrix, textColumn } from '@remnant/engine';
import {
  type CellDataset,
  chooseCounts,
  estimateMemory,
  formatCsv,
  memorySource,
  readCells,
  readCounts,
  selectCells,
  tenxFolder,
  writeH5ad,
} from '@remnant/formats';
import { nodeSource } from '@remnant/host/node';
import { describe, expect, it } from 'vitest';
import { tenXH5 } from '../support/ten-x-h5.js';

/**
 * The readers on real files, against anndata 0.12, h5py 3, scipy and pandas (reference/formats/make_reference.py).
 * Single values are equal; sums are compared within 1e-12 relative, because they are added up in another order.
 */
const shared = new URL('../../../shared/', import.meta.url);
const present = existsSync(new URL('data/singlecell', shared));
if (!present) console.warn('Skipped: ../shared is not beside this checkout.');

const emptyDataset = { obs: [], var: [], layers: {}, obsm: {}, uns: {}, raw: null };

interface MatrixReference {
  readonly shape: [number, number];
  readonly nStored: number;
  readonly sum: number;
  readonly firstRowSums: number[];
  readonly firstColumnSums: number[];
  readonly rows: number[];
  readonly columns: number[];
  readonly entries: number[];
}

interface ColumnReference {
  readonly first: (string | number)[];
  readonly sum?: number;
  readonly counts?: Readonly<Record<string, number>>;
}

interface CellReference {
  readonly X: MatrixReference;
  readonly obsNames: string[];
  readonly varNames: string[];
}

interface PbmcReference extends CellReference {
  readonly raw: MatrixReference;
  readonly obs: Readonly<Record<string, ColumnReference>>;
  readonly var: Readonly<Record<string, ColumnReference>>;
  readonly obsm: Readonly<Record<string, { readonly shape: number[]; readonly sum: number; readonly last: number }>>;
}

const reference = JSON.parse(
  readFileSync(new URL('../../reference/formats/reference.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>;
const cellReference = (name: string): CellReference => reference[name] as CellReference;
const pbmc = reference['pbmc68k'] as PbmcReference;
const zarrReference = reference['pbmc68kZarr'] as { readonly counts: MatrixReference };
const source = nodeSource(fileURLToPath(new URL('data/singlecell/', shared)));
const read = (path: string): Promise<CellDataset> => readCells(source, path, { memoryGib: 4 });

function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i]!;
  return total;
}

function valueAt({ indptr, indices, data }: CsrMatrix, row: number, column: number): number {
  const k = indices.subarray(indptr[row], indptr[row + 1]).indexOf(column);
  return k === -1 ? 0 : data[indptr[row]! + k]!;
}

/** Equal in every byte and kind of array; much quicker than comparing value by value. */
function expectSame(found: Matrix | undefined, expected: Matrix | undefined): void {
  const [a, b] = [arraysOf(found!), arraysOf(expected!)];
  expect([found!.kind, found!.shape]).toEqual([expected!.kind, expected!.shape]);
  a.forEach((array, i) => {
    expect([array.constructor, bufferOf(array).equals(bufferOf(b[i]!))]).toEqual([b[i]!.constructor, true]);
  });
}

function arraysOf(matrix: Matrix): ArrayBufferView[] {
  return matrix.kind === 'dense' ? [matrix.data] : [matrix.indptr, matrix.indices, matrix.data];
}

function bufferOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function expectClose(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));
}

function expectMatrix(found: CellDataset['X'], expected: MatrixReference): void {
  const csr = found as CsrMatrix;
  expect([csr.kind, ...csr.shape, csr.data.length]).toEqual(['csr', ...expected.shape, expected.nStored]);
  expect(Math.abs(sum(csr.data) - expected.sum)).toBeLessThanOrEqual(1e-12 * sum(csr.data.map(Math.abs)));
  expected.firstRowSums.forEach((total, i) => {
    expectClose(sum(csr.data, csr.indptr[i], csr.indptr[i + 1]), total);
  });
  expected.firstColumnSums.forEach((total, j) => {
    expectClose(sum(csr.data.filter((_, k) => csr.indices[k] === j)), total);
  });
  expect(expected.rows.map((row, k) => valueAt(csr, row, expected.columns[k]!))).toEqual(expected.entries);
}

function expectColumn(found: Column | undefined, expected: ColumnReference): void {
  expect([...found!.values].slice(0, expected.first.length)).toEqual(expected.first);
  if (expected.sum !== undefined) expectClose(sum(found!.values as Float64Array), expected.sum);
  if (expected.counts === undefined) return;
  const counts: Record<string, number> = {};
  for (const value of found!.values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  expect(counts).toEqual(expected.counts);
}

describe.skipIf(!present)('one data set, three encodings', () => {
  const files = ['10x_pbmc68k_reduced.h5ad', '10x_pbmc68k_reduced.modern.h5ad', '10x_pbmc68k_reduced.zarr.zip'];

  it.each(files)('%s holds what anndata reads', async (file) => {
    const dataset = await read(`pbmc/${file}`);
    expectMatrix(dataset.X, pbmc.X);
    if (file.endsWith('.zip')) expectMatrix(dataset.layers['counts']!, zarrReference.counts);
    else expectMatrix(dataset.raw!.X, pbmc.raw);
    expect(dataset.obsNames.slice(0, 3)).toEqual(pbmc.obsNames);
    expect(dataset.varNames.slice(0, 3)).toEqual(pbmc.varNames);
    expect(dataset.obs.map((column) => column.name)).toEqual(Object.keys(pbmc.obs));
    for (const column of dataset.obs) expectColumn(column, pbmc.obs[column.name]!);
    for (const column of dataset.var) expectColumn(column, pbmc.var[column.name]!);
    for (const [name, embedding] of Object.entries(pbmc.obsm)) {
      expect(dataset.obsm[name]?.shape).toEqual(embedding.shape);
      expect(dataset.obsm[name]!.data.at(-1)).toBe(embedding.last);
      expectClose(sum(dataset.obsm[name]!.data), embedding.sum);
    }
  });

  it('gives the same numbers from each', async () => {
    const [legacy, modern, zarr] = await Promise.all(files.map((file) => read(`pbmc/${file}`)));
    expectSame(modern!.raw!.X, legacy!.raw!.X);
    expect([modern!.raw!.varNames, modern!.raw!.var]).toEqual([legacy!.raw!.varNames, legacy!.raw!.var]);
    for (const other of [modern!, zarr!]) {
      expectSame(other.X, legacy!.X);
      expect(other.obs).toEqual(legacy!.obs);
      expect(other.var).toEqual(legacy!.var);
      expect(other.obsm['X_umap']).toEqual(legacy!.obsm['X_umap']);
    }
  });

  it('finds no raw counts in it, and says what is there instead', async () => {
    const dataset = await read('pbmc/10x_pbmc68k_reduced.h5ad');
    expect(() => chooseCounts(dataset, 'pbmc.h5ad')).toThrow(
      'pbmc.h5ad: No raw counts were found in this data set. Expected whole numbers, zero or more, in X, raw.X or layers["counts"]. ' +
        'Found in raw.X 1.590999960899353 for gene "PARK7" in cell "AAAGCCTGGCTAAC-1"; in X -0.32600000500679016 for gene "HES4"',
    );
  });

  it('is the same after it is written and read', async () => {
    const dataset = await read('pbmc/10x_pbmc68k_reduced.modern.h5ad');
    const back = await readCells(memorySource({ x: await writeH5ad(dataset) }), 'x', { memoryGib: 1 });
    expectSame(back.X, dataset.X);
    expect({ ...back, X: null, raw: null }).toEqual({ ...dataset, X: null, raw: null });
  });
});

describe.skipIf(!present)('the same cells in every format', () => {
  const names = ({ obsNames, varNames }: Dataset): unknown => ({ obsNames, varNames });
  const under = (folder: string, files: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes]));
  /** As texts: clusters called 0, 1, 2 … come back from a table as numbers. */
  const columnValues = ({ obs }: Pick<CellDataset, 'obs'>): unknown =>
    obs.map(({ name, values }) => [name, Array.from(values as ArrayLike<string | number | null>, String)]);

  it('pbmc68k: counts of the Zarr store as h5ad, 10x .h5, both 10x folders and a table', async () => {
    const zarr = await readCounts(source, 'pbmc/10x_pbmc68k_reduced.zarr.zip', { memoryGib: 1 });
    const X = zarr.counts.X;
    const dataset = { ...emptyDataset, X, obsNames: zarr.obsNames, varNames: zarr.counts.varNames, obs: zarr.obs };
    const obs = formatCsv(createTable('obs', '', [textColumn('cell', '', zarr.obsNames), ...zarr.obs]));
    const files = memorySource({
      'x.h5ad': await writeH5ad(dataset),
      'layer.h5ad': await writeH5ad({
        ...dataset,
        X: { ...X, data: Float32Array.from(X.data, Math.sqrt) },
        layers: { counts: X },
      }),
      'x.h5': await tenXH5(dataset),
      ...under('v2', { ...tenxFolder(dataset, 'v2'), 'obs.csv': new TextEncoder().encode(obs) }),
      ...under('v3', { ...tenxFolder(dataset, 'v3'), 'obs.csv.gz': gzipSync(obs) }),
    });
    for (const path of ['x.h5ad', 'layer.h5ad', 'x.h5', 'v2', 'v3']) {
      const found = await readCounts(files, path, { memoryGib: 1 });
      expectSame(found.counts.X, X);
      expect([found.obsNames, found.counts.varNames], path).toEqual([zarr.obsNames, zarr.counts.varNames]);
      if (path !== 'x.h5') expect(columnValues(found), path).toEqual(columnValues(zarr));
    }
  });

  it('a 10x .h5 as h5ad, 10x .h5 again and both 10x folders', async () => {
    const dataset = await read('pbmc/tenx_v3_filtered_feature_bc_matrix.h5');
    const files = memorySource({
      'x.h5ad': await writeH5ad(dataset),
      'x.h5': await tenXH5(dataset),
      ...under('v2', tenxFolder(dataset, 'v2')),
      ...under('v3', tenxFolder(dataset, 'v3')),
    });
    for (const path of ['x.h5ad', 'x.h5', 'v2', 'v3']) {
      const found = await readCells(files, path, { memoryGib: 1 });
      expectSame(found.X, dataset.X);
      expect(names(found), path).toEqual(names(dataset));
    }
  });

  it('pbmc68k: normalised values of the old and the current encoding survive our own writing', async () => {
    for (const name of ['10x_pbmc68k_reduced.h5ad', '10x_pbmc68k_reduced.modern.h5ad']) {
      const dataset = await read(`pbmc/${name}`);
      const back = await readCells(memorySource({ x: await writeH5ad(dataset) }), 'x', { memoryGib: 1 });
      expectSame(back.X, dataset.X);
      expectSame(back.raw!.X, dataset.raw!.X);
      expect([back.raw!.varNames, back.raw!.var]).toEqual([dataset.raw!.varNames, dataset.raw!.var]);
      expect(columnValues(back)).toEqual(columnValues(dataset));
      for (const name of Object.keys(dataset.obsm)) expectSame(back.obsm[name], dataset.obsm[name]);
    }
  });
});

describe.skipIf(!present)('the tables of cells beside counts', () => {
  it('a 10x folder: one sample of many by a subset', async () => {
    const dataset = await read('gbm_panobinostat_zhao');
    expect(dataset.obs.map(({ name }) => name)).toContain('patient_id');
    expect(dataset.readings).toEqual([]);
    const conditions = [
      { column: 'patient_id', value: 'PW030' },
      { column: 'treatment', value: 'vehicle (DMSO)' },
    ];
    const rows = selectCells(dataset, conditions, 'gbm');
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.every((row) => dataset.obsNames[row]!.startsWith('PW030-'))).toBe(true);
    expect(() => selectCells(dataset, [{ column: 'patient', value: 'PW030' }], 'gbm')).toThrow(
      'The table of cells has no column "patient". Expected one of "patient_id", "treatment_id",',
    );
    expect(() => selectCells(dataset, [{ column: 'patient_id', value: 'PW03' }], 'gbm')).toThrow(
      'Did you mean "PW030"?',
    );
  });

  it.each([
    ['luad_celllines_tian/sc_celseq2_3cl.count.csv.gz', 'cell_line', { H1975: 114, H2228: 81, HCC827: 79 }],
    ['pc9_erlotinib_aissa/filtered_500genes', 'condition', { untreated: 324, erlotinib_day11_persister: 958 }],
  ])('%s', async (path, name, expected) => {
    const dataset = await read(path);
    const column = dataset.obs.find((c) => c.name === name)!;
    expectColumn(column, { first: [...column.values].slice(0, 1) as string[], counts: expected });
  });

  it('thyroid: a table of names alone adds nothing', async () => {
    const { obs, readings, X } = await read('thyroid_atc2_numbat');
    expect([obs, readings, X.shape]).toEqual([[], [], [173, 33_538]]);
  });

  it('decimals stay decimals, and are no counts', async () => {
    const dataset = await read('oligodendroglioma_infercnv/counts.matrix.gz');
    expect(dataset.X.data).toBeInstanceOf(Float64Array);
    expect(() => chooseCounts(dataset, 'counts.matrix.gz')).toThrow('No raw counts were found in this data set.');
  });
});

describe.skipIf(!present)('single-cell counts in other formats', () => {
  it.each([
    ['tenxH5', 'pbmc/tenx_v3_filtered_feature_bc_matrix.h5', '10x-h5'],
    ['seuratSmall', 'pbmc/seurat_pbmc_small_raw.txt', 'table'],
    ['gbm', 'gbm_panobinostat_zhao', '10x-folder'],
    ['pc9Filtered', 'pc9_erlotinib_aissa/filtered_500genes', '10x-folder'],
    ['luad', 'luad_celllines_tian/sc_celseq2_3cl.count.csv.gz', 'table'],
    ['oligodendroglioma', 'oligodendroglioma_infercnv/counts.matrix.gz', 'table'],
    ['pc9Control', 'pc9_erlotinib_aissa/Day11_control.dge.txt.gz', 'table'],
    ['pc9Erlotinib', 'pc9_erlotinib_aissa/Day11_Erlotinib.dge.txt.gz', 'table'],
    ['luad5', 'luad_celllines_tian/sc_celseq2_5cl_p1.count.csv.gz', 'table'],
    ['thyroid', 'thyroid_atc2_numbat', '10x-folder'],
  ])('%s', async (name, path, format) => {
    const dataset = await read(path);
    const expected = cellReference(name);
    expect(dataset.format).toBe(format);
    expectMatrix(dataset.X, expected.X);
    expect(dataset.obsNames.slice(0, 3)).toEqual(expected.obsNames);
    expect(dataset.varNames.slice(0, 3)).toEqual(expected.varNames);
  });

  it('are estimated from headers within a factor of three of what they hold', async () => {
    for (const path of [
      'pbmc/tenx_v3_filtered_feature_bc_matrix.h5',
      'gbm_panobinostat_zhao',
      'pbmc/10x_pbmc68k_reduced.h5ad',
    ]) {
      const { bytes } = await estimateMemory(source, path);
      const dataset = await read(path);
      const matrices = [dataset.X, ...(dataset.raw === null ? [] : [dataset.raw.X])] as CsrMatrix[];
      const names = 100 * (dataset.obsNames.length + dataset.varNames.length);
      const held = matrices.reduce((total, { data, indices }) => total + data.byteLength + indices.byteLength, names);
      expect(bytes).toBeGreaterThanOrEqual(held);
      expect(bytes).toBeLessThan(3 * held);
    }
  });

  it('are refused before they are read when they are above the budget', async () => {
    await expect(readCells(source, 'pbmc/10x_pbmc68k_reduced.h5ad', { memoryGib: 0.001 })).rejects.toThrow(
      'Reading this sample would need more memory than the budget. Expected at most 0.00100 GiB (memoryGib). ' +
        'Found an estimated 0.00710 GiB: 709,900 values in 2 matrices of 700 cells × 765 genes, by the shapes in the file.',
    );
  });
});
