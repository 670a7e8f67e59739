import { describe, expect, it } from 'vitest';
import { changed, columns, errorOf, good, messageOf, read, sheet } from './read-study.test-helper.js';
import type { SampleSheet } from './sample-sheet.js';

describe('errors of the sample sheet', () => {
  it('missing columns, with the column that was probably meant', () => {
    const error = errorOf(() =>
      read(sheet(good, ['sample', 'pateint', 'stage', 'treatment', 'technology', 'expression', 'column'])),
    );
    expect(error.message).toBe(
      'samples.csv, column "patient": The sample sheet has no column "patient". Found the columns "sample", "pateint", "stage", "treatment", "technology", "expression", "column". Is it the column "pateint"? Rename it "patient".',
    );
    expect(error.details.column).toBe('patient');
    expect(
      messageOf(sheet(good, ['sample', 'who', 'stage', 'treatment', 'technology', 'expression', 'column'])),
    ).toContain('Also read as patient: patient_id, donor,');
    expect(messageOf(sheet([], ['sample', 'patient', 'stage']))).toContain(
      'no column that points at data. Expected a column "counts" (single-cell data) or "expression" with "column"',
    );
  });

  it('a misspelt optional column', () => {
    expect(
      messageOf(sheet(good, ['sample', 'patient', 'stage', 'treatmnet', 'technology', 'expression', 'column'])),
    ).toBe(
      'samples.csv, column "treatmnet": The column "treatmnet" is not known. Did you mean "treatment"? Otherwise give it a name less like it.',
    );
  });

  it('two columns for one field', () => {
    const names = [...columns, 'Patient'];
    expect(
      messageOf(
        sheet(
          good.map((row) => [...row, 'x']),
          names,
        ),
      ),
    ).toBe(
      'samples.csv: The columns "patient" and "Patient" would both be read as "patient". Name one of them "patient" and rename or remove the other.',
    );
    const aliases = ['sample', 'donor', 'stage', 'treatment', 'technology', 'expression', 'column', 'model'];
    expect(
      messageOf(
        sheet(
          good.map((row) => [...row, 'x']),
          aliases,
        ),
      ),
    ).toContain('"donor" and "model"');
  });

  it('no samples', () => {
    expect(messageOf(sheet([]))).toBe('samples.csv: The sample sheet has no samples. Expected one row per sample.');
  });

  it('unknown stage: lists accepted words and suggests the nearest', () => {
    const error = errorOf(() => read(changed({ stage: 'residaul' })));
    expect(error.message).toContain('samples.csv, row 3, column "stage": The stage "residaul" is not known.');
    expect(error.message).toContain('Expected untreated (also chemonaive, ');
    expect(error.message).toContain('Did you mean "residual" (residual)?');
    expect(error.message).toContain('"stages: {residaul: residual}"');
    expect(error.details).toMatchObject({ file: 'samples.csv', row: 3, column: 'stage' });
  });

  it('unsafe stage words are refused with the reason and the remedy', () => {
    const message = messageOf(changed({ stage: 'post-treatment' }));
    expect(message).toContain('The stage "post-treatment" could be read in more than one way.');
    expect(message).toContain('what is left at the end of treatment (residual) or a tumour that has regrown (relapse)');
    expect(message).toContain('"stages: {post-treatment: residual}"');
    expect(messageOf(changed({ stage: 'day: 33' }))).toContain('"stages: {"day: 33": residual}"');
  });

  it('a stage left to fill in', () => {
    expect(messageOf(changed({ stage: '?' }))).toBe(
      'samples.csv, row 3, column "stage": The stage is not filled in. Expected untreated, residual or relapse. Found "?".',
    );
    expect(messageOf(changed({ stage: '' }))).toContain('The stage is not filled in.');
  });

  it('duplicated sample', () => {
    expect(messageOf(changed({ sample: 'a1' }))).toBe(
      'samples.csv, row 3, column "sample": The sample "a1" is duplicated. It is already on row 2; every sample needs a name of its own.',
    );
  });

  it('the same data under two names', () => {
    expect(messageOf(changed({ expression: './a.csv', column: 'A1' }))).toBe(
      'samples.csv, row 3, column "column": The sample "a1" already uses column "A1" of "./a.csv". The same data used twice would count as a replicate.',
    );
    const names = ['sample', 'patient', 'stage', 'counts'];
    const rows = [
      ['a', 'P', 'pre', 'x/'],
      ['b', 'P', 'MRD', 'x'],
    ];
    expect(messageOf(sheet(rows, names))).toContain('The sample "a" already uses "x".');
  });

  it('empty sample and patient', () => {
    expect(messageOf(changed({ patient: ' ' }))).toContain(
      'row 3, column "patient": The patient is empty. Name the patient',
    );
    expect(messageOf(changed({ patient: 'NA' }))).toContain('The patient is empty.');
    expect(messageOf(changed({ sample: '' }))).toContain('row 3, column "sample": The sample has no name.');
  });

  it('patients that differ only by case', () => {
    expect(messageOf(changed({ patient: 'p1' }))).toContain('The patients "P1" and "p1" differ only by case.');
  });

  it('both counts and expression, neither, or a column too many or too few', () => {
    expect(messageOf(changed({ counts: 'x.h5' }))).toContain(
      'row 3, column "counts": Both "counts" and "expression" are given. Keep one',
    );
    expect(messageOf(changed({ expression: '' }))).toContain('The sample points at no data. Expected "counts"');
    expect(messageOf(changed({ column: '' }))).toContain(
      'row 3, column "column": The column of the expression table is not given. Write the header',
    );
    expect(messageOf(changed({ expression: '', counts: 'x.h5ad' }))).toContain(
      'A column is given for single-cell data.',
    );
  });

  it('paths that cannot be opened', () => {
    expect(messageOf(changed({ expression: 'https://example.org/a.csv' }))).toContain(
      'The path "https://example.org/a.csv" cannot be used. Nothing is fetched during an analysis',
    );
    expect(messageOf(changed({ expression: '~/a.csv' }))).toContain('"~" is not expanded here');
  });

  it('a day that is not a number', () => {
    expect(messageOf(changed({ day: 'day 33' }))).toBe(
      'samples.csv, row 3, column "day": The day is not a number. Expected a number of days. Found "day 33". Leave it empty when it is not known.',
    );
    expect(messageOf(changed({ day: '33,5' }))).toContain('Write decimals with a point.');
  });

  it('a subset that cannot be read, or does not belong', () => {
    const cells = (subset: string): SampleSheet => {
      const names = ['sample', 'patient', 'stage', 'counts', 'subset'];
      return sheet([['a', 'P', 'naive', 'all.h5ad', subset]], names);
    };
    const expected = 'Expected column=value, or several with ";" between, such as patient=P01;stage=residual.';
    expect(messageOf(cells('P01'))).toBe(
      `samples.csv, row 2, column "subset": The subset cannot be read. ${expected} Found "P01". The column is one of the table of cells of the file (obs).`,
    );
    expect(messageOf(cells('patient=P01;stage'))).toContain('Found "stage" in "patient=P01;stage".');
    expect(messageOf(cells('patient='))).toContain('The subset cannot be read.');
    expect(messageOf(cells('patient=P1;patient=P2'))).toContain('The subset names the column "patient" twice.');
    expect(messageOf(changed({ subset: 'a=b' }))).toContain('A subset is given for an expression table.');
  });

  it('cells used twice: the same subset, or a part beside the whole', () => {
    const names = ['sample', 'patient', 'stage', 'counts', 'subset'];
    const two = (first: string, second: string): SampleSheet =>
      sheet(
        [
          ['a', 'P1', 'naive', 'all.h5ad', first],
          ['b', 'P2', 'naive', './all.h5ad', second],
        ],
        names,
      );
    expect(messageOf(two('patient=P1;day=0', 'day=0; patient=P1'))).toBe(
      'samples.csv, row 3, column "subset": The sample "a" already uses these cells of "./all.h5ad". The same data used twice would count as a replicate.',
    );
    expect(messageOf(two('', 'patient=P1'))).toContain('The sample "a" already uses these cells');
    expect(messageOf(two('patient=P1', ''))).toContain('column "counts": The sample "a" already uses "./all.h5ad".');
    expect(read(two('patient=P1', 'patient=P2')).samples.map(({ subset }) => subset)).toEqual([
      [{ column: 'patient', value: 'P1' }],
      [{ column: 'patient', value: 'P2' }],
    ]);
  });

  it('names the column as it stands in the sheet', () => {
    const names = ['sample', 'patient', 'Timepoint', 'treatment', 'technology', 'expression', 'column'];
    expect(messageOf(sheet([['a', 'P', 'xyz', '', '', 'a.csv', 'A']], names))).toContain('row 2, column "Timepoint"');
  });

  it('lists problems together, in row order, at most 20', () => {
    const rows = Array.from({ length: 25 }, (_, i) => [`s${String(i)}`, '', 'pre', '', '', 'a.csv', `c${String(i)}`]);
    const message = messageOf(sheet(rows));
    expect(message).toMatch(/^samples\.csv: 25 problems to correct\.\n {2}1\. samples\.csv, row 2, column "patient": /);
    expect(message.split('\n')).toHaveLength(22);
    expect(message).toContain('\n  20. samples.csv, row 21,');
    expect(message).toMatch(/\n {2}… and 5 more\.$/);
  });
});

describe('errors of the study file', () => {
  it('a stage word with an unknown meaning', () => {
    expect(messageOf(sheet(good), { stages: { day33: 'persister' } })).toBe(
      'study.yaml: The stage word "day33" under "stages" is given no known stage. Expected untreated, residual or relapse. Found "persister".',
    );
  });

  it('a contrast that cannot be', () => {
    expect(messageOf(sheet(good), { contrast: { from: 'monday' } })).toContain(
      'The stage of "contrast.from" is not known.',
    );
    expect(messageOf(sheet(good), { contrast: { from: 'naive', to: 'untreated' } })).toContain(
      'The contrast names a stage twice. Expected three different stages.',
    );
  });

  it('is reported together with errors of the sheet', () => {
    const message = messageOf(changed({ stage: 'xyz' }), { contrast: { from: 'monday' } });
    expect(message).toContain('1. study.yaml: The stage of "contrast.from"');
    expect(message).toContain('2. samples.csv, row 3');
  });
});
