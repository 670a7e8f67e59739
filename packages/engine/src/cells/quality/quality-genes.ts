import { readGeneName } from '../../data/gene-names.js';
import { type GeneTable, symbolOfEnsemblId } from '../../data/gene-table.js';

/** A class of genes whose share of a cell's counts says something about its quality. */
export type QualityGeneClass = 'mitochondrial' | 'ribosomal' | 'haemoglobin';

/** The genes of one class in one gene list. */
export interface QualityGeneSet {
  readonly geneClass: QualityGeneClass;
  /** Names as written in the list; empty when it has none. */
  readonly genes: readonly string[];
  /** Columns of those genes, increasing. */
  readonly columns: Uint32Array;
  /** How they were recognised, or why there are none. */
  readonly how: string;
}

/** The classes of quality genes in one gene list. */
export type QualityGenes = Readonly<Record<QualityGeneClass, QualityGeneSet>>;

/** Unprefixed symbols of the thirteen protein-coding genes of the mitochondrion, with their two spellings. */
const mitochondrialSymbols: readonly (readonly string[])[] = [
  ['ND1'],
  ['ND2'],
  ['ND3'],
  ['ND4'],
  ['ND4L'],
  ['ND5'],
  ['ND6'],
  ['CO1', 'COX1'],
  ['CO2', 'COX2'],
  ['CO3', 'COX3'],
  ['ATP6'],
  ['ATP8'],
  ['CYTB', 'CYB'],
];

/** Fewer of the thirteen than this are taken for nuclear genes that happen to share a name (COX1 and COX2 are also PTGS1 and PTGS2). */
const fewestMitochondrialSymbols = 10;

const mitochondrialPrefix = /^mt-/i;
const ribosomalProtein = /^RP(?:[SL]\d+(?:A|X|Y[12]|L1?|AL)?|LP[012]|SA)$/i;
const haemoglobinGene = /^(?:HB(?:A1|A2|B|D|E1|G1|G2|M|Q1|Z)|Hb[ab]-(?!ps)[a-z0-9]+|Hbq1[ab])$/;

/**
 * Finds the mitochondrial, ribosomal-protein and haemoglobin genes of a gene list.
 *
 * Mitochondrial: symbols that begin with `MT-` or `mt-`; where there is none, the thirteen unprefixed symbols of the proteins the
 * mitochondrion codes for (`ND1`, `COX1`, …), when at least ten of them are there. Ribosomal: the protein genes `RPS…`, `RPL…`,
 * `RPLP0–2`, `RPSA`, without kinases (`RPS6KA1`), pseudogenes and read-throughs. Genome prefixes (`GRCh38_`) are looked
 * through; Ensembl ids are read with the gene table.
 *
 * @param genes - symbols or Ensembl ids
 * @param options - `geneTable`: known genes of the sample's species, or null: then Ensembl ids stay unread
 * @returns for every class the genes found; none is an answer
 */
export function findQualityGenes(
  genes: readonly string[],
  options: { readonly geneTable: GeneTable | null },
): QualityGenes {
  const symbols = genes.map((gene) => symbolOf(gene, options.geneTable));
  const find = (geneClass: QualityGeneClass, how: string, belongs: (symbol: string) => boolean): QualityGeneSet => {
    const columns = Uint32Array.from(symbols.keys()).filter((g) => belongs(symbols[g] as string));
    const found = Array.from(columns, (g) => genes[g] as string);
    return { geneClass, genes: found, columns, how: found.length > 0 ? how : noneFound(symbols, geneClass) };
  };
  const prefixed = find('mitochondrial', 'symbols that begin with MT-', (symbol) => mitochondrialPrefix.test(symbol));
  const unprefixed = unprefixedMitochondrial(symbols);
  return {
    mitochondrial:
      prefixed.genes.length > 0 || unprefixed === null
        ? prefixed
        : find('mitochondrial', 'the unprefixed symbols of mitochondrial proteins', (symbol) =>
            unprefixed.has(symbol.toUpperCase()),
          ),
    ribosomal: find('ribosomal', 'symbols of ribosomal proteins', (symbol) => ribosomalProtein.test(symbol)),
    haemoglobin: find('haemoglobin', 'symbols of haemoglobins', (symbol) => haemoglobinGene.test(symbol)),
  };
}

/** The symbol a name stands for; `''` for an Ensembl id that cannot be read. */
function symbolOf(gene: string, table: GeneTable | null): string {
  const { name, kind } = readGeneName(gene);
  if (kind !== 'ensembl') return name;
  return (table === null ? null : symbolOfEnsemblId(table, name)) ?? '';
}

/** The unprefixed spellings, when enough of the thirteen genes go by them. */
function unprefixedMitochondrial(symbols: readonly string[]): ReadonlySet<string> | null {
  const present = new Set(symbols.map((symbol) => symbol.toUpperCase()));
  const found = mitochondrialSymbols.filter((spellings) => spellings.some((symbol) => present.has(symbol)));
  return found.length < fewestMitochondrialSymbols ? null : new Set(found.flat());
}

function noneFound(symbols: readonly string[], geneClass: QualityGeneClass): string {
  const unread = symbols.filter((symbol) => symbol === '').length;
  const among = `no ${geneClass} gene among ${String(symbols.length)} names`;
  return unread > symbols.length / 2 ? `${among}: they are Ensembl ids the gene table does not know` : among;
}
