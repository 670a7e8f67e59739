import { FormatError } from '@remnant/engine';
import { readTextTable } from '../text/text-table.js';
import { columnNamed } from './gene-sets.js';

/** Columns of gene symbols: a user's own list, SURFY, CSPA, and plain lists. */
const geneColumns = [
  'surface_gene',
  'UniProt gene',
  'ENTREZ gene symbol',
  'gene symbol',
  'gene_symbol',
  'symbol',
  'gene',
];

/**
 * Reads the genes whose protein is at the cell surface: SURFY, the in-silico surfaceome (Bausch-Fluck 2018,
 * doi 10.1073/pnas.1808790115), where rows labelled otherwise than `surface` are left out; or any table with a column
 * of gene symbols.
 *
 * @returns gene symbols; proteins without a gene name are left out
 * @throws FormatError when there is no column of gene symbols, or no gene
 */
export function parseSurfaceome(bytes: Uint8Array, file: string): ReadonlySet<string> {
  const table = readTextTable(bytes, file);
  const gene = columnNamed(table.columns, geneColumns, file);
  const label = table.columns.indexOf('Surfaceome Label');
  const rows = label === -1 ? table.rows : table.rows.filter((row) => row[label] === 'surface');
  const genes = rows
    .flatMap((row) => (row[gene] as string).split(/[;\s]+/))
    .filter((name) => name !== '' && name !== 'NA');
  if (genes.length === 0) throw new FormatError('This table names no gene.', { file });
  return new Set(genes);
}
