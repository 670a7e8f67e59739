import type { CellReading, SampleRow } from './sample-row.js';
import type { SubsetCondition } from './types.js';

/**
 * The `subset` of a row: `column=value`, several with `;` between, all of which must hold. The first `=` ends the name of the
 * column. Null where the cell of the sheet is empty: the sample is the whole file.
 */
export function subsetOf(row: SampleRow): CellReading<readonly SubsetCondition[] | null> {
  const text = row.optional('subset');
  if (text === null) return { value: null };
  const conditions: SubsetCondition[] = [];
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    const condition = { column: part.slice(0, Math.max(0, at)).trim(), value: part.slice(at + 1).trim() };
    if (at === -1 || condition.column === '' || condition.value === '') return unreadable(row, text, part);
    if (conditions.some(({ column }) => column === condition.column)) return repeated(row, condition.column);
    conditions.push(condition);
  }
  return { value: conditions };
}

function unreadable(row: SampleRow, text: string, part: string): CellReading<never> {
  const found = part.trim() === text ? `"${text}"` : `"${part.trim()}" in "${text}"`;
  const details = {
    expected: 'column=value, or several with ";" between, such as patient=P01;stage=residual',
    found,
    hint: 'The column is one of the table of cells of the file (obs).',
  };
  return { problem: row.problem('subset', 'The subset cannot be read.', details) };
}

function repeated(row: SampleRow, column: string): CellReading<never> {
  const hint = 'All conditions must hold, and a cell has one value: give each value its own sample.';
  return { problem: row.problem('subset', `The subset names the column "${column}" twice.`, { hint }) };
}
