import type { Column, Table } from '@remnant/engine';
import { element, fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { excerptColumns, excerptRows, type ExcerptSpec, excerptSpecs } from '../tables/excerpts.js';
import { findTable } from '../tables/read-columns.js';
import { tableAddress } from './figure-block.js';

/** The tables behind a claim: the first rows of each, folded, or only its address where another claim shows it. */
export function tableBlocks(
  context: ReportContext,
  names: readonly string[],
  isShownHere: (table: string) => boolean,
): Markup | null {
  const items = names.map((name) => {
    const table = findTable(context.result, name);
    return table !== null && isShownHere(name) ? openable(context, table) : linkOnly(context, name);
  });
  if (items.length === 0) return null;
  return element('ul', { class: 'tables' }, items);
}

/** A folded table, opened by a click, with a link to its file. */
export function openable(context: ReportContext, table: Table): Markup {
  const shown = Math.min(excerptRows, table.nRows);
  const { page } = context.text;
  return element(
    'li',
    { class: 'open' },
    element(
      'details',
      {},
      element(
        'summary',
        {},
        `${tableTitle(context, table)} `,
        element('span', { class: 'file' }, `${table.name}.csv`),
        ' ',
        element('span', { class: 'quiet' }, `(${page.rows(shown, table.nRows)})`),
      ),
      element('p', { class: 'quiet' }, page.columnsAsInFile, ' ', fileLink(table.name, page.openTable)),
      excerpt(context, table),
    ),
  );
}

/** A table's title in the language of the report; its own description when this version does not know it. */
export function tableTitle(context: ReportContext, table: Table): string {
  return context.text.tableTitles[table.name] ?? table.description;
}

/** A link to the file of a table. */
export function fileLink(name: string, written: string = `${name}.csv`): Markup {
  return element('a', { class: 'file', href: tableAddress(name) }, written);
}

function linkOnly(context: ReportContext, name: string): Markup {
  const table = findTable(context.result, name);
  const title = table === null ? (context.text.tableTitles[name] ?? '') : tableTitle(context, table);
  return element(
    'li',
    {},
    title === '' ? null : fragment(title, ' '),
    table === null ? element('span', { class: 'file' }, name) : fileLink(name),
  );
}

function excerpt(context: ReportContext, table: Table): Markup {
  const spec: ExcerptSpec = excerptSpecs[table.name] ?? { columns: null, orderBy: null, order: 'ascending' };
  const columns = chosenColumns(table, spec);
  const rows = chosenRows(table, spec);
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      { class: 'sortable', 'aria-label': tableTitle(context, table) },
      element('thead', {}, element('tr', {}, columns.map(headCell))),
      element(
        'tbody',
        {},
        rows.map((row) =>
          element(
            'tr',
            {},
            columns.map((column) => cell(context, column, row)),
          ),
        ),
      ),
    ),
  );
}

function chosenColumns(table: Table, spec: ExcerptSpec): readonly Column[] {
  const named = (spec.columns ?? []).flatMap((name) => table.columns.filter((column) => column.name === name));
  return named.length > 0 ? named : table.columns.slice(0, excerptColumns);
}

function chosenRows(table: Table, spec: ExcerptSpec): readonly number[] {
  const rows = Array.from({ length: table.nRows }, (_, i) => i);
  const key = table.columns.find((column) => column.name === spec.orderBy);
  if (key?.kind !== 'number') return rows.slice(0, excerptRows);
  const sign = spec.order === 'ascending' ? 1 : -1;
  const value = (row: number): number => {
    const number = key.values[row] ?? NaN;
    return Number.isNaN(number) ? Infinity : sign * number;
  };
  return rows.sort((a, b) => (value(a) === value(b) ? a - b : value(a) < value(b) ? -1 : 1)).slice(0, excerptRows);
}

function headCell(column: Column): Markup {
  return element(
    'th',
    { scope: 'col', class: column.kind === 'number' ? 'number' : null, title: column.description },
    column.name,
  );
}

function cell(context: ReportContext, column: Column, row: number): Markup {
  if (column.kind === 'text') {
    const text = column.values[row] ?? '';
    return element('td', { 'data-value': text }, text);
  }
  const value = column.values[row] ?? NaN;
  const isP = column.name === 'p_adjusted' || column.name.endsWith('p_value') || column.name.endsWith('p_adjusted');
  return element(
    'td',
    { class: 'number', 'data-value': Number.isNaN(value) ? '' : String(value) },
    isP ? context.number.pValue(value) : context.number.general(value),
  );
}
