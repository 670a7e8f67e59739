import type { RunContext } from '../core/context.js';
import type { MethodInfo } from '../core/method.js';
import { createRng } from '../core/rng.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { type ActivityInput, columnOf, requireComplete, requireSameGenes } from './activity-input.js';
import { permutationStrata } from './expression-bins.js';
import { drawWeightedSums, type PermutationPlan, planPermutations } from './label-permutation.js';
import { type PermutationBlock, permutationBlocks, runBlocks } from './permutation-blocks.js';
import { permutationMoments, standardise } from './permutation-moments.js';
import type { RegulonNetwork } from './regulon-network.js';

/** Options of `regulatorNull`. */
export interface RegulatorNullOptions {
  /** Permutations; default 1000. */
  readonly permutations?: number;
  /** Average expression per gene: labels are then exchanged only between genes of similar expression. */
  readonly averageExpression?: Float64Array | null;
  /** Column of the input that is tested; default the first. */
  readonly column?: number;
}

/** Each regulator against permuted gene labels; arrays are aligned with `regulators`. */
export interface RegulatorNull {
  readonly regulators: readonly string[];
  /** Standardised weighted sum, with the exact mean and standard deviation of the null. */
  readonly z: Float64Array;
  /** Two-sided, from the regulator's own null. */
  readonly pValue: Float64Array;
  /** That a null regulator is at least as active. */
  readonly pUpper: Float64Array;
  /** That a null regulator is at least as inactive. */
  readonly pLower: Float64Array;
  /** Two-sided, against the most extreme regulator of each permutation (single-step max-T). */
  readonly pFamilyWise: Float64Array;
  /** Two-sided, against the standardised nulls of all regulators together: resolves below 1 / permutations. */
  readonly pPooled: Float64Array;
  /** Benjamini–Hochberg on `pPooled`. */
  readonly pAdjusted: Float64Array;
  readonly permutations: number;
  /** How many expression strata the labels were exchanged within. */
  readonly nStrata: number;
}

/** What the regulator null is. */
export const regulatorNullInfo: MethodInfo = {
  id: 'regulator-null',
  title: 'Permutation null of regulator activity that keeps regulon size and overlap',
  version: '1.0.0',
  doi: ['10.2202/1544-6115.1585', '10.1214/aoms/1177729545'],
  input: 'one gene statistic, complete; average expression of the genes',
  output: 'z, two-sided and one-sided P, family-wise P and adjusted P per regulator',
  random: true,
};

/** Name of the block task of `regulatorNull`. */
export const regulatorNullTaskName = 'regulators/null';

/** One block of permutations, as plain data. */
export interface RegulatorNullPayload extends PermutationBlock {
  readonly plan: PermutationPlan;
  readonly means: Float64Array;
  readonly sds: Float64Array;
  readonly z: Float64Array;
}

/** Counts of one block: how often the null was at least as extreme. */
export interface RegulatorNullPartial {
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly either: Float64Array;
  readonly familyWise: Float64Array;
  readonly pooled: Float64Array;
}

/**
 * Tests every regulator against permuted gene labels. One permutation serves all regulators, so regulon sizes, signs and
 * overlaps stay as they are; labels move only within bins of average expression, so a regulon of abundant genes is compared
 * with abundant genes.
 *
 * The statistic is the weighted sum, standardised by its exact permutation mean and standard deviation. On permuted labels
 * the t value of the univariate linear model is a rising function of that sum, so this is also the permutation test of ULM.
 * P = (1 + count) / (1 + permutations), never zero. `pPooled` compares with the standardised nulls of all regulators, as
 * gene-set enrichment does for its false-discovery rate, because BH on P values that cannot go below 1 / permutations would
 * call nothing among hundreds of regulators.
 *
 * The null treats genes as exchangeable. Co-regulated targets make it too narrow, so a low P here is not evidence across
 * patients: that is what `patientAgreement` asks.
 *
 * @param input - genes × columns, complete in the tested column
 * @param network - regulons prepared on the same genes
 * @returns z and P values; NaN for regulators whose sum cannot vary
 * @throws ShapeError for missing statistics or other genes; OptionError for a bad number of permutations
 * @see Westfall & Young 1993 (max-T); Phipson & Smyth 2010, doi:10.2202/1544-6115.1585 (P never zero)
 */
