import { type RunContext, report, throwIfAborted } from '../core/context.js';
import { OptionError, ShapeError } from '../core/errors.js';
import type { MethodInfo, Warning } from '../core/method.js';
import { pow } from '../core/pinned-math.js';
import type { GeneSetCollection } from '../data/resources.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { compareText } from './compare-text.js';
import { type GeneSetNullCounts, type GeneSetNullPayload, runningSumExtreme } from './gene-set-null.js';

/** What {@link geneSetEnrichment} is. */
export const geneSetEnrichmentInfo: MethodInfo = {
  id: 'gene-set-enrichment',
  title: 'Preranked gene-set enrichment',
  version: '1.0.0',
  doi: ['10.1073/pnas.0506580102', '10.1101/060012'],
  input: 'one statistic per gene, for instance a moderated t',
  output: 'enrichment score in [-1, 1], normalised enrichment score, P value, adjusted P value, leading edge',
  random: true,
};

/** One statistic per gene; genes with a NaN statistic are left out of the ranking. */
export interface GeneRanking {
  readonly genes: readonly string[];
  readonly statistic: Float64Array;
}

/** Options of {@link geneSetEnrichment}. */
export interface GeneSetEnrichmentOptions {
  /** Random gene sets drawn for every set size. */
  readonly permutations: number;
  /**
   * Sets that fewer than ten of the random sets match are drawn again, ten times as often each round, until this many
   * draws. Equal to `permutations` for no extension. Default: `permutations`.
   */
  readonly maximumPermutations?: number;
  /** Sets with fewer measured genes than this are not tested. Default 15. */
  readonly minimumSize?: number;
  /** Sets with more measured genes than this are not tested. Default 500. */
  readonly maximumSize?: number;
  /** Exponent of the statistic in the running sum. Default 1. */
  readonly exponent?: number;
}

/** Enrichment of each tested set, in the order of the collection. */
export interface GeneSetEnrichment {
  readonly collection: string;
  /** Genes in the ranking. */
  readonly nGenes: number;
  readonly names: readonly string[];
  /** Measured genes of each set. */
  readonly sizes: Int32Array;
  /** Extreme of the running sum; positive: the set sits at the top of the ranking. */
  readonly enrichmentScore: Float64Array;
  /** Enrichment score over the mean of the random scores of the same sign; NaN when no random score has that sign. */
  readonly normalizedEnrichmentScore: Float64Array;
  /** `(1 + exceeding) / (1 + random scores of the same sign)`; never zero. */
  readonly pValue: Float64Array;
  readonly pAdjusted: Float64Array;
  /** Random scores at least as extreme. When zero, the P value is an upper bound set by the number of draws. */
  readonly nExceeding: Float64Array;
  /** Random sets drawn for this set. */
  readonly nPermutations: Float64Array;
  /** Genes between the nearer end of the ranking and the extreme, in ranking order. */
  readonly leadingEdge: readonly (readonly string[])[];
  /** Sets left out for their size, with their number of measured genes. */
  readonly untested: readonly { readonly name: string; readonly size: number }[];
  readonly warnings: readonly Warning[];
}

/** Exceedances after which more draws would no longer change a conclusion (Besag and Clifford's h). */
const enoughExceedances = 10;
/** Draws per block of work: fixed, so that the answer does not depend on the number of workers. */
const drawsPerBlock = 250;

/**
 * Preranked gene-set enrichment: the extreme of the weighted running sum
 * `Σ_{hits ≤ i} |r|^p / N_R − Σ_{misses ≤ i} 1 / (N − k)` over the ranking, compared with random gene sets of the same
 * size.
 *
 * The null exchanges genes, not samples: it asks whether the set is more extreme than random genes, and treats genes
 * as independent. Correlated sets are therefore called somewhat too easily.
 *
 * @param ranking - genes and one statistic each; ties are broken by gene name, so the order of the input is irrelevant
 * @param collection - the sets; genes outside the ranking are ignored
 * @throws ShapeError when lengths disagree or a gene is repeated
 * @throws OptionError when an option is out of range
 * @see doi:10.1073/pnas.0506580102 (score and normalisation) and doi:10.1101/060012 (fgsea 1.x `fgseaSimple`, whose
 * enrichment scores are matched to 1e-6). Differences: the P value is read on the side of the observed sign only, ties
 * are broken by name, and the optional extension adds draws where the P value would sit at its floor.
 * @example
 * ```ts
 * const ranking = { genes: table.gene, statistic: table.t };
 * const found = await geneSetEnrichment(ranking, hallmark, { permutations: 1000 }, context);
 * found.names.filter((_, i) => (found.pAdjusted[i] ?? 1) < 0.05);
 * ```
 */
