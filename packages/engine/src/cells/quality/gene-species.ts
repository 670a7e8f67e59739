import { readGeneName } from '../../data/gene-names.js';
import type { GeneTable, Organism } from '../../data/gene-table.js';

/** The species of every gene of a list. */
export interface GeneSpecies {
  /** Per gene; null for a gene of no known species (a transgene, a spike-in). */
  readonly species: readonly (Organism | null)[];
  /** Names without their genome prefix. */
  readonly names: readonly string[];
  readonly counts: Readonly<Record<Organism | 'unknown', number>>;
  /** What told most genes apart. */
  readonly how: 'genome prefix' | 'Ensembl id' | 'gene table' | 'spelling';
}

/** Options of {@link readGeneSpecies}. */
export interface GeneSpeciesOptions {
  /** Known genes of either species, to place symbols without a prefix. */
  readonly geneTables?: readonly GeneTable[];
}

/**
 * The species of every gene: by the genome written before the name (`GRCh38_`, `hg19_`, `mm10_`, …), else by an Ensembl
 * id (`ENSG`, `ENSMUSG`), else by the one gene table that lists the symbol as current, else by its spelling (`CD44` human, `Cd44`
 * mouse). Once any name of the list carries a genome prefix, names without one are of no known species.
 */
export function readGeneSpecies(genes: readonly string[], options: GeneSpeciesOptions = {}): GeneSpecies {
  const read = genes.map(readGeneName);
  const isPrefixed = read.some(({ prefixed }) => prefixed);
  const tables = options.geneTables ?? [];
  const ways = { 'genome prefix': 0, 'Ensembl id': 0, 'gene table': 0, spelling: 0 };
  const counts = { human: 0, mouse: 0, unknown: 0 };
  const species = read.map(({ name, kind, organism, prefixed }) => {
    const byTable = prefixed || isPrefixed || kind === 'ensembl' ? null : speciesByTable(name, tables);
    const way = prefixed ? 'genome prefix' : kind === 'ensembl' ? 'Ensembl id' : byTable ? 'gene table' : 'spelling';
    const found = way === 'spelling' && isPrefixed ? null : (byTable ?? organism);
    counts[found ?? 'unknown']++;
    if (found !== null) ways[way]++;
    return found;
  });
  const how = (Object.keys(ways) as (keyof typeof ways)[]).reduce((a, b) => (ways[b] > ways[a] ? b : a));
  return { species, names: read.map(({ name }) => name), counts, how };
}

function speciesByTable(symbol: string, tables: readonly GeneTable[]): Organism | null {
  const found = tables.filter((table) => table.rowBySymbol.has(symbol));
  return found.length === 1 ? (found[0] as GeneTable).organism : null;
}
