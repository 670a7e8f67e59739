import { isMissing } from './labels.js';
import type { Problem } from './problems.js';
import type { SampleRow, SampleSource } from './sample-row.js';

/** A row and where its data are, when that could be read. */
export interface RowWithSource {
  readonly row: SampleRow;
  readonly source: SampleSource | null;
}

/** What only shows when rows are seen together: names used twice, data used twice, one patient spelt in two ways. */
export function checkSamplesTogether(rows: readonly RowWithSource[]): Problem[] {
  return [...repeatedNames(rows), ...repeatedData(rows), ...patientSpellings(rows)];
}

function repeatedNames(rows: readonly RowWithSource[]): Problem[] {
  const firstRow = new Map<string, number>();
  return rows.flatMap(({ row }) => {
    const name = row.text('sample');
    const before = firstRow.get(name);
    if (before === undefined) firstRow.set(name, row.number);
    if (before === undefined || isMissing(name)) return [];
    const hint = `It is already on row ${String(before)}; every sample needs a name of its own.`;
    return [row.problem('sample', `The sample "${name}" is duplicated.`, { hint })];
  });
}

function repeatedData(rows: readonly RowWithSource[]): Problem[] {
  const firstSample = new Map<string, string>();
  return rows.flatMap(({ row, source }) => {
    if (source === null) return [];
    const key = JSON.stringify([comparablePath(source.path), source.column]);
    const name = row.text('sample');
    const before = firstSample.get(key);
    if (before === undefined) firstSample.set(key, name);
    if (before === undefined || before === name) return [];
    const what = source.column === null ? `"${source.path}"` : `column "${source.column}" of "${source.path}"`;
    const hint = 'The same data used twice would count as a replicate.';
    return [
      row.problem(source.column === null ? 'counts' : 'column', `The sample "${before}" already uses ${what}.`, {
        hint,
      }),
    ];
  });
}

function comparablePath(path: string): string {
  return path
    .split('/')
    .filter((part, i) => part !== '.' && (part !== '' || i === 0))
    .join('/');
}

function patientSpellings(rows: readonly RowWithSource[]): Problem[] {
  const spelling = new Map<string, string>();
  return rows.flatMap(({ row }) => {
    const name = row.text('patient');
    const before = spelling.get(name.toLowerCase()) ?? name;
    spelling.set(name.toLowerCase(), before);
    if (before === name) return [];
    const hint = 'Use one spelling for one patient, so that it is not counted as two.';
    return [row.problem('patient', `The patients "${before}" and "${name}" differ only by case.`, { hint })];
  });
}
