import { FormatError } from '@remnant/engine';
import type { TableHead } from '../text/table-head.js';

/** How the column of gene names was recognised. */
export type GeneColumnRule = 'name' | 'first text column' | 'only text column';

/** Where the gene names of a table are. */
export interface GeneColumn {
  readonly index: number;
  readonly rule: GeneColumnRule;
}

/** Names that mark a column of gene symbols or ids, in order of preference, without case, dots, spaces or underscores. */
const geneColumnNames = [
  'symbol',
  'genesymbol',
  'hgncsymbol',
  'mgisymbol',
  'genename',
  'externalgenename',
  'gene',
  'genes',
  'geneid',
  'ensemblgeneid',
  'ensemblid',
  'ensembl',
  'id',
  'name',
  'feature',
  'featureid',
];

/**
 * Finds the column of gene names: by its name anywhere in the table, else the first column when it holds text
 * or has no name, else the only column of text.
 *
 * @throws FormatError when there is none
 */
export function findGeneColumn(head: TableHead, file: string): GeneColumn {
  const names = head.columns.map((name) => name.toLowerCase().replace(/[._\s-]/g, ''));
  for (const wanted of geneColumnNames) {
    const index = names.indexOf(wanted);
    if (index !== -1) return { index, rule: 'name' };
  }
  const text = textColumns(head);
  if (head.columns[0] === '' || text.includes(0)) return { index: 0, rule: 'first text column' };
  if (text.length === 1) return { index: text[0] as number, rule: 'only text column' };
  throw new FormatError('No column of gene names was found.', {
    file,
    row: head.headerRow,
    expected: 'a column named Symbol, gene or gene_id, or one column of text',
    found: listed(head.columns),
  });
}

/** Whether a header names its column as one of genes. */
export function isGeneColumnName(name: string): boolean {
  return geneColumnNames.includes(name.toLowerCase().replace(/[._\s-]/g, ''));
}

/** Columns whose first cells are all text rather than numbers. */
export function textColumns(head: TableHead): number[] {
  return head.columns.flatMap((_, column) => {
    const cells = head.firstRows.map((row) => (row.fields[column] ?? '').trim()).filter((cell) => !isMissing(cell));
    return cells.length > 0 && cells.every((cell) => Number.isNaN(Number(cell))) ? [column] : [];
  });
}

/** Whether a cell is one of the usual words for a missing value. */
export function isMissing(cell: string): boolean {
  return ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '#N/A'].includes(cell.trim());
}

/** A few names for a message. */
export function listed(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  return names.length > most ? `${shown.join(', ')} and ${String(names.length - most)} more` : shown.join(', ');
}
