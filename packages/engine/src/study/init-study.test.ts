import { describe, expect, it } from 'vitest';
import type { ListedFile } from './find-data.js';
import { guessSample } from './guess-sample.js';
import { proposeStudy } from './init-study.js';

const tenx = (folder: string): ListedFile[] => {
  return ['matrix.mtx.gz', 'features.tsv.gz', 'barcodes.tsv.gz'].map((name) => ({
    path: `${folder}/${name}`,
    kind: 'file',
  }));
};
const file = (path: string, columns?: readonly string[]): ListedFile => {
  return columns === undefined ? { path, kind: 'file' } : { path, kind: 'file', columns };
};
const rowsOf = (files: readonly ListedFile[]): Record<string, string>[] => {
  const [header = [], ...rows] = proposeStudy(files)
    .samplesCsv.trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
};

describe('guessSample', () => {
  const nothing = { patient: null, stage: null, treatment: null, day: null, replicate: null };
  it.each([
    ['HBCx10_AC1', { patient: 'HBCx10', treatment: 'AC', replicate: '1' }],
    ['HBCx10_chemonaive3', { patient: 'HBCx10', stage: 'untreated', replicate: '3' }],
    ['HBCx10_AnthraRelapse1', { patient: 'HBCx10', stage: 'relapse', replicate: '1' }],
    ['HBCx33_CapeRelapse7', { patient: 'HBCx33', stage: 'relapse', replicate: '7' }],
    ['P01_relapse', { patient: 'P01', stage: 'relapse' }],
    ['relapse_P01', { patient: 'P01', stage: 'relapse' }],
    ['MDA-MB-468_naive', { patient: 'MDA-MB-468', stage: 'untreated' }],
    ['MM468_5-FU_D33', { patient: 'MM468', treatment: '5-FU', day: '33' }],
    ['P1_drug_tolerant_persister_rep2', { patient: 'P1', stage: 'residual', replicate: '2' }],
    ['patient3_on-treatment', { patient: 'patient3', stage: 'residual' }],
    ['PD1_naive', { patient: 'PD1', stage: 'untreated' }],
    ['NI04_PD', { patient: 'NI04', stage: 'relapse' }],
    ['GSM4494348_Day11_control', { stage: 'untreated', day: '11' }],
    ['GSM1_P01_MRD', { patient: 'P01', stage: 'residual' }],
    ['P1_untreated_relapse', { patient: 'P1' }],
    ['P1_treated', {}],
    ['PW030-701', {}],
    ['PD1', {}],
    ['', {}],
  ])('%s', (name, expected) => {
    expect(guessSample(name)).toEqual({ ...nothing, ...expected });
  });
});

