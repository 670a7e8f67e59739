import { type CsrMatrix, type Dataset, type Matrix, numberColumn, textColumn } from '@remnant/engine';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memorySource } from '../source.js';
import type { CellDataset } from './cell-dataset.js';
import { readCells } from './read-cells.js';
import { transpose } from './sparse.js';
import { writeH5ad } from './write-h5ad.js';

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  fc.nat({ max: 2 ** 30 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((v) => (v === 0 ? 0 : v)),
);

const rows = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([nObs, nVars]) =>
    fc.array(fc.array(value, { minLength: nVars, maxLength: nVars }), { minLength: nObs, maxLength: nObs }),
  )
  .filter((matrix) => matrix.some((row) => row.some((v) => v !== 0)));

function csrOf(matrix: readonly (readonly number[])[]): CsrMatrix {
  const ends = [0];
  for (const row of matrix) ends.push((ends.at(-1) as number) + row.filter((v) => v !== 0).length);
  return {
    kind: 'csr',
    shape: [matrix.length, matrix[0]!.length],
    indptr: Uint32Array.from(ends),
    indices: Uint32Array.from(matrix.flatMap((row) => row.flatMap((v, j) => (v === 0 ? [] : [j])))),
    data: Float64Array.from(matrix.flatMap((row) => row.filter((v) => v !== 0))),
  };
}

function forms(matrix: readonly (readonly number[])[]): Matrix[] {
  const csr = csrOf(matrix);
  const [nObs, nVars] = csr.shape;
  const columns = transpose({ ...csr, nMajor: nObs, nMinor: nVars });
  return [
    csr,
    { ...columns, kind: 'csc', shape: csr.shape },
    { kind: 'dense', shape: csr.shape, data: Float64Array.from(matrix.flat()) },
  ];
}

function datasetOf(X: Matrix): Dataset {
  const [nObs, nVars] = X.shape;
  const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${String(i)}`);
  return {
    X,
    obsNames: names('c', nObs),
    varNames: names('g', nVars),
    obs: [
      textColumn(
        'state',
        '',
        names('s', nObs).map((s, i) => (i % 3 === 0 ? null : s)),
      ),
      numberColumn(
        'n',
        '',
        names('', nObs).map((_, i) => (i === 1 ? NaN : i / 3)),
      ),
    ],
    var: [
      textColumn(
        'kind',
        '',
        names('', nVars).map(() => 'gene'),
      ),
    ],
    layers: { counts: X },
    obsm: {
      X_pca: { kind: 'dense', shape: [nObs, 2], data: Float64Array.from({ length: 2 * nObs }, (_, i) => i / 7) },
    },
    uns: { title: 'é', k: 0.1, names: ['p', 'q'] },
    raw: { X, varNames: names('g', nVars), var: [] },
  };
}

async function roundTrip(dataset: Dataset): Promise<CellDataset> {
  return readCells(memorySource({ 'x.h5ad': await writeH5ad(dataset) }), 'x.h5ad', { memoryGib: 1 });
}

it('gives the same matrix back from rows, columns and dense', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (matrix) => {
      const expected = csrOf(matrix);
      for (const X of forms(matrix)) {
        const back = (await roundTrip(datasetOf(X))).X as CsrMatrix;
        expect(back.shape).toEqual(expected.shape);
        expect([...back.indptr]).toEqual([...expected.indptr]);
        expect([...back.indices]).toEqual([...expected.indices]);
        expect([...back.data]).toEqual([...expected.data]);
      }
    }),
    { numRuns: 15 },
  );
});

it('gives names, columns, layers, embeddings, raw and plain values back', async () => {
  const dataset = datasetOf(
    csrOf([
      [0, 2, 0.5],
      [1, 0, 0],
      [0, 0, 3],
    ]),
  );
  const back = await roundTrip(dataset);
  const columns = (part: readonly { readonly name: string; readonly values: Iterable<unknown> }[]): unknown[] =>
    part.map((column) => [column.name, [...column.values]]);
  expect(back.obsNames).toEqual(dataset.obsNames);
  expect(back.varNames).toEqual(dataset.varNames);
  expect(columns(back.obs)).toEqual(columns(dataset.obs));
  expect(columns(back.var)).toEqual(columns(dataset.var));
  expect([...back.layers['counts']!.data]).toEqual([2, 0.5, 1, 3]);
  expect(back.obsm).toEqual(dataset.obsm);
  expect(back.uns).toEqual(dataset.uns);
  expect(back.raw?.varNames).toEqual(dataset.raw?.varNames);
});

it('refuses a name that HDF5 would take for a path', async () => {
  const dataset = datasetOf(csrOf([[1]]));
  await expect(writeH5ad({ ...dataset, obs: [textColumn('a/b', '', ['x'])] })).rejects.toThrow(
    'HDF5 cannot hold this name. Expected a name without a slash. Found "a/b".',
  );
});
