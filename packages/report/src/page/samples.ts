import { element, fragment, type Markup } from '../markup/markup.js';
import { findTable, numbersOrMissing, textsOrMissing } from '../tables/read-columns.js';
import type { PageContext } from './page-context.js';
import { openable } from './table-block.js';

interface SampleRow {
  readonly patient: string;
  readonly stage: string;
  readonly treatment: string;
  readonly technology: string;
  readonly cells: number;
}

/** Samples counted by patient and stage, with the full list folded below. */
export function samples(context: PageContext): Markup | null {
  const table = findTable(context.result, 'samples');
  if (table === null || table.nRows === 0) return null;
  const { page } = context.text;
  return element(
    'section',
    { id: 'samples' },
    element('h2', {}, page.samplesTitle),
    element('p', { class: 'lead' }, page.samplesLead),
    counts(context, sampleRows(context)),
    element('ul', { class: 'tables' }, openable(context, table)),
  );
}

function sampleRows(context: PageContext): readonly SampleRow[] {
  const texts = (column: string): readonly string[] =>
    textsOrMissing(context.result, 'samples', column).map((value) => value ?? '');
  const [stages, treatments, technologies] = [texts('stage'), texts('treatment'), texts('technology')];
  const cells = numbersOrMissing(context.result, 'samples', 'n_cells');
  return texts('patient').map((patient, i) => ({
    patient,
    stage: stages[i] ?? '',
    treatment: treatments[i] ?? '',
    technology: technologies[i] ?? '',
    cells: cells[i] ?? NaN,
  }));
}

/** Stages in the order of the disease; unknown ones after them, as met. */
function stageOrder(rows: readonly SampleRow[]): readonly string[] {
  const known = ['untreated', 'residual', 'relapse'];
  const met = [...new Set(rows.map((row) => row.stage))];
  return [...known.filter((stage) => met.includes(stage)), ...met.filter((stage) => !known.includes(stage))];
}

function counts(context: PageContext, rows: readonly SampleRow[]): Markup {
  const { words, stage } = context.text;
  const stages = stageOrder(rows);
  const patients = [...new Set(rows.map((row) => row.patient))];
  const hasCells = rows.some((row) => row.cells > 0);
  const head = (text: string, kind: 'number' | null): Markup => element('th', { scope: 'col', class: kind }, text);
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head(words.patient, null),
          head(words.technology, null),
          head(words.treatment, null),
          stages.map((name) => head(stage(name), 'number')),
          hasCells && head(words.cells, 'number'),
        ),
      ),
      element(
        'tbody',
        {},
        patients.map((patient) =>
          countRow(
            context,
            patient,
            rows.filter((row) => row.patient === patient),
            stages,
            hasCells,
          ),
        ),
      ),
      element('tfoot', {}, countRow(context, words.total, rows, stages, hasCells, 'total')),
    ),
  );
}

function countRow(
  context: PageContext,
  name: string,
  rows: readonly SampleRow[],
  stages: readonly string[],
  hasCells: boolean,
  kind: 'patient' | 'total' = 'patient',
): Markup {
  const { integer } = context.number;
  const isTotal = kind === 'total';
  const among = (values: readonly string[]): string =>
    [...new Set(values)].filter((value) => value !== '' && value !== 'none').join(', ');
  const cells = rows.reduce((sum, row) => sum + (Number.isFinite(row.cells) ? row.cells : 0), 0);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, name),
    element('td', {}, isTotal ? null : among(rows.map((row) => row.technology))),
    element('td', {}, isTotal ? null : among(rows.map((row) => row.treatment))),
    stages.map((stage) => {
      const n = rows.filter((row) => row.stage === stage).length;
      return element(
        'td',
        { class: 'number' },
        n === 0 ? fragment(element('span', { class: 'quiet' }, '–')) : integer(n),
      );
    }),
    hasCells && element('td', { class: 'number' }, cells === 0 ? '' : integer(cells)),
  );
}
