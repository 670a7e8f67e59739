import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { createDataset, type Dataset, simulateStudy } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../source.js';
import { loadStudy } from '../study/load-study.js';
import { readExpressionTable } from '../tables/read-expression-table.js';
import { tenxFolder } from './tenx-folder.js';
import { studyFiles } from './write-study.js';

const study = simulateStudy({ genes: 1000, cells: 40, seed: 1 });
const files = studyFiles(study);
const textOf = (path: string): string => new TextDecoder().decode(files[path]);
const hashOf = (all: Readonly<Record<string, Uint8Array>>): string => {
  const hash = createHash('sha256');
  for (const [path, bytes] of Object.entries(all)) hash.update(path).update(bytes);
  return hash.digest('hex');
};

/** Reads a Matrix Market text back, the obvious way. */
function readMatrixMarket(text: string): { shape: number[]; entries: number[][] } {
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('%%MatrixMarket matrix coordinate integer general');
  const [shape, ...entries] = lines.filter((line) => !line.startsWith('%')).map((line) => line.split(' ').map(Number));
  return { shape: shape ?? [], entries };
}

describe('studyFiles', () => {
  it('gives the same bytes for the same seed, and the pinned ones', () => {
    expect(hashOf(studyFiles(simulateStudy({ genes: 1000, cells: 40, seed: 1 })))).toBe(hashOf(files));
    expect(hashOf(files)).toBe('e27a5dfaa614d784be7f296f43db5ac174ae06567fb3aace9f96509c6decef09');
  });

  it('writes a study file and a sample sheet that load without a reading to correct', async () => {
    const loaded = await loadStudy(memorySource(files), 'study.yaml');
    expect(loaded.readings).toEqual([]);
    expect(loaded).toMatchObject({
      title: 'Simulated study with planted truth (seed 1)',
      organism: 'human',
      resources: ['regulons.csv', 'surface.csv'],
      perturbation: 'perturbation.csv',
      assays: { tumourVolume: 'volumes.csv' },
    });
    expect(loaded.samples.map((s) => s.sample)).toEqual(study.samples.map((s) => s.sample));
    expect(loaded.samples.map((s) => s.stage)).toEqual(study.samples.map((s) => s.stage));
    for (const sample of loaded.samples) {
      const found = Object.keys(files).some((path) => path === sample.path || path.startsWith(`${sample.path}/`));
      expect(found, sample.path).toBe(true);
    }
  });

  it('writes 10x folders of both layouts that hold the simulated counts', () => {
    for (const { sample, cells, technology } of study.samples) {
      if (cells?.X.kind !== 'csr') continue;
      const v3 = technology === '10x-v3';
      const read = (name: string): string => {
        const bytes = files[`cells/${sample}/${name}${v3 ? '.gz' : ''}`];
        return new TextDecoder().decode(v3 ? gunzipSync(bytes ?? new Uint8Array()) : bytes);
      };
      const { shape, entries } = readMatrixMarket(read('matrix.mtx'));
      const { indptr, indices, data } = cells.X;
      expect(shape).toEqual([1000, cells.obsNames.length, indices.length]);
      const expected = cells.obsNames.flatMap((_, cell) =>
        [...indices.subarray(indptr[cell], indptr[cell + 1])].map((g, k) => [g + 1, cell + 1, data[indptr[cell]! + k]]),
      );
      expect(entries).toEqual(expected);
      expect(read('barcodes.tsv').trimEnd().split('\n')).toEqual(cells.obsNames);
      const genes = read(v3 ? 'features.tsv' : 'genes.tsv')
        .trimEnd()
        .split('\n');
      expect(genes.map((line) => line.split('\t')[1])).toEqual(cells.varNames);
      expect(new Set(genes.map((line) => line.split('\t').length))).toEqual(new Set([v3 ? 3 : 2]));
    }
  });

  it('writes every single-cell sample in one layout on request', () => {
    const v2 = Object.keys(studyFiles(study, { layout: 'v2' }));
    expect(v2.some((path) => path.endsWith('.gz'))).toBe(false);
    const v3 = Object.keys(studyFiles(study, { layout: 'v3' })).filter((path) => path.startsWith('cells/'));
    expect(v3.every((path) => path.endsWith('.gz'))).toBe(true);
  });

  it('writes gzip without a time stamp', () => {
    const bytes = files['cells/P01_untreated/matrix.mtx.gz'];
    expect([...(bytes?.subarray(4, 8) ?? [])]).toEqual([0, 0, 0, 0]);
  });

  it('writes bulk tables that read back as counts', () => {
    const path = 'bulk/P06_counts.csv';
    const table = readExpressionTable(files[path] ?? new Uint8Array(), path);
    expect(table.scale).toBe('counts');
    expect(table.genes).toEqual(study.tables['P06']?.genes);
    expect(table.samples).toEqual(study.tables['P06']?.samples);
    expect(table.values).toEqual(study.tables['P06']?.values);
  });

  it('writes the network in the columns of CollecTRI', () => {
    const lines = textOf('regulons.csv').trimEnd().split('\n');
    expect(lines[0]).toBe('source,target,mor');
    expect(lines).toHaveLength(study.regulons.length + 1);
    const first = study.regulons[0];
    expect(lines[1]).toBe(`${first?.source ?? ''},${first?.target ?? ''},${String(first?.weight)}`);
  });

  it('writes perturbation and volumes with fixed decimals', () => {
    expect(textOf('perturbation.csv')).toMatch(/^gene,log2FoldChange\n[^,]+,-?\d+(\.\d{1,4})?\n/);
    expect(textOf('volumes.csv')).toMatch(
      /^model,animal,arm,day,volume,censored\nP01,P01-control-1,control,0,[\d.]+,\n/,
    );
  });

  it('keeps the truth in truth.json alone', () => {
    expect(JSON.parse(textOf('truth.json'))).toEqual(JSON.parse(JSON.stringify(study.truth)));
    for (const path of ['study.yaml', 'samples.csv', 'volumes.csv', 'perturbation.csv', 'regulons.csv']) {
      expect(textOf(path)).not.toMatch(/persister|sensitive|resistan|clonal|artefact|reversible/);
    }
  });
});

describe('tenxFolder', () => {
  it('refuses a dense matrix', () => {
    const dense: Dataset = createDataset({
      X: { kind: 'dense', shape: [1, 1], data: new Float32Array([1]) },
      obsNames: ['c'],
      varNames: ['g'],
      obs: [],
      var: [],
      layers: {},
      obsm: {},
      uns: {},
      raw: null,
    });
    expect(() => tenxFolder(dense, 'v3')).toThrow(/csr matrix only/);
  });
});
