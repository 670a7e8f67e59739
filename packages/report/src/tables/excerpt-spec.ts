/** Which columns of a table the report prints, and in which order of rows. */
export interface ExcerptSpec {
  /** Columns to print; null prints the first ones. */
  readonly columns: readonly string[] | null;
  /** Number column the rows are ordered by; null keeps the order of the table. Missing values come last. */
  readonly orderBy: string | null;
  readonly order: 'ascending' | 'descending';
}

/** These columns, rows in the order of the table. */
export function inOrder(...columns: readonly string[]): ExcerptSpec {
  return { columns, orderBy: null, order: 'ascending' };
}

/** These columns, rows by one of them, lowest first. */
export function ordered(orderBy: string, ...columns: readonly string[]): ExcerptSpec {
  return { columns, orderBy, order: 'ascending' };
}
