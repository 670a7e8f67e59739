import { type Column, createTable, FormatError, numberColumn, type Table, textColumn } from '@remnant/engine';
import { type FileSource, missingFile, readTextTable } from '@remnant/formats';

/** Reads a chromatin or perturbation table: a column is numbers when all its filled cells are. */
export async function readEvidenceTable(source: FileSource, path: string): Promise<Table> {
  if ((await source.kind(path)) !== 'file') throw missingFile(path);
  return evidenceTableFrom(await source.read(path), path);
}

/** A delimited table from its bytes, columns of numbers told from columns of text. */
export function evidenceTableFrom(bytes: Uint8Array, path: string): Table {
  const { columns, rows } = readTextTable(bytes, path);
  if (rows.length === 0) {
    throw new FormatError('This table has no rows.', { file: path, hint: 'Give one row per gene or motif.' });
  }
  return createTable(
    path,
    'Evidence given with the study',
    columns.map((name, i) =>
      columnOf(
        name,
        rows.map((row) => row[i] ?? ''),
      ),
    ),
  );
}

function columnOf(name: string, cells: readonly string[]): Column {
  const numeric = cells.every((cell) => isMissing(cell) || Number.isFinite(Number(cell)));
  if (!numeric || cells.every(isMissing))
    return textColumn(
      name,
      '',
      cells.map((cell) => (cell === '' ? null : cell)),
    );
  return numberColumn(
    name,
    '',
    cells.map((cell) => (isMissing(cell) ? NaN : Number(cell))),
  );
}

function isMissing(cell: string): boolean {
  return /^(|na|nan|null)$/i.test(cell.trim());
}
