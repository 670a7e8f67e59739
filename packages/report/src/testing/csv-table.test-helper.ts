import { createTable, numberColumn, type Table, textColumn } from '@remnant/engine';

/**
 * A table from comma-separated lines, the first naming the columns. A column is of numbers when every cell is empty or a
 * number; empty cells are missing.
 */
export function csvTable(name: string, text: string): Table {
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const columns = header.map((column, i) => {
    const cells = rows.map((row) => row[i] ?? '');
    const description = `Fixture column ${column}`;
    const isNumber =
      cells.some((cell) => cell !== '') && cells.every((cell) => cell === '' || !Number.isNaN(Number(cell)));
    return isNumber
      ? numberColumn(
          column,
          description,
          cells.map((cell) => (cell === '' ? NaN : Number(cell))),
        )
      : textColumn(
          column,
          description,
          cells.map((cell) => (cell === '' ? null : cell)),
        );
  });
  return createTable(name, `Fixture table ${name}`, columns);
}

/** A table from columns of cells, typed as in {@link csvTable}. */
export function tableOf(name: string, columns: Readonly<Record<string, readonly (string | number)[]>>): Table {
  return createTable(
    name,
    `Fixture table ${name}`,
    Object.entries(columns).map(([column, cells]) =>
      cells.every((cell) => typeof cell === 'number')
        ? numberColumn(column, `Fixture column ${column}`, cells)
        : textColumn(column, `Fixture column ${column}`, cells.map(String)),
    ),
  );
}
