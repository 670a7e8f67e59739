import { OptionError } from '../../core/errors.js';
import type { GeneSet } from '../../data/resources.js';
import type { SetCoverage } from './cell-scores.js';

/** A set with a direction: genes that go up with the state, and genes that go down with it. */
export interface SignedGeneSet {
  readonly name: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** Gene sets for scoring: plain ones, or signed ones. */
export type ScoredSet = Pick<GeneSet, 'name' | 'genes'> | SignedGeneSet;

/**
 * The columns a gene belongs to, in compressed rows: gene `g` adds to columns `columns[indptr[g] … indptr[g + 1])` with the
 * weights beside them. This is the order in which a cell's stored values are met.
 */
export interface GeneWeights {
  readonly nColumns: number;
  readonly indptr: Uint32Array;
  readonly columns: Uint32Array;
  readonly weights: Float64Array;
}

/** One non-zero weight. */
export interface WeightEntry {
  readonly gene: number;
  readonly column: number;
  readonly weight: number;
}

/** Genes of one direction of a set, by position. */
export interface MeasuredGenes {
  readonly positions: readonly number[];
  readonly missing: readonly string[];
}

/** A set with its genes looked up. */
export interface MeasuredSet {
  readonly name: string;
  readonly up: MeasuredGenes;
  readonly down: MeasuredGenes;
}

/**
 * Looks the genes of sets up; a repeated gene counts once.
 *
 * @throws OptionError for a set without genes, a gene that is both up and down, or two sets of one name
 */
export function measureSets(
  sets: readonly ScoredSet[],
  positions: ReadonlyMap<string, number>,
): readonly MeasuredSet[] {
  const names = new Set<string>();
  return sets.map((set) => {
    if (names.has(set.name)) throw new OptionError('Two gene sets have one name.', { found: set.name });
    names.add(set.name);
    const { name, up, down } = 'genes' in set ? { name: set.name, up: set.genes, down: [] } : set;
    const both = up.find((gene) => down.includes(gene));
    if (up.length + down.length === 0) throw new OptionError(`Gene set "${name}" has no genes.`);
    if (both !== undefined) {
      throw new OptionError(`Gene set "${name}" lists a gene as both up and down.`, { found: both });
    }
    return { name, up: lookUp(up, positions), down: lookUp(down, positions) };
  });
}

/** What of each set was measured. */
export function coverageOf(sets: readonly MeasuredSet[]): readonly SetCoverage[] {
  return sets.map(({ name, up, down }) => {
    const missing = [...up.missing, ...down.missing];
    return { name, nGenes: up.positions.length + down.positions.length + missing.length, missing };
  });
}

/** Sorts weights by gene, and by column within a gene. */
export function weightsByGene(entries: readonly WeightEntry[], nGenes: number, nColumns: number): GeneWeights {
  const sorted = [...entries].sort((a, b) => a.gene - b.gene || a.column - b.column);
  const indptr = new Uint32Array(nGenes + 1);
  for (const { gene } of sorted) indptr[gene + 1] = (indptr[gene + 1] as number) + 1;
  for (let g = 0; g < nGenes; g++) indptr[g + 1] = (indptr[g + 1] as number) + (indptr[g] as number);
  return {
    nColumns,
    indptr,
    columns: Uint32Array.from(sorted, (entry) => entry.column),
    weights: Float64Array.from(sorted, (entry) => entry.weight),
  };
}

function lookUp(genes: readonly string[], positions: ReadonlyMap<string, number>): MeasuredGenes {
  const unique = [...new Set(genes)];
  return {
    positions: unique.flatMap((gene) => positions.get(gene) ?? []),
    missing: unique.filter((gene) => !positions.has(gene)),
  };
}
