import { gzipSync } from 'node:zlib';
import { AbortedError, type CsrMatrix, type Dataset, textColumn } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import { chooseCounts } from './choose-counts.js';
import { estimateMemory } from './estimate-memory.js';
import { readCells } from './read-cells.js';
import { readCounts } from './read-counts.js';
import { writeH5ad } from './write-h5ad.js';

const budget = { memoryGib: 1 };
const csr = (values: readonly number[], columns = 2): CsrMatrix => ({
  kind: 'csr',
  shape: [2, columns],
  indptr: Uint32Array.of(0, 2, 3),
  indices: Uint16Array.of(0, 1, 1),
  data: Float64Array.from(values),
});
const base: Dataset = {
  X: csr([0.5, 1.5, 2.5]),
  obsNames: ['c1', 'c2'],
  varNames: ['CD44', 'MYC'],
  obs: [textColumn('patient', '', ['P1', 'P2'])],
  var: [textColumn('gene_ids', '', ['ENSG1', 'ENSG2'])],
  layers: { counts: csr([1, 2, 3]) },
  obsm: {},
  uns: {},
  raw: null,
};
const wide = { X: csr([4, 5, 6], 3), varNames: ['CD44', 'MYC', 'ACTB'], var: [] };
const asColumns: Dataset = {
  ...base,
  X: {
    kind: 'csc',
    shape: [2, 2],
    indptr: Uint32Array.of(0, 1, 3),
    indices: Uint32Array.of(0, 0, 1),
    data: Uint16Array.of(7, 8, 300),
  },
  layers: {},
};

describe('readCounts', () => {
  it.each([
    ['a layer beside normalised values', base, 'layers/counts'],
    ['raw, when it holds more genes', { ...base, raw: wide }, 'raw.X'],
    ['X, when nothing else holds counts', { ...base, X: csr([1, 1, 1]), layers: { counts: csr([0.1, 2, 3]) } }, 'X'],
    ['the layer before X, when both hold counts', { ...base, X: csr([9, 9, 9]) }, 'layers/counts'],
  ] as const)('takes %s, as chooseCounts does', async (_, dataset: Dataset, where) => {
    const source = memorySource({ 'x.h5ad': await writeH5ad(dataset) });
    const all = await readCells(source, 'x.h5ad', budget);
    const found = await readCounts(source, 'x.h5ad', budget);
    expect(found.counts).toEqual(chooseCounts(all, 'x.h5ad'));
    expect(found.counts.where).toBe(where);
    expect([found.obs, found.obsNames]).toEqual([all.obs, all.obsNames]);
    expect(found.counts.X.data).toBeInstanceOf(Uint8Array);
  });

  it('gives the same error when there are no counts', async () => {
    const dataset = { ...base, layers: { counts: csr([1, -2, 3]) }, raw: { ...wide, X: csr([1.5, 1, 1], 3) } };
    const source = memorySource({ 'x.h5ad': await writeH5ad(dataset) });
    const error = await readCells(source, 'x.h5ad', budget).then((all) => {
      try {
        chooseCounts(all, 'x.h5ad');
      } catch (thrown) {
        return (thrown as Error).message;
      }
      return 'no error';
    });
    expect(error).toContain('Found in layers/counts -2 for gene "MYC" in cell "c1"; in raw.X 1.5 for gene "CD44"');
    await expect(readCounts(source, 'x.h5ad', budget)).rejects.toThrow(error);
  });

  it('reads columns as rows, and other formats as readCells does', async () => {
    const table = 'gene,c1,c2\nCD44,1,0\nMYC,2,300\n';
    const source = memorySource({ 'x.h5ad': await writeH5ad(asColumns), 't.csv.gz': gzipSync(table) });
    const { X } = (await readCounts(source, 'x.h5ad', budget)).counts;
    expect([[...X.indptr], [...X.indices], [...X.data]]).toEqual([
      [0, 2, 3],
      [0, 1, 1],
      [7, 8, 300],
    ]);
    expect(X.data).toBeInstanceOf(Uint16Array);
    const fromTable = await readCounts(source, 't.csv.gz', budget);
    expect(fromTable.counts).toEqual(chooseCounts(await readCells(source, 't.csv.gz', budget), 't.csv.gz'));
  });

  it('needs room for one matrix, not all of them', async () => {
    const source = memorySource({ 'x.h5ad': await writeH5ad({ ...base, raw: wide }) });
    const [all, one] = [await estimateMemory(source, 'x.h5ad'), await estimateMemory(source, 'x.h5ad', 'counts')];
    expect(all.basis).toContain('in 3 matrices');
    expect(one.basis).toContain('in one matrix');
    expect(one.bytes).toBeLessThan(all.bytes);
  });

  it('stops when it is told to', async () => {
    const source = memorySource({ 'x.h5ad': await writeH5ad(base) });
    const stop = new AbortController();
    stop.abort();
    await expect(readCounts(source, 'x.h5ad', budget, { signal: stop.signal })).rejects.toThrow(AbortedError);
  });
});
