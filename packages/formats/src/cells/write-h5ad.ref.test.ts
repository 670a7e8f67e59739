/** anndata reads what `writeH5ad` writes, value for value. Needs Python with anndata: REMNANT_PYTHON, or python3. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortedError, type CsrMatrix, type Dataset, numberColumn, textColumn } from '@remnant/engine';
import { expect, it } from 'vitest';
import { memorySource } from '../source.js';
import { readCells } from './read-cells.js';
import { writeH5ad } from './write-h5ad.js';
import { pythonWithAnndata } from '../../../../tests/support/python-with-anndata.js';

const python: string | undefined = pythonWithAnndata;

const script = `
import anndata, json, sys, warnings
import numpy as np
warnings.simplefilter("error", UserWarning)
if "scanpy" in sys.argv: import scanpy
a = anndata.read_h5ad(sys.argv[1])
if len(sys.argv) > 2: a.write_h5ad(sys.argv[2])
def plain(v):
    if isinstance(v, dict): return {k: plain(w) for k, w in v.items()}
    if isinstance(v, np.ndarray): return v.tolist()
    return v.item() if isinstance(v, np.generic) else v
def column(c): return [None if v != v else v for v in c.tolist()]
print(json.dumps({
    "X": a.X.toarray().tolist(), "dtype": str(a.X.dtype), "format": a.X.format, "sorted": bool(a.X.has_sorted_indices),
    "indices": str(a.X.indices.dtype), "counts": a.layers["counts"].toarray().tolist(), "layer": str(a.layers["counts"].dtype),
    "pca": a.obsm["X_pca"].tolist(), "umap": a.obsm["X_umap"].tolist(), "umapType": str(a.obsm["X_umap"].dtype),
    "obs": a.obs_names.tolist(), "var": a.var_names.tolist(),
    "columns": {name: column(a.obs[name]) for name in a.obs}, "types": {name: str(a.obs[name].dtype) for name in a.obs},
    "ordered": bool(a.obs["state"].cat.ordered), "uns": plain(a.uns),
    "unsTypes": [type(a.uns["title"]).__name__, str(np.asarray(a.uns["isFinal"]).dtype), str(a.uns["flags"].dtype)],
    "raw": a.raw.X.toarray().tolist(), "rawVar": a.raw.var_names.tolist(),
}))
`;

const X = {
  kind: 'csr',
  shape: [3, 2],
  indptr: Uint32Array.of(0, 1, 1, 3),
  indices: Uint16Array.of(1, 0, 1),
  data: Float64Array.of(0.1, 2 ** 24 + 1, 3),
} as const;
const uns = {
  title: 'été',
  k: 0.1,
  names: ['u', 'v'],
  isFinal: true,
  flags: [true, false, true],
  remnant: {
    version: '1.0.0',
    seed: 7,
    none: {},
    methods: { persisters: { fdr: 0.05, isCrossFitted: true, genes: ['CD44', 'FOSL1'] } },
  },
};
const dataset: Dataset = {
  X,
  obsNames: ['a', 'b', 'é'],
  varNames: ['CD44', 'MYC'],
  obs: [
    textColumn('state', '', ['x', null, 'x']),
    textColumn('unique', '', ['p', 'q', 'r']),
    numberColumn('n', '', [1, NaN, 1 / 3]),
    textColumn('kept', '', ['True', 'False', 'True']),
    textColumn('isMaybe', '', ['True', null, 'False']),
    textColumn('call', '', ['persister', 'persister', 'not called']),
  ],
  var: [],
  layers: { counts: { ...X, data: Uint16Array.of(1, 300, 3) } },
  obsm: {
    X_pca: { kind: 'dense', shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
    X_umap: { kind: 'dense', shape: [3, 2], data: Float32Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 5.5) },
  },
  uns: { ...uns, absent: null },
  raw: { X: { ...X, data: Uint8Array.of(1, 255, 3) }, varNames: ['CD44', 'MYC'], var: [] },
};

function inTemporaryFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runPython(...args: readonly string[]): unknown {
  return JSON.parse(
    execFileSync(python!, ['-W', 'ignore::FutureWarning', '-c', script, ...args], { encoding: 'utf8' }),
  );
}

it.skipIf(python === undefined)('anndata reads every value back exactly', async () => {
  const bytes = await writeH5ad(dataset);
  inTemporaryFolder((folder) => {
    const path = join(folder, 'x.h5ad');
    writeFileSync(path, bytes);
    expect(runPython(path)).toEqual({
      X: [
        [0, 0.1],
        [0, 0],
        [2 ** 24 + 1, 3],
      ],
      ...{ dtype: 'float64', format: 'csr', sorted: true, indices: 'int32', layer: 'uint16' },
      counts: [
        [0, 1],
        [0, 0],
        [300, 3],
      ],
      pca: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      umap: [
        [0.5, 1.5],
        [2.5, 3.5],
        [4.5, 5.5],
      ],
      umapType: 'float32',
      obs: ['a', 'b', 'é'],
      var: ['CD44', 'MYC'],
      columns: {
        state: ['x', null, 'x'],
        unique: ['p', 'q', 'r'],
        n: [1, null, 1 / 3],
        kept: [true, false, true],
        isMaybe: ['True', null, 'False'],
        call: ['persister', 'persister', 'not called'],
      },
      types: expect.objectContaining({ state: 'category', n: 'float64', kept: 'bool', call: 'category' }) as unknown,
      ordered: false,
      uns,
      unsTypes: ['str', 'bool', 'bool'],
      raw: [
        [0, 1],
        [0, 0],
        [255, 3],
      ],
      rawVar: ['CD44', 'MYC'],
    });
  });
});

it('gives everything back to our own reader', async () => {
  const back = await readCells(memorySource({ x: await writeH5ad(dataset) }), 'x', { memoryGib: 1 });
  expect(back.uns).toEqual(uns);
  expect(back.obs.map(({ name, values }) => [name, [...values]])).toEqual(
    dataset.obs.map(({ name, values }) => [name, [...values]]),
  );
  expect(back.obsm).toEqual(dataset.obsm);
  expect(back.layers).toEqual(dataset.layers);
  expect(back.raw?.X).toEqual(dataset.raw?.X);
  expect(back.X).toEqual(X);
});

/** More values than one chunk, in every kind of array. */
function large(values: (n: number) => Uint8Array | Uint16Array | Float32Array): Dataset {
  const [nCells, perRow] = [12_000, 100];
  const n = nCells * perRow;
  const matrix = {
    kind: 'csr' as const,
    shape: [nCells, 2000] as const,
    indptr: Uint32Array.from({ length: nCells + 1 }, (_, i) => i * perRow),
    indices: Uint16Array.from({ length: n }, (_, k) => (k % perRow) * 20 + (Math.floor(k / perRow) % 20)),
    data: values(n),
  };
  const names = (prefix: string, length: number): string[] => Array.from({ length }, (_, i) => `${prefix}${String(i)}`);
  const embedding = Float32Array.from({ length: nCells * 50 }, (_, i) => i / 8);
  return {
    X: matrix,
    ...{ obsNames: names('c', nCells), varNames: names('g', 2000), obs: [], var: [] },
    ...{ layers: {}, uns: {}, raw: null, obsm: { X_pca: { kind: 'dense', shape: [nCells, 50], data: embedding } } },
  };
}

