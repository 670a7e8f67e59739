import { FormatError } from '../../core/errors.js';
import {
  columnAt,
  placeOf,
  requireColumn,
  requireSample,
  type RowPlace,
  type TableSource,
  textAt,
  type TextRows,
} from './text-rows.js';

/** One barcode read in one cell, or counted in one bulk library. */
export interface LineageRow {
  readonly sample: string;
  /** Null for a bulk library. */
  readonly cell: string | null;
  readonly barcode: string;
  /** Molecules or reads that carry it; one where the table does not say. */
  readonly count: number;
}

const names = {
  sample: ['sample', 'sample_id', 'library', 'échantillon'],
  cell: ['cell', 'cell_id', 'cell_barcode', 'cellule'],
  barcode: ['barcode', 'lineage_barcode', 'lineage', 'clone'],
  count: ['count', 'counts', 'reads', 'umis'],
};
const expected = 'the columns sample, cell and barcode for cells, or sample, barcode and count for bulk libraries';

/**
 * Reads lineage barcodes: `sample, cell, barcode` with one row per cell and barcode (optionally `count`), or
 * `sample, barcode, count` for bulk libraries, or both in one table with `cell` empty for bulk rows. Cells without a barcode
 * may be left out or left empty.
 *
 * @param table - as text, so that barcodes made of digits stay as they are
 * @throws FormatError naming file, row and column: a missing column or value, a count that is not a whole number above
 *   zero, or a barcode given twice for one cell or library
 * @example
 * lineagesFromTable({ columns: ['sample', 'cell', 'barcode'], rows: [['S1', 'AAAC-1', 'ACGT']] }, { file: 'lineages.csv' })
 */
export function lineagesFromTable(table: TextRows, { file, samples }: TableSource): readonly LineageRow[] {
  const sampleAt = requireColumn(table, names.sample, { file, expected });
  const barcodeAt = requireColumn(table, names.barcode, { file, expected });
  const [cellAt, countAt] = [columnAt(table, names.cell), columnAt(table, names.count)];
  if (cellAt === -1 && countAt === -1) requireColumn(table, names.cell, { file, expected });
  const seen = new Map<string, RowPlace>();
  return table.rows.flatMap((row, i) => {
    const place = placeOf(table, i, file);
    const sample = requireSample(row, sampleAt, { place, samples });
    const cell = cellAt === -1 ? null : textAt(row, cellAt);
    const barcode = textAt(row, barcodeAt);
    if (barcode === null && cell !== null) return [];
    if (barcode === null) throw missing('barcode', place);
    if (cell === null && countAt === -1) throw missing('cell', place);
    const key = JSON.stringify([sample, cell, barcode]);
    refuseTwice(seen.get(key), { barcode, holder: cell ?? sample, place });
    seen.set(key, place);
    const count = countAt === -1 ? 1 : countOf(row[countAt] ?? '', place);
    return count === 0 ? [] : [{ sample, cell, barcode, count }];
  });
}

function missing(column: string, place: RowPlace): FormatError {
  return new FormatError('A value is missing.', { ...place, column, expected: `a ${column}`, found: 'nothing' });
}

function countOf(text: string, place: RowPlace): number {
  const count = Number(text.trim() === '' ? NaN : text);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new FormatError('A count cannot be read.', {
    ...place,
    column: 'count',
    expected: 'a whole number, zero or more',
    found: text.trim() === '' ? 'nothing' : `"${text}"`,
  });
}

function refuseTwice(
  before: RowPlace | undefined,
  { barcode, holder, place }: { readonly barcode: string; readonly holder: string; readonly place: RowPlace },
): void {
  if (before === undefined) return;
  throw new FormatError(`Barcode "${barcode}" is given twice for "${holder}".`, {
    ...place,
    column: 'barcode',
    expected: 'one row per barcode of a cell or library',
    found: `it in row ${String(before.row)} too`,
    hint: 'Add the counts up, or remove the second row.',
  });
}
