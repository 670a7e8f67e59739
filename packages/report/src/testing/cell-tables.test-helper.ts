import { createTable, numberColumn, type Table, textColumn } from '@remnant/engine';

const stages = ['untreated', 'residual'];
const patients = ['HBCx95', 'HBCx39'];
const n = 40;
const cells = Array.from({ length: n }, (_, i) => i);
const stageOf = (i: number): string => stages[i % 2] as string;
const patientOf = (i: number): string => patients[Math.floor(i / 2) % 2] as string;

const text = (name: string, values: readonly (string | null)[]): ReturnType<typeof textColumn> =>
  textColumn(name, name, values);
const number = (name: string, values: readonly number[]): ReturnType<typeof numberColumn> =>
  numberColumn(name, name, values);

/** Small tables of single cells, in the form the pipeline writes them. */
export function cellTables(): readonly Table[] {
  return [
    createTable('cells', 'cells', [
      text('patient', cells.map(patientOf)),
      text('stage', cells.map(stageOf)),
      text(
        'label',
        cells.map((i) => (i === 0 ? 'normal: myeloid cell' : 'tumour or unresolved')),
      ),
      text(
        'persister',
        cells.map((i) => (i % 2 === 1 ? 'called' : 'not called')),
      ),
      number(
        'umap_1',
        cells.map((i) => i % 7),
      ),
      number(
        'umap_2',
        cells.map((i) => i % 5),
      ),
      number(
        'persister_activity',
        cells.map((i) => (i % 2) + i / 100),
      ),
    ]),
    createTable('cell_filters', 'filters', [
      text('sample', ['A', 'A', 'B']),
      text('filter', ['total-counts', 'doublets', 'total-counts']),
      number('before', [100, 90, 50]),
      number('removed', [10, 5, 0]),
      number('after', [90, 85, 50]),
    ]),
    createTable('abundance', 'abundance', [
      number('umap_1', [1, 2, 3]),
      number('umap_2', [1, 2, 3]),
      number('n_cells', [20, 30, 40]),
      number('direction', [1, -1, 0]),
    ]),
    createTable('cluster_tests', 'clusters', [
      text('cluster', ['cluster 1', 'cluster 2']),
      number('log_odds_ratio', [1.2, -0.1]),
      number('low', [0.4, -0.6]),
      number('high', [2, 0.4]),
      number('mean_untreated', [0.1, 0.5]),
      number('mean_treated', [0.3, 0.48]),
      number('p_adjusted', [0.01, 0.6]),
      number('direction', [1, 0]),
    ]),
    createTable('persister_stages', 'stages', [
      text('patient', ['HBCx95', 'HBCx95', null]),
      text('stage', ['untreated', 'residual', 'residual']),
      text('status', ['censored-low', 'ok', 'ok']),
      text('basis', ['technical-only', 'own-replicates', null]),
      number('fraction', [0, 0.7, 0.6]),
      number('low', [0, 0.6, 0.2]),
      number('high', [0.02, 0.8, 0.9]),
      number('n_cells', [300, 400, NaN]),
      number('n_patients', [1, 1, 5]),
    ]),
    createTable('persister_samples', 'samples', [
      text('sample', ['A', 'B']),
      text('stage', stages),
      number('n_called', [0, 200]),
      number('cycling_called', [NaN, 0.2]),
      number('cycling_called_low', [NaN, 0.15]),
      number('cycling_called_high', [NaN, 0.26]),
      number('cycling_others', [0.3, 0.31]),
      number('cycling_others_low', [0.25, 0.2]),
      number('cycling_others_high', [0.35, 0.4]),
    ]),
    createTable('programme_overlaps', 'overlaps', [
      number('a', [1, 2, 2]),
      number('b', [1, 1, 2]),
      number('shared', [50, 20, 50]),
    ]),
    createTable('sample_programmes', 'programmes', [
      number('place', [1, 2]),
      text('patient', patients),
      text('meta_programme', ['MP1', 'MP1']),
    ]),
    createTable('meta_programmes', 'meta-programmes', [
      text('meta_programme', ['MP1', 'MP2']),
      text('published', ['MP17 Interferon', null]),
      text('flags', ['', 's-phase']),
      number('difference', [0.8, -0.2]),
      number('low', [0.2, -0.6]),
      number('high', [1.4, 0.2]),
      number('p_adjusted', [0.02, 0.4]),
      number('n_patients', [5, 4]),
      number('n_raised', [5, 2]),
      number('n_lowered', [0, 2]),
    ]),
  ];
}
