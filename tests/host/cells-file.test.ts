import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Column,
  type CsrMatrix,
  type Dataset,
  noResources,
  resolveRunOptions,
  simulateStudy,
} from '@remnant/engine';
import { memorySource, studyFiles } from '@remnant/formats';
import { outputFiles, runStudy } from '@remnant/host';
import { nodeExecutor, nodeKernels } from '@remnant/host/node';
import { expect, it } from 'vitest';
import { pythonWithAnndata as python } from '../support/python-with-anndata.js';

/** `cells.h5ad` of a whole run, as scanpy sees it. */
const script = `
import anndata, json, sys
a = anndata.read_h5ad(sys.argv[1])
def column(c): return [None if v != v else v for v in c.tolist()]
print(json.dumps({
    "shape": a.shape, "indptr": a.X.indptr.tolist(), "indices": a.X.indices.tolist(), "data": a.X.data.tolist(),
    "log1p": a.layers["log1p"].data.tolist(), "obs": {name: column(a.obs[name]) for name in a.obs},
    "obsNames": a.obs_names.tolist(), "varNames": a.var_names.tolist(), "unique": bool(a.obs_names.is_unique),
    "obsm": {name: [None if v != v else v for v in a.obsm[name].ravel().tolist()] for name in a.obsm},
    "uns": a.uns["remnant"]["version"],
}))
`;

interface Seen {
  readonly shape: readonly number[];
  readonly indptr: readonly number[];
  readonly indices: readonly number[];
  readonly data: readonly number[];
  readonly log1p: readonly number[];
  readonly obs: Readonly<Record<string, readonly (string | number | null)[]>>;
  readonly obsNames: readonly string[];
  readonly varNames: readonly string[];
  readonly unique: boolean;
  readonly obsm: Readonly<Record<string, readonly (number | null)[]>>;
  readonly uns: string;
}

const missing = (values: ArrayLike<number>): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value));
const valuesOf = (column: Column): readonly (string | number | null)[] =>
  column.kind === 'text' ? column.values : missing(column.values);

it.skipIf(python === undefined)('scanpy gives back X, layers, obs and obsm exactly', { timeout: 120_000 }, async () => {
  const files = studyFiles(simulateStudy({ genes: 1000, cells: 60, seed: 9 }));
  const options = resolveRunOptions({ permutations: 100, bootstraps: 100, skipMetaProgrammes: true });
  const executor = nodeExecutor(1);
  const kernels = nodeKernels(1);
  try {
    const request = { source: memorySource(files), studyPath: 'study.yaml', options, resources: noResources, kernels };
    const result = await runStudy(request, { seed: 1, executor });
    const cells = result.cells as Dataset;
    const written = (await outputFiles(result, { lang: 'en' })).find(({ path }) => path === 'cells.h5ad');
    const seen = readBack(written?.content as Uint8Array);
    const X = cells.X as CsrMatrix;
    expect(seen.shape).toEqual([...X.shape]);
    expect(seen.indptr).toEqual([...X.indptr]);
    expect(seen.indices).toEqual([...X.indices]);
    expect(seen.data).toEqual([...X.data]);
    expect(seen.log1p).toEqual([...(cells.layers['log1p'] as CsrMatrix).data]);
    expect(seen.obsNames).toEqual(cells.obsNames);
    expect(seen.unique).toBe(true);
    expect(seen.varNames).toEqual(cells.varNames);
    expect(Object.keys(seen.obsm).sort()).toEqual(Object.keys(cells.obsm).sort());
    expect(Object.keys(seen.obsm)).toContain('X_umap');
    for (const [name, { data }] of Object.entries(cells.obsm)) expect(seen.obsm[name], name).toEqual(missing(data));
    for (const column of cells.obs) expect(seen.obs[column.name], column.name).toEqual(valuesOf(column));
    expect(seen.uns).toBe(result.provenance.remnantVersion);
  } finally {
    executor.close();
    kernels.close();
  }
});

function readBack(content: Uint8Array): Seen {
  const folder = mkdtempSync(join(tmpdir(), 'remnant-cells-'));
  try {
    const file = join(folder, 'cells.h5ad');
    writeFileSync(file, content);
    const out = execFileSync(python as string, ['-c', script, file], { maxBuffer: 2 ** 30, encoding: 'utf8' });
    return JSON.parse(out) as Seen;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
