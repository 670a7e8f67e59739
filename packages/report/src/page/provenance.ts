import { element, fragment, type Markup } from '../markup/markup.js';
import type { PageContext } from './page-context.js';
import { fileLink, tableTitle } from './table-block.js';

/** What the run raised that a reader should know. */
export function warnings(context: PageContext): Markup {
  const { page } = context.text;
  const raised = context.result.warnings;
  return element(
    'section',
    { id: 'warnings' },
    element('h2', {}, page.warnings),
    raised.length === 0
      ? element('p', { class: 'lead' }, page.noWarnings)
      : element(
          'ul',
          { class: 'bullets' },
          raised.map(({ code, message }) =>
            element('li', {}, message, element('span', { class: 'needed-text file' }, code)),
          ),
        ),
  );
}

/** How to get the same bytes again: version, seed, options, inputs and packs with their hashes, and every table. */
export function provenance(context: PageContext): Markup {
  const { page } = context.text;
  const { provenance: made, schemaVersion } = context.result;
  return element(
    'section',
    { id: 'provenance' },
    element('h2', {}, page.provenance),
    element('p', { class: 'lead' }, page.provenanceLead),
    pairs([
      [page.version, made.remnantVersion],
      [page.seed, String(made.seed)],
      [page.schema, String(schemaVersion)],
    ]),
    subsection(page.options, pairs(Object.entries(made.options).map(([name, value]) => [name, writeOption(value)]))),
    subsection(page.inputs, inputTable(context)),
    subsection(page.packs, packTable(context)),
    subsection(page.allTables, tableList(context)),
  );
}

function subsection(title: string, content: Markup): Markup {
  return fragment(element('h3', { class: 'sub' }, title), element('div', { class: 'scroll' }, content));
}

function pairs(rows: readonly (readonly [string, string])[]): Markup {
  return element(
    'table',
    { class: 'facts-table' },
    element(
      'tbody',
      {},
      rows.map(([name, value]) =>
        element('tr', {}, element('th', { scope: 'row' }, name), element('td', { class: 'value' }, value)),
      ),
    ),
  );
}

function writeOption(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(writeOption).join(', ');
  return value === undefined ? '' : JSON.stringify(value);
}

function inputTable(context: PageContext): Markup {
  const { page } = context.text;
  const { inputs } = context.result.provenance;
  return element(
    'table',
    {},
    element('thead', {}, headRow(page.inputs, page.bytes, 'SHA-256')),
    element(
      'tbody',
      {},
      inputs.map(({ path, bytes, sha256 }) =>
        element(
          'tr',
          {},
          element('td', { class: 'value' }, path),
          element('td', { class: 'number' }, context.number.integer(bytes)),
          element('td', { class: 'hash' }, sha256),
        ),
      ),
    ),
  );
}

function packTable(context: PageContext): Markup {
  const { page } = context.text;
  const { packs } = context.result.provenance;
  if (packs.length === 0) return element('p', {}, page.noPacks);
  return element(
    'table',
    {},
    element(
      'tbody',
      {},
      packs.map((pack) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, `${pack.name} ${pack.version}`),
          element('td', {}, `${page.licence}: ${pack.licence}`),
          element(
            'td',
            {},
            element('div', { class: 'value' }, pack.source),
            element('div', { class: 'hash' }, pack.sha256),
          ),
        ),
      ),
    ),
  );
}

function headRow(name: string, bytes: string, hash: string): Markup {
  return element(
    'tr',
    {},
    element('th', { scope: 'col' }, name),
    element('th', { scope: 'col', class: 'number' }, bytes),
    element('th', { scope: 'col' }, hash),
  );
}

function tableList(context: PageContext): Markup {
  return element(
    'table',
    {},
    element(
      'tbody',
      {},
      context.result.tables.map((table) =>
        element(
          'tr',
          {},
          element('td', {}, fileLink(table.name)),
          element('td', {}, tableTitle(context, table)),
          element('td', { class: 'number' }, context.text.page.rows(table.nRows, table.nRows)),
        ),
      ),
    ),
  );
}