export async function geneSetEnrichment(
  ranking: GeneRanking,
  collection: GeneSetCollection,
  options: GeneSetEnrichmentOptions,
  context: RunContext,
): Promise<GeneSetEnrichment> {
  const resolved = resolveOptions(options);
  const ranked = rankGenes(ranking, resolved.exponent);
  const { tested, untested } = placeSets(ranked, collection, resolved);
  const observed = tested.map(({ ranks }) => runningSumExtreme(ranked.weights, ranks, ranks.length));
  const scores = Float64Array.from(observed, (o) => o.score);
  const counts = await drawNull(ranked.weights, tested, scores, { ...resolved, label: collection.name }, context);
  const pValue = counts.map((c, i) => pValueOf(scores[i] as number, c));
  return {
    collection: collection.name,
    nGenes: ranked.genes.length,
    names: tested.map((set) => set.name),
    sizes: Int32Array.from(tested, (set) => set.ranks.length),
    enrichmentScore: scores,
    normalizedEnrichmentScore: Float64Array.from(counts, (c, i) => normalized(scores[i] as number, c)),
    pValue: Float64Array.from(pValue),
    pAdjusted: benjaminiHochberg(pValue),
    nExceeding: Float64Array.from(counts, (c) => c.nExceeding),
    nPermutations: Float64Array.from(counts, (c) => c.nDraws),
    leadingEdge: tested.map((set, i) => leadingEdge(ranked.genes, set.ranks, observed[i] as RunningExtreme)),
    untested,
    warnings: ranked.warnings,
  };
}

type RunningExtreme = ReturnType<typeof runningSumExtreme>;

interface ResolvedOptions {
  readonly permutations: number;
  readonly maximumPermutations: number;
  readonly minimumSize: number;
  readonly maximumSize: number;
  readonly exponent: number;
}

function resolveOptions(options: GeneSetEnrichmentOptions): ResolvedOptions {
  const { permutations, maximumPermutations = permutations } = options;
  const { minimumSize = 15, maximumSize = 500, exponent = 1 } = options;
  if (!(Number.isInteger(permutations) && permutations >= 1)) {
    throw new OptionError('Option permutations must be a whole number of at least 1.', { found: String(permutations) });
  }
  if (maximumPermutations < permutations) {
    throw new OptionError('Option maximumPermutations must not be below permutations.', {
      expected: `at least ${String(permutations)}`,
      found: String(maximumPermutations),
    });
  }
  if (minimumSize < 1 || maximumSize < minimumSize) {
    throw new OptionError('Gene-set size limits must satisfy 1 ≤ minimumSize ≤ maximumSize.', {
      found: `${String(minimumSize)} and ${String(maximumSize)}`,
    });
  }
  return { permutations, maximumPermutations, minimumSize, maximumSize, exponent };
}

interface RankedGenes {
  readonly genes: readonly string[];
  readonly weights: Float64Array;
  readonly position: ReadonlyMap<string, number>;
  readonly warnings: readonly Warning[];
}

function rankGenes({ genes, statistic }: GeneRanking, exponent: number): RankedGenes {
  if (genes.length !== statistic.length) {
    throw new ShapeError('The ranking has genes and statistics of different lengths.', {
      expected: `${String(genes.length)} statistics`,
      found: String(statistic.length),
    });
  }
  const order = genes.map((_, i) => i).filter((i) => !Number.isNaN(statistic[i]));
  order.sort((a, b) => (statistic[b] as number) - (statistic[a] as number) || compareText(genes[a], genes[b]));
  const names = order.map((i) => genes[i] as string);
  const position = new Map(names.map((name, rank) => [name, rank]));
  if (position.size !== names.length) throw new ShapeError('The ranking lists a gene more than once.');
  const values = order.map((i) => statistic[i] as number);
  const weights = Float64Array.from(values, (r) => (exponent === 1 ? Math.abs(r) : pow(Math.abs(r), exponent)));
  return { genes: names, weights, position, warnings: tieWarnings(values) };
}

function tieWarnings(sorted: readonly number[]): Warning[] {
  const ties = sorted.filter((value, i) => i > 0 && value === sorted[i - 1]).length;
  if (ties <= 0.01 * sorted.length) return [];
  const percent = ((100 * ties) / sorted.length).toFixed(1);
  return [{ code: 'gsea-ties', message: `${percent} % of the ranking is tied; tied genes are ordered by name.` }];
}

interface PlacedSet {
  readonly name: string;
  /** Ascending positions in the ranking. */
  readonly ranks: Int32Array;
}

