import { FormatError, nearestWord } from '@remnant/engine';
import { readTextTable, type TextTable } from '../text/text-table.js';

/** The user's own labels of cells: per sample, label by cell. */
export type CellLabels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Labels in the order of the cells of one sample. */
export interface MatchedLabels {
  /** One per cell; null where the table does not name it. */
  readonly labels: readonly (string | null)[];
  /** Cells of the sample that the table names. */
  readonly nMatched: number;
  /** Cells that the table gives for this sample and that the sample does not have. */
  readonly nUnknown: number;
}

type LabelField = 'sample' | 'cell' | 'label';

const aliases: Readonly<Record<LabelField, readonly string[]>> = {
  sample: ['sample', 'sampleid', 'samplename', 'library', 'échantillon'],
  cell: ['cell', 'cells', 'barcode', 'barcodes', 'cellid', 'cellbarcode', 'cellname', 'cellule'],
  label: ['label', 'labels', 'celltype', 'annotation', 'type', 'étiquette'],
};

/**
 * Reads a table of the user's own cell labels: one row per cell with its sample, its barcode and its label; other columns
 * are not used. CSV or TSV, gzip or not. Cells without a label may be left out or left empty.
 *
 * @param bytes - content of the table
 * @param file - its name, for errors
 * @returns per sample, label by cell
 * @throws FormatError for a table without one of the three columns, a row without sample or cell, or a cell labelled twice
 *   in different ways
 */
export function readCellLabels(bytes: Uint8Array, file: string): CellLabels {
  const table = readTextTable(bytes, file);
  const [sample, cell, label] = [
    columnOf(table, 'sample', file),
    columnOf(table, 'cell', file),
    columnOf(table, 'label', file),
  ];
  const labels = new Map<string, Map<string, string>>();
  table.rows.forEach((row, i) => {
    const place = { file, row: table.rowNumbers[i] as number };
    const [inSample, barcode, text] = [row[sample], row[cell], row[label]].map((value) => (value ?? '').trim());
    if (inSample === '' || inSample === undefined) throw emptyName('sample', table.columns[sample], place);
    if (barcode === '' || barcode === undefined) throw emptyName('cell', table.columns[cell], place);
    if (text === '' || text === undefined || text === 'NA') return;
    const own = labels.get(inSample) ?? new Map<string, string>();
    labels.set(inSample, own);
    const before = own.get(barcode);
    if (before !== undefined && before !== text) throw labelledTwice(barcode, [before, text], place);
    own.set(barcode, text);
  });
  return labels;
}

/**
 * Puts labels in the order of the cells of one sample. Cells of the table that the sample does not have are counted: filtered
 * counts commonly hold fewer cells than a table made before filtering.
 */
export function matchCellLabels(labels: CellLabels, sample: string, cells: readonly string[]): MatchedLabels {
  const own = labels.get(sample) ?? new Map<string, string>();
  const matched = cells.map((cell) => own.get(cell) ?? null);
  const nMatched = matched.filter((label) => label !== null).length;
  return { labels: matched, nMatched, nUnknown: own.size - nMatched };
}

function columnOf({ columns }: TextTable, field: LabelField, file: string): number {
  const keys = columns.map((name) => name.toLowerCase().replace(/[\s_.-]/g, ''));
  const found = aliases[field].map((alias) => keys.indexOf(alias)).find((at) => at !== -1);
  if (found !== undefined) return found;
  const near = nearestWord(field, columns);
  throw new FormatError(`The table of cell labels has no column "${field}".`, {
    file,
    column: field,
    expected: 'the columns sample, cell and label',
    found: `the columns ${columns.map((name) => `"${name}"`).join(', ')}`,
    ...(near === null ? {} : { hint: `Is it the column "${near}"? Rename it "${field}".` }),
  });
}

function emptyName(what: string, column: string | undefined, place: { file: string; row: number }): FormatError {
  return new FormatError(`The ${what} is empty.`, { ...place, column: column ?? what });
}

function labelledTwice(
  cell: string,
  labels: readonly [string, string],
  place: { readonly file: string; readonly row: number },
): FormatError {
  return new FormatError(`The cell "${cell}" has two labels.`, {
    ...place,
    found: `"${labels[0]}" and "${labels[1]}"`,
    hint: 'Keep one row per cell of a sample.',
  });
}
