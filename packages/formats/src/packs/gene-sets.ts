import { FormatError, type GeneSet, type GeneSetCollection } from '@remnant/engine';
import { listed } from '../tables/gene-column.js';
import { gunzip, isGzip } from '../text/gunzip.js';
import { requireText } from '../text/sniff.js';
import { readTextTable } from '../text/text-table.js';
import { decodeUtf8, withoutBom } from '../text/utf8.js';

/**
 * Reads gene sets in GMT: one set per line, separated by tabs: name, description, genes.
 * Repeated genes of a set and empty fields at the end of a line are dropped.
 *
 * @param bytes - content of the file, gzip or not
 * @param file - its name, for errors; the collection is named for it
 * @throws FormatError when a line is not a set, a name is there twice, or there is no set
 */
export function parseGmt(bytes: Uint8Array, file: string): GeneSetCollection {
  const text = isGzip(bytes) ? gunzip(bytes, file) : bytes;
  requireText(text, file, 'a gene-set file');
  const sets: GeneSet[] = [];
  const names = new Set<string>();
  decodeUtf8(withoutBom(text), file)
    .split(/\r?\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return;
      const set = readSet(line, file, i + 1);
      if (names.has(set.name)) throw new FormatError(`The set "${set.name}" is there twice.`, { file, row: i + 1 });
      names.add(set.name);
      sets.push(set);
    });
  if (sets.length === 0) throw new FormatError('This file holds no gene set.', { file });
  return { name: collectionName(file), sets };
}

/**
 * Reads a table of genes and classes, such as FerrDb's drivers and suppressors: one set per class, in order of appearance.
 *
 * @throws FormatError when the table has no columns `gene` and `class`
 */
export function parseGeneClasses(bytes: Uint8Array, file: string): GeneSetCollection {
  const table = readTextTable(bytes, file);
  const gene = columnNamed(table.columns, ['gene', 'symbol', 'gene_symbol'], file);
  const group = columnNamed(table.columns, ['class', 'role', 'group', 'set'], file);
  const classes = new Map<string, Set<string>>();
  for (const row of table.rows) {
    const [symbol, name] = [(row[gene] as string).trim(), (row[group] as string).trim()];
    if (symbol === '' || name === '') continue;
    classes.set(name, (classes.get(name) ?? new Set()).add(symbol));
  }
  if (classes.size === 0) throw new FormatError('This table names no gene.', { file });
  const sets = [...classes].map(([name, genes]): GeneSet => ({ name, description: '', genes: [...genes] }));
  return { name: collectionName(file), sets };
}

/** Index of the first of several possible column names, without case. */
export function columnNamed(columns: readonly string[], wanted: readonly string[], file: string): number {
  const names = columns.map((name) => name.trim().toLowerCase());
  const index = wanted.map((name) => names.indexOf(name.toLowerCase())).find((i) => i !== -1);
  if (index !== undefined) return index;
  throw new FormatError(`This table has no column "${wanted[0] as string}".`, { file, row: 1, found: listed(columns) });
}

function readSet(line: string, file: string, row: number): GeneSet {
  const [name = '', description = '', ...fields] = line.split('\t').map((field) => field.trim());
  const genes = [...new Set(fields)].filter((gene) => gene !== '');
  if (name !== '' && genes.length > 0) return { name, description, genes };
  throw new FormatError('This line is not a gene set.', {
    file,
    row,
    expected: 'name, description and at least one gene, separated by tabs',
    found: JSON.stringify(line.slice(0, 60)),
  });
}

/** The file name without folder and endings. */
function collectionName(file: string): string {
  return (file.split('/').at(-1) as string).replace(/(\.(gmt|csv|tsv|txt|gz))+$/i, '');
}