function placeSets(
  ranked: RankedGenes,
  collection: GeneSetCollection,
  limits: Pick<ResolvedOptions, 'minimumSize' | 'maximumSize'>,
): { readonly tested: readonly PlacedSet[]; readonly untested: GeneSetEnrichment['untested'] } {
  const placed = collection.sets.map((set) => {
    const ranks = [...new Set(set.genes)].flatMap((gene) => ranked.position.get(gene) ?? []);
    return { name: set.name, ranks: Int32Array.from(ranks).sort() };
  });
  // A set that holds every gene has no misses: its running sum never falls.
  const largest = Math.min(limits.maximumSize, ranked.genes.length - 1);
  const fits = ({ ranks }: PlacedSet): boolean => ranks.length >= limits.minimumSize && ranks.length <= largest;
  return {
    tested: placed.filter(fits),
    untested: placed.filter((set) => !fits(set)).map(({ name, ranks }) => ({ name, size: ranks.length })),
  };
}

/** Draws the null for every set, then again for the sets that too few draws have matched. */
async function drawNull(
  weights: Float64Array,
  sets: readonly PlacedSet[],
  scores: Float64Array,
  options: ResolvedOptions & { readonly label: string },
  context: RunContext,
): Promise<GeneSetNullCounts[]> {
  const counts = sets.map(() => emptyCounts);
  let drawn = 0;
  let target = options.permutations;
  for (;;) {
    const open = sets.map((_, i) => i).filter((i) => (counts[i] as GeneSetNullCounts).nExceeding < enoughExceedances);
    if (open.length === 0 || drawn >= target) return counts;
    const payloads = blocksOf(drawn, target, {
      weights,
      setSizes: Int32Array.from(open, (i) => (sets[i] as PlacedSet).ranks.length),
      setScores: Float64Array.from(open, (i) => scores[i] as number),
      rng: { seed: context.seed, label: `programme/gene-set-enrichment/${options.label}` },
    });
    const partials = await runBlocks(payloads, context);
    open.forEach((set, k) => {
      for (const block of partials) counts[set] = addCounts(counts[set] as GeneSetNullCounts, block[k]);
    });
    drawn = target;
    target = Math.min(options.maximumPermutations, target * 10);
  }
}

function blocksOf(
  from: number,
  to: number,
  shared: Omit<GeneSetNullPayload, 'nDraws' | 'block'>,
): GeneSetNullPayload[] {
  const payloads: GeneSetNullPayload[] = [];
  for (let start = from; start < to; start += drawsPerBlock) {
    // Numbered by the first draw, so that a later round never repeats the draws of an earlier one.
    payloads.push({ ...shared, nDraws: Math.min(drawsPerBlock, to - start), block: start });
  }
  return payloads;
}

async function runBlocks(payloads: readonly GeneSetNullPayload[], context: RunContext): Promise<GeneSetNullCounts[][]> {
  throwIfAborted(context);
  return context.executor.map<GeneSetNullPayload, GeneSetNullCounts[]>('programme/gene-set-null', payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, 'gene-set enrichment', done, total, 'blocks');
    },
  });
}

const emptyCounts: GeneSetNullCounts = {
  nDraws: 0,
  nExceeding: 0,
  nPositive: 0,
  sumPositive: 0,
  nNegative: 0,
  sumNegative: 0,
};

function addCounts(a: GeneSetNullCounts, b: GeneSetNullCounts | undefined): GeneSetNullCounts {
  if (b === undefined) return a;
  return {
    nDraws: a.nDraws + b.nDraws,
    nExceeding: a.nExceeding + b.nExceeding,
    nPositive: a.nPositive + b.nPositive,
    sumPositive: a.sumPositive + b.sumPositive,
    nNegative: a.nNegative + b.nNegative,
    sumNegative: a.sumNegative + b.sumNegative,
  };
}

function pValueOf(score: number, counts: GeneSetNullCounts): number {
  const sameSign = score >= 0 ? counts.nPositive : counts.nNegative;
  return (1 + counts.nExceeding) / (1 + sameSign);
}

function normalized(score: number, counts: GeneSetNullCounts): number {
  const [n, sum] = score >= 0 ? [counts.nPositive, counts.sumPositive] : [counts.nNegative, counts.sumNegative];
  return n === 0 ? NaN : score / Math.abs(sum / n);
}

function leadingEdge(genes: readonly string[], ranks: Int32Array, { score, peak }: RunningExtreme): string[] {
  const edge = score >= 0 ? ranks.subarray(0, peak + 1) : ranks.subarray(peak);
  return Array.from(edge, (rank) => genes[rank] as string);
}
