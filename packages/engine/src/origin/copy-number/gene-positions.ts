import type { GeneTable } from '../../data/gene-table.js';
import { chromosomeArm, type GenomeAssembly } from './centromeres.js';

/** Where a gene lies. */
export interface GenePosition {
  readonly gene: string;
  /** Without `chr`. */
  readonly chromosome: string;
  /** First base, from 1. */
  readonly start: number;
  readonly arm: 'p' | 'q';
}

/** A gene with its chromosome as any file writes it (`chr8` or `8`). */
export interface GeneStart {
  readonly gene: string;
  readonly chromosome: string;
  readonly start: number;
}

/**
 * The genes of a table that lie on a numbered chromosome, X or Y, with their arm.
 *
 * @param table - `loadGeneTable` of `@remnant/formats`; human tables are GRCh38, mouse tables GRCm38
 */
export function genePositions(table: GeneTable): readonly GenePosition[] {
  const starts = table.symbols.map((gene, row) => ({
    gene,
    chromosome: table.chromosomes[row] as string,
    start: table.starts[row] as number,
  }));
  // A symbol with copies on X and Y keeps the first.
  const first = starts.filter(({ gene }, row) => table.rowBySymbol.get(gene) === row);
  return withArms(first, table.organism === 'human' ? 'GRCh38' : 'GRCm38');
}

/** Adds the arm to gene starts of another source, for instance a gene order file. Genes elsewhere are left out. */
export function withArms(starts: readonly GeneStart[], assembly: GenomeAssembly): readonly GenePosition[] {
  return starts.flatMap(({ gene, chromosome, start }) => {
    const name = chromosome.replace(/^chr/, '');
    const arm = start > 0 ? chromosomeArm(name, start, assembly) : null;
    return arm === null ? [] : [{ gene, chromosome: name, start, arm }];
  });
}
