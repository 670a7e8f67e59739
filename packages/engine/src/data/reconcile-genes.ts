import { FormatError } from '../core/errors.js';
import { type GeneName, isExcelSerial, readGeneName } from './gene-names.js';
import { currentSymbol, type GeneTable, type Organism, symbolOfEnsemblId } from './gene-table.js';

/** The gene names of one input, in row order, with a label for messages (a file or a sample). */
export interface GeneList {
  readonly label: string;
  readonly genes: readonly string[];
}

/** How gene names are brought together. */
export interface ReconcileGenesOptions {
  /** Species the study says its samples are of. */
  readonly organism: Organism;
}

/** A symbol that was changed so that the gene is found in every input. */
export interface RenamedGene {
  readonly from: string;
  readonly to: string;
}

/** What happened to the genes of one input. Lists hold the first names only; counts are complete. */
export interface GeneListReport {
  readonly label: string;
  readonly nRows: number;
  /** Share of distinct names that the gene table knows as symbol, synonym or Ensembl id. */
  readonly fractionKnown: number;
  /** Ensembl ids turned into symbols. */
  readonly nIdsToSymbols: number;
  /** Ensembl ids without a known symbol, kept as they are. */
  readonly nIdsKept: number;
  readonly renamed: readonly RenamedGene[];
  /** Rows that share their gene with another row and are to be summed. */
  readonly nRowsSummed: number;
  readonly summedGenes: readonly string[];
  /** Names that a spreadsheet turned into dates; they cannot be turned back and are left out. */
  readonly excelDates: readonly string[];
  /** Rows of another species' genome, left out. */
  readonly nOtherSpecies: number;
  /** Genes of this input that are not in all the others. */
  readonly nLost: number;
  readonly lostGenes: readonly string[];
}

/** Gene names brought together. */
export interface ReconciledGenes {
  /** Genes found in every input, in the order of the first. */
  readonly genes: readonly string[];
  /** Per input, the index in `genes` of every row, or −1. Several rows may share one gene: their values are summed. */
  readonly mappings: readonly Int32Array[];
  readonly report: readonly GeneListReport[];
}

const namesShown = 10;

/**
 * Brings the gene names of several inputs together.
 * Ensembl ids become symbols. A previous symbol or alias is replaced by the current symbol only where that makes a
 * gene match across inputs: a symbol that every input uses stays as written, and one input alone keeps all its symbols.
 * Names that are ambiguous, or that are the current symbol of another gene, are never replaced, nor is a name in an
 * input that lists the current symbol as a gene of its own. The result is the intersection.
 *
 * @param tables - gene names per input
 * @param geneTable - known genes of the study's species
 * @throws FormatError when an input is of the other species, or when no gene is common to all
 */
export function reconcileGenes(
  tables: readonly GeneList[],
  geneTable: GeneTable,
  options: ReconcileGenesOptions,
): ReconciledGenes {
  const named = tables.map((table) => nameRows(table, geneTable, options.organism));
  const renames = tables.length > 1 ? matchAcross(named, geneTable) : named.map(() => new Map<string, string>());
  const final = named.map((table, t) => table.names.map((name) => rename(name, renames[t] as Map<string, string>)));
  const genes = intersection(final);
  if (genes.length === 0) throw nothingShared(named);
  const index = new Map(genes.map((gene, i) => [gene, i]));
  const mappings = final.map((names) =>
    Int32Array.from(names, (name) => (name === null ? -1 : (index.get(name) ?? -1))),
  );
  const report = named.map((table, t) =>
    reportOn(table, final[t] as (string | null)[], renames[t] as Map<string, string>, index),
  );
  return { genes, mappings, report };
}

/** One input with every row named by symbol where possible; null for rows that are no gene of this species. */
interface NamedTable {
  readonly label: string;
  readonly names: readonly (string | null)[];
  readonly fractionKnown: number;
  readonly nIdsToSymbols: number;
  readonly nIdsKept: number;
  readonly excelDates: readonly string[];
  readonly nOtherSpecies: number;
}

function nameRows(table: GeneList, geneTable: GeneTable, organism: Organism): NamedTable {
  const read = table.genes.map(readGeneName);
  requireSpecies(table.label, read, organism);
  const serials = areSerialsDates(read);
  const isDate = (gene: GeneName): boolean => gene.kind === 'excel-date' || (serials && isExcelSerial(gene.name));
  const isOther = (gene: GeneName): boolean =>
    (gene.kind === 'ensembl' || gene.prefixed) && gene.organism !== null && gene.organism !== organism;
  const ids = read.filter((gene) => gene.kind === 'ensembl' && !isOther(gene));
  const nIdsToSymbols = ids.filter((gene) => symbolOfEnsemblId(geneTable, gene.name) !== null).length;
  return {
    label: table.label,
    names: read.map((gene) => (isDate(gene) || isOther(gene) || gene.name === '' ? null : symbolOf(gene, geneTable))),
    fractionKnown: fractionKnown(read, geneTable),
    nIdsToSymbols,
    nIdsKept: ids.length - nIdsToSymbols,
    excelDates: [...new Set(read.filter(isDate).map((gene) => gene.name))],
    nOtherSpecies: read.filter(isOther).length,
  };
}

function symbolOf(gene: GeneName, geneTable: GeneTable): string {
  return gene.kind === 'ensembl' ? (symbolOfEnsemblId(geneTable, gene.name) ?? gene.name) : gene.name;
}

