/** anndata reads what `writeH5ad` writes, value for value. Needs Python with anndata: REMNANT_PYTHON, or python3. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, numberColumn, textColumn } from '@remnant/engine';
import { expect, it } from 'vitest';
import { writeH5ad } from './write-h5ad.js';

const python = [process.env['REMNANT_PYTHON'], 'python3'].find(
  (command) => command !== undefined && hasAnndata(command),
);
if (python === undefined) console.log('Skipped: no Python with anndata. Set REMNANT_PYTHON to one.');

function hasAnndata(command: string): boolean {
  try {
    execFileSync(command, ['-c', 'import anndata'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const script = `
import anndata, json, sys, warnings
warnings.simplefilter("error", UserWarning)
a = anndata.read_h5ad(sys.argv[1])
print(json.dumps({
    "X": a.X.toarray().tolist(), "dtype": str(a.X.dtype), "format": a.X.format,
    "counts": a.layers["counts"].toarray().tolist(), "pca": a.obsm["X_pca"].tolist(),
    "obs": a.obs_names.tolist(), "var": a.var_names.tolist(),
    "state": [None if v != v else v for v in a.obs["state"].tolist()], "stateType": str(a.obs["state"].dtype),
    "unique": a.obs["unique"].tolist(), "n": [None if v != v else v for v in a.obs["n"].tolist()],
    "title": a.uns["title"], "k": float(a.uns["k"]), "names": a.uns["names"].tolist(), "nested": float(a.uns["params"]["x"]),
    "raw": a.raw.X.toarray().tolist(), "rawVar": a.raw.var_names.tolist(),
}))
`;

const X = {
  kind: 'csr',
  shape: [3, 2],
  indptr: Uint32Array.of(0, 1, 1, 3),
  indices: Uint32Array.of(1, 0, 1),
  data: Float64Array.of(0.1, 2 ** 24 + 1, 3),
} as const;
const dataset: Dataset = {
  X,
  obsNames: ['a', 'b', 'é'],
  varNames: ['CD44', 'MYC'],
  obs: [
    textColumn('state', '', ['x', null, 'x']),
    textColumn('unique', '', ['p', 'q', 'r']),
    numberColumn('n', '', [1, NaN, 1 / 3]),
  ],
  var: [],
  layers: { counts: { ...X, data: Float32Array.of(1, 2, 3) } },
  obsm: { X_pca: { kind: 'dense', shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) } },
  uns: { title: 'été', k: 0.1, names: ['u', 'v'], params: { x: 2 } },
  raw: { X, varNames: ['CD44', 'MYC'], var: [] },
};

it.skipIf(python === undefined)('anndata reads every value back exactly', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-'));
  try {
    const path = join(folder, 'x.h5ad');
    writeFileSync(path, await writeH5ad(dataset));
    const back: unknown = JSON.parse(execFileSync(python!, ['-c', script, path], { encoding: 'utf8' }));
    const full = [
      [0, 0.1],
      [0, 0],
      [2 ** 24 + 1, 3],
    ];
    expect(back).toEqual({
      X: full,
      dtype: 'float64',
      format: 'csr',
      counts: [
        [0, 1],
        [0, 0],
        [2, 3],
      ],
      pca: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      obs: ['a', 'b', 'é'],
      var: ['CD44', 'MYC'],
      state: ['x', null, 'x'],
      stateType: 'category',
      unique: ['p', 'q', 'r'],
      n: [1, null, 1 / 3],
      title: 'été',
      k: 0.1,
      names: ['u', 'v'],
      nested: 2,
      raw: full,
      rawVar: ['CD44', 'MYC'],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