it.each([
  ['8-bit counts', (n: number) => Uint8Array.from({ length: n }, (_, k) => 1 + (k % 255))],
  ['16-bit counts', (n: number) => Uint16Array.from({ length: n }, (_, k) => 1 + (k % 65_535))],
  ['32-bit floats', (n: number) => Float32Array.from({ length: n }, (_, k) => (1 + k) / 64)],
])('writes long arrays in chunks: %s', async (_, values) => {
  const dataset = large(values);
  const bytes = await writeH5ad(dataset);
  expect(isSame(await writeH5ad(dataset), bytes)).toBe(true);
  const back = await readCells(memorySource({ x: bytes }), 'x', { memoryGib: 1 });
  const [written, read] = [dataset.X as CsrMatrix, back.X as CsrMatrix];
  for (const part of ['indptr', 'indices', 'data'] as const) expect(isSame(read[part], written[part])).toBe(true);
  expect(isSame(back.obsm['X_pca']!.data, dataset.obsm['X_pca']!.data)).toBe(true);
  if (python === undefined) return;
  inTemporaryFolder((folder) => {
    const path = join(folder, 'x.h5ad');
    writeFileSync(path, bytes);
    const sums = execFileSync(python, ['-W', 'ignore', '-c', sumScript, path], { encoding: 'utf8' }).trim().split(' ');
    const { data, indices } = dataset.X as CsrMatrix;
    const sum = (array: ArrayLike<number>): number => Array.from(array).reduce((a, b) => a + b, 0);
    expect(sums.map(Number)).toEqual([sum(data), sum(indices), sum(dataset.obsm['X_pca']!.data)]);
  });
});

/** Of one kind, with the same bytes; much quicker than comparing value by value. */
function isSame(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
    Buffer.from(buffer, byteOffset, byteLength);
  return a.constructor === b.constructor && bytes(a).equals(bytes(b));
}

const sumScript = `
import anndata, sys
a = anndata.read_h5ad(sys.argv[1])
a.X.check_format(full_check=True)
print(a.X.data.astype("f8").sum(), a.X.indices.astype("i8").sum(), a.obsm["X_pca"].astype("f8").sum())
`;

it('stops between blocks when it is told to, and can be used again', async () => {
  const stop = new AbortController();
  stop.abort();
  const dataset = large((n) => new Uint8Array(n).fill(1));
  await expect(writeH5ad(dataset, { signal: stop.signal })).rejects.toThrow(AbortedError);
  expect((await writeH5ad(dataset)).length).toBeGreaterThan(1000);
});

it('refuses what it cannot write without losing it', async () => {
  await expect(writeH5ad({ ...dataset, uns: { rows: [{ a: 1 }] } })).rejects.toThrow(
    'The value "rows" of uns is of a kind that .h5ad is not written with here.',
  );
  const twice = [textColumn('a', '', ['x', 'y', 'z']), textColumn('a', '', ['x', 'y', 'z'])];
  await expect(writeH5ad({ ...dataset, obs: twice })).rejects.toThrow('Two columns of "obs" would have one name.');
});
