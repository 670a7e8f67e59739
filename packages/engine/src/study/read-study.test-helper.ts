import { isRemnantError, type RemnantError } from '../core/errors.js';
import { readStudy } from './read-study.js';
import type { SampleSheet } from './sample-sheet.js';
import type { Study } from './types.js';

export const columns = ['sample', 'patient', 'stage', 'treatment', 'technology', 'expression', 'column'];
export const good = [
  ['a1', 'P1', 'chemonaive', '', 'array', 'a.csv', 'A1'],
  ['a2', 'P1', 'residual', 'AC', 'array', 'a.csv', 'A2'],
];
export const sheet = (rows: readonly (readonly string[])[], names: readonly string[] = columns): SampleSheet => {
  return { columns: names, rows, file: 'samples.csv', firstRow: 2 };
};
export const document = { remnant: 1, title: 'T', organism: 'human', samples: 'samples.csv' };
export const read = (of: SampleSheet, extra: object = {}): Study =>
  readStudy({ ...document, ...extra }, of, { file: 'study.yaml' });
export const errorOf = (run: () => unknown): RemnantError => {
  try {
    run();
  } catch (error) {
    if (isRemnantError(error, 'format')) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
export const messageOf = (of: SampleSheet, extra: object = {}): string => errorOf(() => read(of, extra)).message;
/** The second row with some cells changed. */
export const changed = (change: Readonly<Record<string, string>>): SampleSheet => {
  const names = [...columns, ...Object.keys(change).filter((name) => !columns.includes(name))];
  const rows = good.map((row, i) =>
    names.map((name, j) => (i === 1 ? (change[name] ?? row[j] ?? '') : (row[j] ?? ''))),
  );
  return sheet(rows, names);
};