describe('proposeStudy', () => {
  it('finds 10x folders and names them by the sample, not by the pipeline', () => {
    const files = [
      ...tenx('P01_naive/outs/filtered_feature_bc_matrix'),
      ...tenx('P01_naive/outs/raw_feature_bc_matrix'),
      ...tenx('P01/relapse/GRCh38'),
    ];
    expect(rowsOf(files)).toEqual([
      {
        ...{ sample: 'P01_relapse', patient: 'P01', stage: 'relapse', treatment: '', technology: '10x' },
        counts: 'P01/relapse/GRCh38',
      },
      {
        ...{ sample: 'P01_naive', patient: 'P01', stage: 'untreated', treatment: '', technology: '10x' },
        counts: 'P01_naive/outs/filtered_feature_bc_matrix',
      },
    ]);
    expect(proposeStudy(files).notes).toContain(
      'P01_naive/outs/raw_feature_bc_matrix: passed over, it holds all droplets; use the filtered folder, or name it yourself.',
    );
  });

  it('finds a 10x folder in the folder itself, and the old layout', () => {
    const names = ['matrix.mtx', 'genes.tsv', 'barcodes.tsv'];
    expect(rowsOf(names.map((path) => file(path)))).toMatchObject([{ counts: '.', stage: '?', patient: '?' }]);
  });

  it('finds .h5, .h5ad and Zarr', () => {
    const files = [
      file('P1_pre.h5'),
      file('P2_MRD.h5ad'),
      { path: 'P3_PD.zarr', kind: 'folder' as const },
      file('P3_PD.zarr/.zattrs'),
    ];
    expect(rowsOf(files).map(({ patient, stage, technology, counts }) => [patient, stage, technology, counts])).toEqual(
      [
        ['P1', 'untreated', '10x', 'P1_pre.h5'],
        ['P2', 'residual', '', 'P2_MRD.h5ad'],
        ['P3', 'relapse', '', 'P3_PD.zarr'],
      ],
    );
  });

  it('takes the columns of an expression table as samples', () => {
    const rows = rowsOf([file('bulk.csv.gz', ['Symbol', 'chr', 'HBCx10_AC1', 'HBCx10_chemonaive1'])]);
    expect(rows).toEqual([
      {
        ...{ sample: 'HBCx10_AC1', patient: 'HBCx10', stage: '?', treatment: 'AC', replicate: '1', technology: '' },
        ...{ expression: 'bulk.csv.gz', column: 'HBCx10_AC1' },
      },
      {
        ...{ sample: 'HBCx10_chemonaive1', patient: 'HBCx10', stage: 'untreated', treatment: '', replicate: '1' },
        ...{ technology: '', expression: 'bulk.csv.gz', column: 'HBCx10_chemonaive1' },
      },
    ]);
  });

  it('takes a genes × cells table as one sample', () => {
    const cells = ['AACCTGAGAA', 'ACGTACGTAA-1', 'run1_ACGTACGTACGT'];
    expect(rowsOf([file('P1_persister.dge.txt.gz', ['GENE', ...cells])])).toMatchObject([
      { patient: 'P1', stage: 'residual', counts: 'P1_persister.dge.txt.gz' },
    ]);
  });

  it('never counts a sample twice: the largest table wins', () => {
    const files = [file('a.csv', ['Symbol', 'P1_naive']), file('all.csv', ['Symbol', 'P1_naive', 'P1_MRD'])];
    expect(rowsOf(files).map(({ sample, expression }) => [sample, expression])).toEqual([
      ['P1_naive', 'all.csv'],
      ['P1_MRD', 'all.csv'],
    ]);
    expect(proposeStudy(files).notes).toContain('a.csv: samples it shares with all.csv are taken from there.');
  });

  it('keeps equal names of different files apart', () => {
    expect(rowsOf([file('x/P4_MRD.h5'), file('y/P4_MRD.h5')]).map(({ sample, patient }) => [sample, patient])).toEqual([
      ['x_P4_MRD', 'P4'],
      ['y_P4_MRD', 'P4'],
    ]);
  });

  it('says what it passed over and why', () => {
    const files = [
      file('de.csv', ['gene', 'logFC', 'P.Value']),
      file('samples.csv', ['sample', 'patient', 'stage']),
      file('obs.csv', ['cell', 'cluster']),
      file('genes.csv', ['Symbol']),
      file('big.tsv'),
      file('GSM1_matrix.mtx.gz'),
      file('P1/matrix.mtx'),
      file('P1/molecule_info.h5'),
      file('P1/raw_feature_bc_matrix.h5'),
      file('notes.docx'),
    ];
    const { notes, samplesCsv } = proposeStudy(files);
    expect(samplesCsv).toBe('sample,patient,stage,treatment,day,replicate,technology,counts,expression,column\n');
    expect(notes).toEqual([
      'P1/matrix.mtx: passed over, features.tsv (or genes.tsv) and barcodes.tsv are not all beside it.',
      'GSM1_matrix.mtx.gz: passed over, move its three files to a folder of their own, named matrix.mtx, features.tsv and barcodes.tsv.',
      'P1/molecule_info.h5: passed over, it holds molecules, not a matrix.',
      'P1/raw_feature_bc_matrix.h5: passed over, it holds all droplets; use the filtered file, or name it yourself.',
      'big.tsv: passed over, its header was not read.',
      'de.csv: passed over, it holds test results, not expression.',
      'genes.csv: passed over, it has no column besides gene names.',
      'obs.csv: passed over, no column of gene names was recognised.',
      'samples.csv: passed over, it looks like a sample sheet.',
      'No data were found: add one row per sample to samples.csv.',
    ]);
  });

  it('asks for what it could not guess', () => {
    const { notes } = proposeStudy([file('P01_naive.h5ad'), file('P01_T1_MRD.h5ad'), file('x.h5ad')]);
    expect(notes).toEqual([
      'Found 3 samples. Everything in samples.csv is guessed from names: check each line.',
      'Stages guessed: residual 1, untreated 1.',
      'Fill in the stage (untreated, residual or relapse) in place of "?": x.',
      'Fill in the patient in place of "?": x.',
      'Fill in the technology where it is empty (10x, bulk RNA-seq, microarray …): it shows what is confounded.',
      'Are "P01_T1" and "P01" one patient? If so, give them one name.',
      'The organism is taken as human: change it in study.yaml if it is mouse.',
    ]);
  });

  it('writes the title when it knows one, and quotes what needs it', () => {
    expect(proposeStudy([], { title: 'TNBC "pilot": 1' }).yaml).toContain('title: "TNBC \\"pilot\\": 1"\n');
    expect(proposeStudy([]).yaml).not.toContain('title');
    expect(proposeStudy([file('a, b_naive.h5ad')]).samplesCsv).toContain('"a, b_naive.h5ad"');
  });

  it('does not depend on the order of the listing', () => {
    const files = [file('b_naive.h5'), file('a_MRD.h5'), ...tenx('c_PD')];
    expect(proposeStudy([...files].reverse())).toEqual(proposeStudy(files));
  });
});