export async function regulatorNull(
  input: ActivityInput,
  network: RegulonNetwork,
  options: RegulatorNullOptions,
  context: RunContext,
): Promise<RegulatorNull> {
  requireSameGenes(input.genes, network);
  const values = columnOf(input, options.column ?? 0);
  requireComplete(
    { genes: input.genes, names: [input.names[options.column ?? 0] ?? ''], values },
    'The regulator null',
  );
  const permutations = options.permutations ?? 1000;
  const strata = permutationStrata(values.length, options.averageExpression ?? null);
  const moments = permutationMoments(network, values, strata);
  const z = standardise(moments);
  const shared = { plan: planPermutations(network, values, strata), means: moments.means, sds: moments.sds, z };
  const partials = await runBlocks<RegulatorNullPayload, RegulatorNullPartial>(
    regulatorNullTaskName,
    permutationBlocks(permutations, context.seed).map((block) => ({ ...block, ...shared })),
    'regulators: null',
    context,
  );
  return finish(network.regulators, z, partials, { permutations, nStrata: shared.plan.targets.length });
}

/** The block task of `regulatorNull`. */
export function regulatorNullTask(payload: RegulatorNullPayload): RegulatorNullPartial {
  const size = payload.z.length;
  const counts = {
    upper: zeros(size),
    lower: zeros(size),
    either: zeros(size),
    familyWise: zeros(size),
    pooled: zeros(size),
  };
  const ranking = rankMagnitudes(payload.z);
  const rng = createRng(payload.seed, regulatorNullTaskName, payload.block);
  drawWeightedSums(payload.plan, payload.permutations, rng, (sums) => {
    let most = 0;
    for (let r = 0; r < size; r++) {
      const sd = payload.sds[r] as number;
      if (!(sd > 0)) continue;
      const null_ = ((sums[r] as number) - (payload.means[r] as number)) / sd;
      const magnitude = Math.abs(null_);
      if (magnitude > most) most = magnitude;
      countOne(counts, payload.z[r] as number, null_, r);
      increment(counts.pooled, reachedBy(ranking.sorted, magnitude));
    }
    increment(counts.familyWise, reachedBy(ranking.sorted, most));
  });
  return {
    ...counts,
    familyWise: perRegulator(counts.familyWise, ranking.order),
    pooled: perRegulator(counts.pooled, ranking.order),
  };
}

/** Null sums that equal the observed one up to rounding count as reaching it. */
const tolerance = 1e-9;

function countOne(counts: RegulatorNullPartial, observed: number, drawn: number, r: number): void {
  if (drawn >= observed - tolerance) increment(counts.upper, r);
  if (drawn <= observed + tolerance) increment(counts.lower, r);
  if (Math.abs(drawn) >= Math.abs(observed) - tolerance) increment(counts.either, r);
}

/** Regulators by rising |z|, those without a z first. */
function rankMagnitudes(z: Float64Array): { order: Uint32Array; sorted: Float64Array } {
  const magnitude = z.map((value) => (Number.isNaN(value) ? -1 : Math.abs(value)));
  const order = Uint32Array.from(magnitude, (_, r) => r).sort(
    (a, b) => (magnitude[a] as number) - (magnitude[b] as number) || a - b,
  );
  return { order, sorted: Float64Array.from(order, (r) => magnitude[r] as number) };
}

/** Position of the last sorted magnitude that a null magnitude reaches; −1 when it reaches none. */
function reachedBy(sorted: Float64Array, magnitude: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= magnitude + tolerance) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Turns counts of "reached exactly up to this position" into counts of "reached this regulator". */
function perRegulator(histogram: Float64Array, order: Uint32Array): Float64Array {
  const counts = zeros(histogram.length);
  let sum = 0;
  for (let position = histogram.length - 1; position >= 0; position--) {
    sum += histogram[position] as number;
    counts[order[position] as number] = sum;
  }
  return counts;
}

function finish(
  regulators: readonly string[],
  z: Float64Array,
  partials: readonly RegulatorNullPartial[],
  run: { readonly permutations: number; readonly nStrata: number },
): RegulatorNull {
  const tested = z.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const probability = (name: keyof RegulatorNullPartial, draws: number): Float64Array =>
    z.map((value, r) => {
      if (Number.isNaN(value)) return NaN;
      const count = partials.reduce((sum, partial) => sum + (partial[name][r] as number), 0);
      return (1 + count) / (1 + draws);
    });
  const pPooled = probability('pooled', run.permutations * tested);
  return {
    regulators,
    z,
    pValue: probability('either', run.permutations),
    pUpper: probability('upper', run.permutations),
    pLower: probability('lower', run.permutations),
    pFamilyWise: probability('familyWise', run.permutations),
    pPooled,
    pAdjusted: benjaminiHochberg(pPooled),
    ...run,
  };
}

function zeros(n: number): Float64Array {
  return new Float64Array(n);
}

function increment(counts: Float64Array, at: number): void {
  if (at >= 0) counts[at] = (counts[at] as number) + 1;
}
