import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import type { GeneSetCollection } from '../data/resources.js';
import { hypergeometricUpper } from '../stats/hypergeometric.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';

/** What {@link geneSetOverlap} is. */
export const geneSetOverlapInfo: MethodInfo = {
  id: 'gene-set-overlap',
  title: 'Overlap of called genes with gene sets',
  version: '1.0.0',
  doi: ['10.1038/s41586-023-06130-4'],
  input: 'called genes and the genes that were measured',
  output: 'per set the overlap, its expectation, the hypergeometric P value and adjusted P value',
  random: false,
};

/** Genes called in one direction, and every gene that could have been. */
export interface CalledGenes {
  readonly called: readonly string[];
  /** The measured universe; must hold the called genes. */
  readonly measured: readonly string[];
}

/** Overlap of the called genes with each set, by increasing P value. */
export interface GeneSetOverlap {
  readonly collection: string;
  readonly nCalled: number;
  readonly nMeasured: number;
  readonly names: readonly string[];
  /** Measured genes of each set, and how many of them were called. */
  readonly sizes: Int32Array;
  readonly overlaps: Int32Array;
  /** `size × called / measured`. */
  readonly expected: Float64Array;
  /** P(at least this overlap) when genes are drawn at random from the measured ones. */
  readonly pValue: Float64Array;
  readonly pAdjusted: Float64Array;
  /** Shared genes, in the order of `called`. */
  readonly genes: readonly (readonly string[])[];
}

/**
 * Hypergeometric over-representation of each set among the called genes, against the measured universe. Sets without a
 * measured gene are kept with P = 1. Genes are treated as independent, so correlated sets come out somewhat too easily.
 *
 * @throws OptionError when a called gene was not measured
 * @see R's `phyper(overlap − 1, size, measured − size, called, lower.tail = FALSE)`
 * @example
 * ```ts
 * geneSetOverlap({ called: up, measured: table.gene }, metaPrograms).names[0];
 * ```
 */
export function geneSetOverlap({ called, measured }: CalledGenes, collection: GeneSetCollection): GeneSetOverlap {
  const universe = new Set(measured);
  const hits = new Set(called);
  const stray = called.find((gene) => !universe.has(gene));
  if (stray !== undefined) throw new OptionError(`Gene "${stray}" was called but is not among the measured genes.`);
  const rows = collection.sets.map((set) => {
    const present = new Set(set.genes.filter((gene) => universe.has(gene)));
    const shared = [...hits].filter((gene) => present.has(gene));
    const urn = { population: universe.size, marked: present.size, drawn: hits.size };
    return { name: set.name, size: present.size, shared, pValue: hypergeometricUpper(shared.length, urn) };
  });
  rows.sort((a, b) => a.pValue - b.pValue || b.shared.length - a.shared.length);
  const pValue = Float64Array.from(rows, (row) => row.pValue);
  return {
    collection: collection.name,
    nCalled: hits.size,
    nMeasured: universe.size,
    names: rows.map((row) => row.name),
    sizes: Int32Array.from(rows, (row) => row.size),
    overlaps: Int32Array.from(rows, (row) => row.shared.length),
    expected: Float64Array.from(rows, (row) => (row.size * hits.size) / universe.size),
    pValue,
    pAdjusted: benjaminiHochberg(pValue),
    genes: rows.map((row) => row.shared),
  };
}
