import { isMissing } from './labels.js';
import type { Problem } from './problems.js';
import type { SampleRow, SampleSource } from './sample-row.js';
import type { SubsetCondition } from './types.js';

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
  return rows.flatMap(({ row, source }, i) => {
    if (source === null) return [];
    const before = rows.slice(0, i).find((other) => other.source !== null && holdsSame(other.source, source));
    const name = before?.row.text('sample');
    if (name === undefined || name === row.text('sample')) return [];
    const field = source.column !== null ? 'column' : source.subset !== null ? 'subset' : 'counts';
    const hint = 'The same data used twice would count as a replicate.';
    return [row.problem(field, `The sample "${name}" already uses ${dataText(source)}.`, { hint })];
  });
}

/** Whether two samples are the same data; a whole file holds every part of it. */
function holdsSame(a: SampleSource, b: SampleSource): boolean {
  if (comparablePath(a.path) !== comparablePath(b.path) || a.column !== b.column) return false;
  return a.subset === null || b.subset === null || subsetKey(a.subset) === subsetKey(b.subset);
}

function subsetKey(subset: readonly SubsetCondition[]): string {
  return JSON.stringify(subset.map(({ column, value }) => [column, value]).sort());
}

function dataText({ path, column, subset }: SampleSource): string {
  if (column !== null) return `column "${column}" of "${path}"`;
  return subset === null ? `"${path}"` : `these cells of "${path}"`;
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
