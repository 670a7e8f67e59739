import { FormatError } from '../../core/errors.js';
import {
  columnAt,
  placeOf,
  requireColumn,
  requireSample,
  requireText,
  type RowPlace,
  type TableSource,
  textAt,
  type TextRows,
} from '../lineages/text-rows.js';

/** Variants read in single cells. */
export interface CellVariants {
  readonly cells: readonly string[];
  /** Sample (or time point) of each cell, as written. */
  readonly sample: readonly string[];
  readonly variants: readonly string[];
  /** Cells × variants, row-major: 1 mutated, 0 wild type, −1 not covered. */
  readonly calls: Int8Array;
}

const expected = 'the columns sample and cell, and one column per variant';

/**
 * Reads a cells × variants table: columns `sample` (or `timepoint`) and `cell`; every other named column is a variant with 1
 * (mutated), 0 (wild type) or nothing (not covered; `NA` is nothing too).
 *
 * @throws FormatError naming file, row and column: a missing column, no variant, two columns of one name, a call that is
 *   none of these, a cell given twice
 */
export function variantsFromTable(table: TextRows, { file, samples }: TableSource): CellVariants {
  const sampleAt = requireColumn(table, ['sample', 'sample_id', 'timepoint', 'time_point'], { file, expected });
  const cellAt = requireColumn(table, ['cell', 'cell_id', 'cell_barcode'], { file, expected });
  const columns = table.columns.flatMap((name, at) => (at === sampleAt || at === cellAt || name === '' ? [] : [at]));
  const variants = columns.map((at) => table.columns[at] as string);
  checkVariants(variants, table, file);
  const seen = new Map<string, number>();
  const calls = new Int8Array(table.rows.length * columns.length);
  const named = table.rows.map((row, i) => {
    const place = placeOf(table, i, file);
    const sample = requireSample(row, sampleAt, { place, samples });
    const cell = requireText(row, cellAt, { ...place, column: 'cell' });
    refuseTwice(seen, JSON.stringify([sample, cell]), { ...place, cell });
    columns.forEach((at, v) => {
      calls[i * columns.length + v] = callOf(textAt(row, at), { ...place, column: variants[v] as string });
    });
    return { sample, cell };
  });
  return { cells: named.map(({ cell }) => cell), sample: named.map(({ sample }) => sample), variants, calls };
}

function checkVariants(variants: readonly string[], table: TextRows, file: string): void {
  if (variants.length === 0) {
    throw new FormatError('The table has no variants.', { file, expected, found: table.columns.join(', ') });
  }
  const twice = variants.find((name, v) => columnAt({ columns: variants, rows: [] }, [name]) !== v);
  if (twice === undefined) return;
  throw new FormatError('A variant has two columns.', { file, column: twice, expected: 'one column per variant' });
}

function refuseTwice(seen: Map<string, number>, key: string, place: RowPlace & { readonly cell: string }): void {
  const before = seen.get(key);
  seen.set(key, place.row);
  if (before === undefined) return;
  throw new FormatError(`Cell "${place.cell}" is given twice.`, {
    file: place.file,
    row: place.row,
    column: 'cell',
    expected: 'one row per cell',
    found: `it in row ${String(before)} too`,
  });
}

function callOf(text: string | null, place: RowPlace & { readonly column: string }): number {
  if (text === null) return -1;
  if (text === '1' || text === '0') return Number(text);
  throw new FormatError('A variant call cannot be read.', {
    ...place,
    expected: '1 (mutated), 0 (wild type) or nothing (not covered)',
    found: `"${text}"`,
  });
}
