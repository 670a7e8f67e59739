import { type Column, numberColumn, textColumn } from '@remnant/engine';
import type { FileSource } from '../source.js';
import { readTextTable, type TextTable } from '../text/text-table.js';

/** Names under which a table of cells is looked for beside a 10x matrix, first match first. */
export const cellTableNames: readonly string[] = ['obs', 'metadata', 'cells', 'cell_metadata'].flatMap((name) =>
  ['csv', 'csv.gz', 'tsv', 'tsv.gz'].map((extension) => `${name}.${extension}`),
);

/**
 * The table of cells beside a table of counts: `x.metadata.csv.gz` or `x_obs.csv` beside `x.csv`, `x.count.csv.gz` or
 * `x.dge.txt`. Null when there is none.
 */
export async function besideTable(source: FileSource, path: string): Promise<string | null> {
  const cut = path.lastIndexOf('/') + 1;
  const stem = path.slice(cut).replace(/([._](counts?|matrix|dge|expression))?\.(csv|tsv|txt|matrix)(\.gz)?$/i, '');
  if (stem === '' || stem === path.slice(cut)) return null;
  const names = await source.list(cut === 0 ? '.' : path.slice(0, cut));
  const wanted = cellTableNames.flatMap((name) => [`${stem}.${name}`, `${stem}_${name}`]);
  const found = wanted.find((name) => names.includes(name) && `${path.slice(0, cut)}${name}` !== path);
  return found === undefined ? null : `${path.slice(0, cut)}${found}`;
}

/** Headers of the column that names the cell; otherwise the first column does. */
const cellHeaders = new Set(['cell', 'cells', 'barcode', 'barcodes', 'cellid', 'cellbarcode', 'cellname']);

const description = 'Read from the table of cells.';

/** The columns of a table of cells in the order of a matrix, and what to tell the user about it. */
export interface CellColumns {
  readonly columns: readonly Column[];
  readonly readings: readonly string[];
}

/**
 * Reads a table with one row per cell and puts it in the order of the cells of a matrix. Cells are found by the column
 * called cell or barcode, or else by the first column. A column of numbers only, empty cells aside, becomes numbers.
 *
 * @param bytes - content of the table, gzip or not
 * @param file - its name, for errors and readings
 * @param cells - barcodes of the matrix
 * @throws FormatError when this is not a table
 */
export function readCellColumns(bytes: Uint8Array, file: string, cells: readonly string[]): CellColumns {
  const table = readTextTable(bytes, file);
  const names = cellColumn(table);
  const rowOf = new Map(table.rows.map((row, i) => [(row[names] ?? '').trim(), i]));
  const places = cells.map((cell) => rowOf.get(cell));
  const nFound = places.filter((place) => place !== undefined).length;
  if (nFound === 0) {
    return { columns: [], readings: [`${file} names none of the cells of the matrix and was not used.`] };
  }
  const columns = table.columns.flatMap((name, column) => {
    if (column === names || name === '') return [];
    const values = places.map((place) => (place === undefined ? '' : (table.rows[place]?.[column] ?? '').trim()));
    return [columnOf(name, values)];
  });
  const absent = cells.length - nFound;
  const readings = absent === 0 ? [] : [`${file} has no row for ${String(absent)} of ${String(cells.length)} cells.`];
  return { columns, readings };
}

/** Position of the column that names the cells. */
export function cellColumn(table: TextTable): number {
  return Math.max(
    0,
    table.columns.findIndex((name) => cellHeaders.has(name.toLowerCase().replace(/[^a-z]/g, ''))),
  );
}

/** A column of texts as numbers when all of them are; `''` and `NA` are missing. */
function columnOf(name: string, values: readonly string[]): Column {
  const isMissing = (value: string): boolean => value === '' || /^(na|nan)$/i.test(value);
  const isNumeric = values.every((value) => isMissing(value) || /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value));
  if (isNumeric && values.some((value) => !isMissing(value))) {
    const numbers = values.map((value) => (isMissing(value) ? NaN : Number(value)));
    return numberColumn(name, description, numbers);
  }
  return textColumn(
    name,
    description,
    values.map((value) => (value === '' || value === 'NA' ? null : value)),
  );
}
