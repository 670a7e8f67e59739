import { ShapeError } from '../core/errors.js';

/** Species whose genes Remnant knows. */
export type Organism = 'human' | 'mouse';

/** Known genes of one species as parallel columns: what a gene is called, where it lies, what it was called before. */
export interface GeneColumns {
  readonly organism: Organism;
  /** Where the table comes from, with its release. */
  readonly source: string;
  /** Current symbols. */
  readonly symbols: readonly string[];
  /** Ensembl ids without version; `''` where none is known. */
  readonly ensemblIds: readonly string[];
  /** Chromosome names as Ensembl writes them (`1`, `X`, `MT`); `''` where unknown. */
  readonly chromosomes: readonly string[];
  /** First base, from 1; 0 where unknown. */
  readonly starts: Uint32Array;
  /** Length in bases; 0 where unknown. */
  readonly lengths: Uint32Array;
  /** Previous symbols and aliases of each gene. */
  readonly synonyms: readonly (readonly string[])[];
}

/** `GeneColumns` with the look-ups made once. Plain data: it survives a worker message. */
export interface GeneTable extends GeneColumns {
  /** Row of each symbol; the first row where a symbol has several (the X and Y copies of a gene). */
  readonly rowBySymbol: ReadonlyMap<string, number>;
  readonly rowByEnsemblId: ReadonlyMap<string, number>;
  /**
   * Row of the one gene that used to have this name. Names that several genes share, and names that are
   * the current symbol of another gene, are not here.
   */
  readonly rowBySynonym: ReadonlyMap<string, number>;
}

/**
 * Checks the columns and makes the look-ups.
 *
 * @throws ShapeError when the columns differ in length
 */
export function createGeneTable(columns: GeneColumns): GeneTable {
  const n = columns.symbols.length;
  const { ensemblIds, chromosomes, starts, lengths, synonyms } = columns;
  for (const column of [ensemblIds, chromosomes, starts, lengths, synonyms]) {
    if (column.length !== n) {
      throw new ShapeError('The columns of a gene table differ in length.', {
        expected: `${String(n)} genes`,
        found: String(column.length),
      });
    }
  }
  const rowBySymbol = firstRows(columns.symbols);
  return {
    ...columns,
    rowBySymbol,
    rowByEnsemblId: firstRows(ensemblIds),
    rowBySynonym: unambiguousSynonyms(columns, rowBySymbol),
  };
}

/** The current symbol a name stands for: itself, or that of the one gene that used to have this name; null when neither. */
export function currentSymbol(table: GeneTable, name: string): string | null {
  if (table.rowBySymbol.has(name)) return name;
  const row = table.rowBySynonym.get(name);
  return row === undefined ? null : (table.symbols[row] as string);
}

/** The current symbol of an Ensembl id written without version, or null. */
export function symbolOfEnsemblId(table: GeneTable, id: string): string | null {
  const row = table.rowByEnsemblId.get(id);
  return row === undefined ? null : (table.symbols[row] as string);
}

function firstRows(names: readonly string[]): Map<string, number> {
  const rows = new Map<string, number>();
  names.forEach((name, row) => {
    if (name !== '' && !rows.has(name)) rows.set(name, row);
  });
  return rows;
}

function unambiguousSynonyms(columns: GeneColumns, rowBySymbol: ReadonlyMap<string, number>): Map<string, number> {
  const rows = new Map<string, number>();
  const ambiguous = new Set<string>();
  columns.synonyms.forEach((names, row) => {
    for (const name of names) {
      const other = rows.get(name);
      if (other !== undefined && columns.symbols[other] !== columns.symbols[row]) ambiguous.add(name);
      if (other === undefined && !rowBySymbol.has(name)) rows.set(name, row);
    }
  });
  for (const name of ambiguous) rows.delete(name);
  return rows;
}
