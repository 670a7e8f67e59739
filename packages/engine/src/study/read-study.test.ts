import { describe, expect, it } from 'vitest';
import { changed, columns, document, good, messageOf, read, sheet } from './read-study.test-helper.js';
import { readStudy, titleFrom } from './read-study.js';
import { inlineSampleSheet } from './sample-sheet.js';

describe('readStudy', () => {
  it('reads a study and shows what it read into it', () => {
    const study = read(sheet(good), { host: 'mouse', resources: ['collectri'], assays: { lineages: 'b.csv' } });
    expect(study).toEqual({
      title: 'T',
      organism: 'human',
      host: 'mouse',
      contrast: { from: 'untreated', to: 'residual', back: 'relapse' },
      resources: ['collectri'],
      assays: { lineages: 'b.csv' },
      chromatin: null,
      perturbation: null,
      cellLabels: null,
      readings: ['stage: "chemonaive" → untreated (1 sample)', 'treatment: empty → none (1 sample)'],
      samples: [
        {
          ...{ sample: 'a1', patient: 'P1', stage: 'untreated', stageAsWritten: 'chemonaive', treatment: 'none' },
          ...{ dose: null, day: null, replicate: null, technology: 'array', batch: null },
          ...{ input: 'table', path: 'a.csv', column: 'A1', subset: null, row: 2 },
        },
        {
          ...{ sample: 'a2', patient: 'P1', stage: 'residual', stageAsWritten: 'residual', treatment: 'AC' },
          ...{ dose: null, day: null, replicate: null, technology: 'array', batch: null },
          ...{ input: 'table', path: 'a.csv', column: 'A2', subset: null, row: 3 },
        },
      ],
    });
  });

  it('reads every column', () => {
    const names = ['sample', 'patient', 'stage', 'dose', 'day', 'replicate', 'batch', 'counts'];
    const study = read(sheet([['s', 'P', 'residual', '5 mg/kg', '-3.5', '2', 'B1', 'data/s']], names));
    expect(study.samples[0]).toMatchObject({ dose: '5 mg/kg', day: -3.5, replicate: '2', batch: 'B1', input: 'cells' });
    expect(study.samples[0]).toMatchObject({ path: 'data/s', column: null, treatment: 'unspecified' });
  });

  it('reads subsets, with = in a value, and leaves other known words alone', () => {
    const names = ['sample', 'patient', 'stage', 'counts', 'filter', 'subject'];
    const study = read(sheet([['s', 'P', 'residual', 'all.h5ad', ' clone = a=b ; day=21', 'x']], names));
    expect(study.samples[0]?.subset).toEqual([
      { column: 'clone', value: 'a=b' },
      { column: 'day', value: '21' },
    ]);
    expect(study.readings).toContain('column: "filter" → subset');
    expect(study.readings).toContain('column: "subject" → not used');
  });

  it('reads where the cell labels are', () => {
    expect(read(sheet(good), { cellLabels: { obs: 'cell_type' } }).cellLabels).toEqual({
      kind: 'obs',
      column: 'cell_type',
    });
    expect(read(sheet(good), { cellLabels: 'labels.csv' }).cellLabels).toEqual({ kind: 'table', path: 'labels.csv' });
    expect(messageOf(sheet(good), { cellLabels: 3 })).toContain(
      'The value of "cellLabels" cannot be used. Expected {obs: a column of the cell table}, or the path of a table (sample, cell, label). Found 3.',
    );
    expect(messageOf(sheet(good), { cellLabels: { column: 'x' } })).toContain('cellLabels');
  });

  it('reads columns by alias and shows it', () => {
    const names = ['Sample ID', 'Model', 'Timepoint', 'Drug', 'Platform', 'expression', 'column', 'sex'];
    const study = read(
      sheet(
        good.map((row) => [...row, 'F']),
        names,
      ),
    );
    expect(study.samples.map(({ patient }) => patient)).toEqual(['P1', 'P1']);
    expect(study.readings).toEqual([
      'column: "Sample ID" → sample',
      'column: "Model" → patient',
      'column: "Timepoint" → stage',
      'column: "Drug" → treatment',
      'column: "Platform" → technology',
      'column: "sex" → not used',
      'stage: "chemonaive" → untreated (1 sample)',
      'treatment: empty → none (1 sample)',
    ]);
  });

  it('takes title and organism by default and shows it', () => {
    const study = readStudy({ remnant: 1, samples: 'samples.csv' }, sheet(good), { file: 'tnbc/study.yaml' });
    expect(study).toMatchObject({ title: 'tnbc', organism: 'human' });
    expect(study.readings.slice(0, 2)).toEqual(['title: not given → "tnbc"', 'organism: not given → human']);
  });

  it('passes over empty rows and keeps row numbers', () => {
    const empty = columns.map(() => '');
    const study = read({ ...sheet([good[0]!, empty, good[1]!]), rowNumbers: [2, 3, 6] });
    expect(study.samples.map(({ row }) => row)).toEqual([2, 6]);
  });

  it('tidies treatments and technologies', () => {
    const rows = [
      ['a', 'P1', 'untreated', 'Vehicle', 'Array', 'a.csv', 'A'],
      ['b', 'P1', 'residual', ' Cisplatin', 'array', 'a.csv', 'B'],
      ['c', 'P1', 'residual', 'cisplatin', 'array', 'a.csv', 'C'],
      ['d', 'P1', 'residual', 'cisplatin', '', 'a.csv', 'D'],
      ['e', 'P1', 'untreated', 'None', 'array', 'a.csv', 'E'],
      ['f', 'P1', 'residual', 'NA', 'array', 'a.csv', 'F'],
    ];
    const study = read(sheet(rows));
    expect(study.samples.map(({ treatment }) => treatment)).toEqual([
      ...['none', 'cisplatin', 'cisplatin', 'cisplatin', 'none', 'unspecified'],
    ]);
    expect(study.samples.map(({ technology }) => technology)).toEqual([
      ...['array', 'array', 'array', 'table', 'array', 'array'],
    ]);
    expect(study.readings).toEqual([
      'treatment: "Cisplatin" → cisplatin (1 sample)',
      'treatment: "NA" → unspecified (1 sample)',
      'treatment: "None" → none (1 sample)',
      'treatment: "Vehicle" → none (1 sample)',
      'technology: "Array" → array (1 sample)',
      'technology: empty → table (1 sample)',
    ]);
  });

  it('keeps the arm of an untreated sample when the sheet names it', () => {
    const study = read(sheet([['a', 'P1', 'untreated', 'cisplatin', 'x', 'a.csv', 'A']]));
    expect(study.samples[0]?.treatment).toBe('cisplatin');
  });

  it("reads the study's own stage words before the built-in ones", () => {
    const rows = [
      ['a', 'P1', 'after', '', 'x', 'a.csv', 'A'],
      ['b', 'P1', 'control', 'AC', 'x', 'a.csv', 'B'],
      ['c', 'P1', '+', 'AC', 'x', 'a.csv', 'C'],
    ];
    const study = read(sheet(rows), { stages: { After: 'relapse', control: 'residual', '+': 'untreated' } });
    expect(study.samples.map(({ stage }) => stage)).toEqual(['relapse', 'residual', 'untreated']);
    expect(study.readings).toContain('stage: "after" → relapse (1 sample)');
  });

  it('reads the contrast, by synonym too, and completes it', () => {
    expect(read(sheet(good), { contrast: { from: 'naive', to: 'relapse' } }).contrast).toEqual({
      ...{ from: 'untreated', to: 'relapse', back: 'residual' },
    });
    expect(read(sheet(good), { contrast: { from: 'naive' } }).readings[0]).toBe('contrast.from: "naive" → untreated');
    expect(read(sheet(good), { contrast: { from: 'residual' } }).contrast.to).toBe('untreated');
  });

  it('turns backslashes of Windows paths', () => {
    const study = read(changed({ expression: 'data\\a.csv' }));
    expect(study.samples[1]?.path).toBe('data/a.csv');
    expect(study.readings).toContain('path: "\\" → "/" (1 sample)');
  });

  it('takes relative paths, parent folders and absolute paths', () => {
    for (const path of ['../shared/a.csv', '/data/a.csv', 'C:/data/a.csv', './a b.csv']) {
      expect(read(changed({ expression: path })).samples[1]?.path).toBe(path);
    }
  });

  it('takes inline samples', () => {
    const samples = [
      { sample: 'a', patient: 'P1', stage: 'pre', counts: 'a.h5' },
      { sample: 'b', patient: 'P1', stage: 'MRD', counts: 'b.h5', day: 33, treatment: null },
    ];
    const study = readStudy({ ...document, samples }, inlineSampleSheet(samples, { file: 'study.yaml' }), {
      file: 'study.yaml',
    });
    expect(study.samples.map(({ stage, day, row }) => [stage, day, row])).toEqual([
      ['untreated', null, 1],
      ['residual', 33, 2],
    ]);
  });
});

describe('titleFrom', () => {
  it('takes the folder, or the name of the file', () => {
    expect(titleFrom('studies/tnbc/study.yaml')).toBe('tnbc');
    expect(titleFrom('./tnbc.csv.gz')).toBe('tnbc');
    expect(titleFrom('C:\\work\\tnbc\\samples.csv')).toBe('tnbc');
  });
});
