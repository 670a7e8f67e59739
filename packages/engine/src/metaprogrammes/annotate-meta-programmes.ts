import type { GeneSetCollection } from '../data/resources.js';
import { geneSetOverlap } from '../programme/gene-set-overlap.js';
import { hypergeometricUpper } from '../stats/hypergeometric.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';

/** One published set that a meta-programme overlaps with. */
export interface MetaProgrammeAnnotation {
  readonly set: string;
  readonly overlap: number;
  /** Measured genes of the set. */
  readonly size: number;
  readonly expected: number;
  readonly pValue: number;
  /** Benjamini–Hochberg over the sets of the collection. */
  readonly pAdjusted: number;
  readonly genes: readonly string[];
}

/** A curated set, such as cell cycle or dissociation stress, that a meta-programme may be mistaken for something else by. */
export interface ConfounderOverlap {
  readonly set: string;
  readonly overlap: number;
  readonly size: number;
  readonly pValue: number;
  /** Benjamini–Hochberg over all meta-programmes and sets. */
  readonly pAdjusted: number;
  /** Enough genes, and more than chance. */
  readonly flagged: boolean;
}

/** A flag needs this many shared genes and an adjusted P value of at most that. */
const leastShared = 5;
const confounderFdr = 0.01;

/**
 * Hypergeometric overlap of a meta-programme with every set of a collection, by increasing P value; the best `most`. Sets without a shared gene
 * are not listed.
 *
 * @param measured - the universe; must hold the genes
 */
export function annotateMetaProgramme(
  genes: readonly string[],
  measured: readonly string[],
  options: { readonly collection: GeneSetCollection; readonly most: number },
): readonly MetaProgrammeAnnotation[] {
  const found = geneSetOverlap({ called: genes, measured }, options.collection);
  const rows = found.names.map((set, i) => ({
    set,
    overlap: found.overlaps[i] as number,
    size: found.sizes[i] as number,
    expected: found.expected[i] as number,
    pValue: found.pValue[i] as number,
    pAdjusted: found.pAdjusted[i] as number,
    genes: found.genes[i] as readonly string[],
  }));
  return rows.filter(({ overlap }) => overlap > 0).slice(0, options.most);
}

/** Overlap of every meta-programme with every confounder set, in the order given. */
export function confounderOverlaps(
  programmes: readonly (readonly string[])[],
  measured: readonly string[],
  confounders: GeneSetCollection,
): readonly (readonly ConfounderOverlap[])[] {
  const universe = new Set(measured);
  const sets = confounders.sets.map(({ name, genes }) => ({
    name,
    genes: new Set(genes.filter((g) => universe.has(g))),
  }));
  const rows = programmes.map((genes) =>
    sets.map((set) => {
      const overlap = genes.filter((gene) => set.genes.has(gene)).length;
      const urn = { population: universe.size, marked: set.genes.size, drawn: genes.length };
      return { set: set.name, overlap, size: set.genes.size, pValue: hypergeometricUpper(overlap, urn) };
    }),
  );
  const pAdjusted = benjaminiHochberg(rows.flatMap((row) => row.map(({ pValue }) => pValue)));
  return rows.map((row, m) =>
    row.map((found, k) => {
      const adjusted = pAdjusted[m * sets.length + k] as number;
      return { ...found, pAdjusted: adjusted, flagged: found.overlap >= leastShared && adjusted <= confounderFdr };
    }),
  );
}
