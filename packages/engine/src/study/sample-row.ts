import { isMissing } from './labels.js';
import type { Problem } from './problems.js';
import type { SampleColumns, SampleField } from './sample-columns.js';
import { rowNumber, type SampleSheet } from './sample-sheet.js';
import type { StageWords } from './stage-words.js';
import { nearestStage, stages, stageWords, type StageReading, unsafeStageWord } from './stages.js';
import { subsetOf } from './subset.js';
import type { Sample, SubsetCondition } from './types.js';

/** One row of the sheet by field, with its place for messages. */
export interface SampleRow {
  /** Row of the file. */
  readonly number: number;
  /** The cell as written, trimmed; empty where the sheet has no such column. */
  readonly text: (field: SampleField) => string;
  /** The cell, or null where it says nothing. */
  readonly optional: (field: SampleField) => string | null;
  /** A problem of this row. */
  readonly problem: (field: SampleField, message: string, details?: Problem['details']) => Problem;
}

/** A value read from a cell, or why it could not be. */
export type CellReading<T> = { readonly value: T; readonly problem?: never } | { readonly problem: Problem };

/** Where a sample's data are. */
export interface SampleSource extends Pick<Sample, 'input' | 'path' | 'column'> {
  readonly subset: readonly SubsetCondition[] | null;
}

/** Row `index` of the sheet. */
export function sampleRow(sheet: SampleSheet, columns: SampleColumns, index: number): SampleRow {
  const cells = sheet.rows[index] ?? [];
  const number = rowNumber(sheet, index);
  const text = (field: SampleField): string => cells[columns.get(field) ?? -1]?.trim() ?? '';
  return {
    number,
    text,
    optional: (field) => (isMissing(text(field)) ? null : text(field)),
    problem: (field, message, details = {}) => {
      const column = sheet.columns[columns.get(field) ?? -1] ?? field;
      return { message, details: { file: sheet.file, row: number, column, ...details } };
    },
  };
}

/** Sample and patient names have to be there. */
export function missingNames(row: SampleRow): Problem[] {
  const problems: Problem[] = [];
  if (row.optional('sample') === null) problems.push(row.problem('sample', 'The sample has no name.'));
  if (row.optional('patient') === null) {
    const hint = 'Name the patient, xenograft model or cell line the sample comes from: it is the unit of evidence.';
    problems.push(row.problem('patient', 'The patient is empty.', { hint }));
  }
  return problems;
}

/** The stage of a row. */
export function stageOf(row: SampleRow, readStageWord: StageWords): CellReading<StageReading> {
  const word = row.text('stage');
  const value = readStageWord(word);
  return value === null ? { problem: unknownStage(row, word) } : { value };
}

const threeStages = 'untreated, residual or relapse';

function unknownStage(row: SampleRow, word: string): Problem {
  if (isMissing(word)) {
    const found = word === '' ? {} : { found: `"${word}"` };
    return row.problem('stage', 'The stage is not filled in.', { expected: threeStages, ...found });
  }
  const own = `say once in the study file what the word means, for instance "stages: {${yamlKey(word)}: residual}".`;
  const why = unsafeStageWord(word);
  if (why !== null) {
    const hint = `${why} Write ${threeStages}, or ${own}`;
    return row.problem('stage', `The stage "${word}" could be read in more than one way.`, { hint });
  }
  const near = nearestStage(word);
  const suggestion = near === null ? '' : `Did you mean "${near.word}" (${near.stage})? `;
  const hint = `${suggestion}Write ${threeStages}, or ${own}`;
  return row.problem('stage', `The stage "${word}" is not known.`, { expected: acceptedWords(), hint });
}

/** A word that YAML would read as a sign is quoted. */
function yamlKey(word: string): string {
  return /^[\p{Letter}\p{Number}][\p{Letter}\p{Number} ./+-]*$/u.test(word) ? word : JSON.stringify(word);
}

function acceptedWords(): string {
  return stages.map((stage) => `${stage} (also ${stageWords[stage].slice(1, 9).join(', ')} …)`).join('; ');
}

/** The day of a row: a plain decimal number, negative before treatment, or nothing. */
export function dayOf(row: SampleRow): CellReading<number | null> {
  const text = row.text('day');
  if (isMissing(text)) return { value: null };
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return { value: Number(text) };
  const hint = /^[+-]?\d+,\d+$/.test(text) ? 'Write decimals with a point.' : 'Leave it empty when it is not known.';
  const details = { expected: 'a number of days', found: `"${text}"`, hint };
  return { problem: row.problem('day', 'The day is not a number.', details) };
}

/** Which file, and which column of it, holds the data of a row. */
export function sourceOf(row: SampleRow): CellReading<SampleSource> {
  const counts = row.optional('counts');
  const expression = row.optional('expression');
  const column = row.optional('column');
  const subset = subsetOf(row);
  if (subset.problem !== undefined) return subset;
  if (counts !== null && expression !== null) {
    const hint = 'Keep one: a sample has one source of data.';
    return { problem: row.problem('counts', 'Both "counts" and "expression" are given.', { hint }) };
  }
  if (counts !== null) return cellsSource(row, counts, { column, subset: subset.value });
  if (expression !== null) return tableSource(row, expression, { column, subset: subset.value });
  const expected = '"counts" (single-cell data), or "expression" with "column" (genes × samples table)';
  return { problem: row.problem('counts', 'The sample points at no data.', { expected }) };
}

/** What a row says beside the path. */
type Selection = Pick<SampleSource, 'column' | 'subset'>;

function cellsSource(row: SampleRow, path: string, { column, subset }: Selection): CellReading<SampleSource> {
  if (column === null) return withPath(row, 'counts', path, { input: 'cells', column, subset });
  const hint =
    'Leave it empty: it belongs to "expression". In a single-cell file of several samples, "subset" picks the cells of one, for instance "patient=P01".';
  return { problem: row.problem('column', 'A column is given for single-cell data.', { hint }) };
}

function tableSource(row: SampleRow, path: string, { column, subset }: Selection): CellReading<SampleSource> {
  if (subset !== null) {
    const hint = 'Leave it empty: it picks cells of single-cell data; "column" names the sample in a table.';
    return { problem: row.problem('subset', 'A subset is given for an expression table.', { hint }) };
  }
  if (column !== null) return withPath(row, 'expression', path, { input: 'table', column, subset });
  const hint = `Write the header under which this sample stands in "${path}".`;
  return { problem: row.problem('column', 'The column of the expression table is not given.', { hint }) };
}

/** Relative paths, with `..` too, and absolute ones are taken; what cannot be opened is refused here, before a run. */
function withPath(
  row: SampleRow,
  field: 'counts' | 'expression',
  written: string,
  source: Omit<SampleSource, 'path'>,
): CellReading<SampleSource> {
  const refuse = (hint: string): CellReading<SampleSource> => {
    return { problem: row.problem(field, `The path "${written}" cannot be used.`, { hint }) };
  };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(written)) {
    return refuse('Nothing is fetched during an analysis: download the file and give its path.');
  }
  if (written.startsWith('~')) return refuse('Write the folder out in full: "~" is not expanded here.');
  return { value: { ...source, path: written.replaceAll('\\', '/') } };
}
