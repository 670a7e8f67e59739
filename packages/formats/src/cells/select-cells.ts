import { type Column, FormatError, nearestWord, type SubsetCondition } from '@remnant/engine';

/** Cells with the table that describes them, as every reader gives them. */
export interface CellTable {
  readonly obsNames: readonly string[];
  readonly obs: readonly Column[];
}

const mostShown = 12;

/**
 * The cells of one sample in a file of several: those for which every condition holds. Texts are compared as they are,
 * numbers as numbers, truth values in any case (`TRUE`, `True`).
 *
 * @param cells - a data set
 * @param subset - conditions on columns of its cell table, all of which must hold; null takes every cell
 * @param file - its name, for errors
 * @returns row numbers, ascending
 * @throws FormatError for a column that is not there, naming the nearest and all there are; and where no cell is left, naming
 *   the values there are
 */
export function selectCells(cells: CellTable, subset: readonly SubsetCondition[] | null, file: string): Uint32Array {
  let rows: Uint32Array = Uint32Array.from({ length: cells.obsNames.length }, (_, row) => row);
  for (const { column, value } of subset ?? []) {
    const found = cellColumnNamed(cells, column, file);
    const test = matcher(found, value);
    const kept = rows.filter((row) => test(row));
    if (kept.length === 0) throw noCells(found, value, rows, { file, isFirst: rows.length === cells.obsNames.length });
    rows = kept;
  }
  return rows;
}

/**
 * A column of the cell table by its name.
 *
 * @throws FormatError naming the nearest column and all there are
 */
export function cellColumnNamed(cells: CellTable, name: string, file: string): Column {
  const found = cells.obs.find((column) => column.name === name);
  if (found !== undefined) return found;
  if (cells.obs.length === 0) {
    throw new FormatError(`This file has no table of cells, so no column "${name}".`, {
      file,
      column: name,
      hint: 'Put the table beside a 10x matrix as obs.csv (one row per barcode), or give the counts as .h5ad.',
    });
  }
  const names = cells.obs.map((column) => column.name);
  const near = nearestWord(name, names);
  throw new FormatError(`The table of cells has no column "${name}".`, {
    file,
    column: name,
    expected: `one of ${listed(names)}`,
    ...(near === null ? {} : { hint: `Did you mean "${near}"?` }),
  });
}

/** The values of a column as texts, missing ones null: labels of the user's own, for instance. */
export function cellTexts(column: Column): (string | null)[] {
  if (column.kind === 'text') return [...column.values];
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : String(value)));
}

/**
 * Refuses samples of one file that share cells: the same cell in two samples would count twice.
 *
 * @param selections - the cells of each sample, as {@link selectCells} gives them
 * @throws FormatError naming the two samples and how many cells they share
 */
export function requireDisjoint(
  selections: readonly { readonly sample: string; readonly rows: Uint32Array }[],
  file: string,
): void {
  const owner = new Map<number, string>();
  for (const { sample, rows } of selections) {
    const shared = rows.filter((row) => owner.has(row));
    if (shared.length > 0) {
      throw new FormatError(`The samples "${owner.get(shared[0] as number) ?? ''}" and "${sample}" share cells.`, {
        file,
        column: 'subset',
        found: `${String(shared.length)} cells in both`,
        hint: 'Add a condition that tells them apart, for instance "patient=P01;stage=residual".',
      });
    }
    for (const row of rows) owner.set(row, sample);
  }
}

function matcher(column: Column, value: string): (row: number) => boolean {
  if (column.kind === 'text') {
    const isTruth = /^(true|false)$/i.test(value);
    const wanted = isTruth ? value.toLowerCase() : value;
    return (row) => {
      const own = column.values[row]?.trim();
      return (isTruth ? own?.toLowerCase() : own) === wanted;
    };
  }
  const number = value.trim() === '' ? NaN : Number(value);
  return (row) => column.values[row] === number;
}

function noCells(
  column: Column,
  value: string,
  rows: Uint32Array,
  { file, isFirst }: { readonly file: string; readonly isFirst: boolean },
): FormatError {
  const texts = cellTexts(column);
  const present = [...new Set(Array.from(rows, (row) => texts[row]).filter((text) => text != null))];
  const near = nearestWord(value, present);
  const where = isFirst ? '' : ' among the cells that the conditions before it leave';
  return new FormatError(`No cell has "${value}" in the column "${column.name}"${where}.`, {
    file,
    column: column.name,
    expected: present.length === 0 ? 'a column with values' : `one of ${listed(present)}`,
    ...(near === null ? {} : { hint: `Did you mean "${near}"?` }),
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
