import { type AntibodyDrug, FormatError } from '@remnant/engine';
import { readTextTable } from '@remnant/formats';

/**
 * Reads essential genes: a table with one column of gene symbols, or one column per screen, of which the genes found in every
 * screen are taken. The columns are lists; a row pairs nothing.
 *
 * @throws FormatError when there is no gene
 */
export function parseEssentialGenes(bytes: Uint8Array, file: string): ReadonlySet<string> {
  const { columns, rows } = readTextTable(bytes, file);
  const lists = columns.map(
    (_, i) => new Set(rows.map((row) => (row[i] ?? '').trim()).filter((gene) => gene !== '' && gene !== 'NA')),
  );
  const [first = new Set<string>(), ...others] = lists;
  const genes = new Set([...first].filter((gene) => others.every((list) => list.has(gene))));
  if (genes.size === 0)
    throw new FormatError('This table names no gene.', { file, expected: 'a column of gene symbols' });
  return genes;
}

/**
 * Reads antibody–drug conjugates: columns `adc`, `target_gene`, `payload` and `status_in_source`.
 *
 * @throws FormatError naming the column that is missing
 */
export function parseAntibodyDrugs(bytes: Uint8Array, file: string): readonly AntibodyDrug[] {
  const { columns, rows } = readTextTable(bytes, file);
  const places = ['adc', 'target_gene', 'payload', 'status_in_source'].map((name) => {
    const place = columns.indexOf(name);
    if (place !== -1) return place;
    throw new FormatError('This table of antibody–drug conjugates lacks a column.', {
      file,
      row: 1,
      column: name,
      expected: 'adc, target_gene, payload and status_in_source',
      found: columns.join(', '),
    });
  });
  return rows.map((row) => {
    const [drug = '', gene = '', payload = '', status = ''] = places.map((place) => (row[place] ?? '').trim());
    return { drug, gene, payload, status: status.toLowerCase(), source: file };
  });
}