/** Five-digit names are dates only among symbols; a table of nothing but numbers holds Entrez ids. */
function areSerialsDates(read: readonly GeneName[]): boolean {
  return read.filter((gene) => /^\d+$/.test(gene.name)).length < read.length / 10;
}

function fractionKnown(read: readonly GeneName[], geneTable: GeneTable): number {
  const distinct = new Map(read.map((gene) => [gene.name, gene]));
  let known = 0;
  for (const gene of distinct.values()) {
    const symbol =
      gene.kind === 'ensembl' ? symbolOfEnsemblId(geneTable, gene.name) : currentSymbol(geneTable, gene.name);
    if (symbol !== null) known++;
  }
  return distinct.size === 0 ? NaN : known / distinct.size;
}

function requireSpecies(label: string, read: readonly GeneName[], organism: Organism): void {
  const other: Organism = organism === 'human' ? 'mouse' : 'human';
  const share = (wanted: Organism): number => read.filter((gene) => gene.organism === wanted).length / read.length;
  const own = share(organism);
  const foreign = share(other);
  if (read.length === 0 || own >= 0.2 || foreign <= 0.5) return;
  const example = read.find((gene) => gene.organism === other)?.name ?? '';
  throw new FormatError(`These genes are written like ${other} genes, but the study says ${organism}.`, {
    file: label,
    expected: `${organism} symbols or Ensembl ids (${organism === 'human' ? 'CD44, ENSG…' : 'Cd44, ENSMUSG…'})`,
    found: `${percent(foreign)} of the names written like ${other} genes, such as "${example}", and ${percent(own)} like ${organism} genes`,
    hint: 'Correct "organism" in the study, or give this sample\'s counts on the right genome.',
  });
}

/** Names to replace in each input so that a gene spelled differently across inputs matches. */
function matchAcross(tables: readonly NamedTable[], geneTable: GeneTable): Map<string, string>[] {
  const present = tables.map((table) => new Set(table.names));
  const spellings = groupSpellings(tables, geneTable);
  const renames = tables.map(() => new Map<string, string>());
  for (const [symbol, names] of spellings) {
    if (names.some((name) => present.every((set) => set.has(name)))) continue;
    const used = present.map((set) => spellingUsed(symbol, names, set));
    if (used.some((name) => name === null)) continue;
    used.forEach((name, t) => {
      if (name !== symbol) (renames[t] as Map<string, string>).set(name as string, symbol);
    });
  }
  return renames;
}

/** Current symbol → the different names it goes by in the inputs; only genes with more than one. */
function groupSpellings(tables: readonly NamedTable[], geneTable: GeneTable): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const name of new Set(tables.flatMap((table) => table.names))) {
    const symbol = name === null ? null : currentSymbol(geneTable, name);
    if (symbol === null) continue;
    const group = groups.get(symbol) ?? new Set();
    groups.set(symbol, group.add(name as string));
  }
  return new Map([...groups].filter(([, names]) => names.size > 1).map(([symbol, names]) => [symbol, [...names]]));
}

/** The one name this input uses for the gene; null when it has none, or several and none is the current symbol. */
function spellingUsed(symbol: string, names: readonly string[], present: ReadonlySet<string | null>): string | null {
  if (present.has(symbol)) return symbol;
  const used = names.filter((name) => present.has(name));
  return used.length === 1 ? (used[0] as string) : null;
}

function rename(name: string | null, renames: ReadonlyMap<string, string>): string | null {
  return name === null ? null : (renames.get(name) ?? name);
}

function intersection(tables: readonly (readonly (string | null)[])[]): string[] {
  const others = tables.slice(1).map((names) => new Set(names));
  const first = new Set(tables[0] ?? []);
  return [...first].filter((name): name is string => name !== null && others.every((set) => set.has(name)));
}

function reportOn(
  table: NamedTable,
  final: readonly (string | null)[],
  renames: ReadonlyMap<string, string>,
  index: ReadonlyMap<string, number>,
): GeneListReport {
  const rows = final.filter((name): name is string => name !== null);
  const distinct = new Set(rows);
  const repeated = repeatedNames(rows);
  const lost = [...distinct].filter((name) => !index.has(name));
  return {
    label: table.label,
    nRows: final.length,
    fractionKnown: table.fractionKnown,
    nIdsToSymbols: table.nIdsToSymbols,
    nIdsKept: table.nIdsKept,
    renamed: [...renames].map(([from, to]) => ({ from, to })),
    nRowsSummed: rows.length - distinct.size,
    summedGenes: repeated.slice(0, namesShown),
    excelDates: table.excelDates,
    nOtherSpecies: table.nOtherSpecies,
    nLost: lost.length,
    lostGenes: lost.slice(0, namesShown),
  };
}

function repeatedNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return [...repeated];
}

function nothingShared(tables: readonly NamedTable[]): FormatError {
  const examples = tables.map((table) => {
    const names = table.names.filter((name) => name !== null).slice(0, 3);
    return `${table.label}: ${names.length === 0 ? 'none' : names.join(', ')}`;
  });
  return new FormatError('No gene is common to all inputs.', {
    expected: 'gene symbols or Ensembl ids of one species in every input',
    found: examples.slice(0, 5).join('; '),
    hint: 'Probe or Entrez ids must be turned into symbols first.',
  });
}

function percent(fraction: number): string {
  return `${String(Math.round(100 * fraction))} %`;
}
