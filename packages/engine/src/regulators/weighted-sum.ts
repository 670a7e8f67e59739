import type { RunContext } from '../core/context.js';
import type { MethodInfo } from '../core/method.js';
import { log10 } from '../core/pinned-math.js';
import { createRng } from '../core/rng.js';
import { type ActivityInput, type ActivityScores, requireComplete, requireSameGenes } from './activity-input.js';
import { drawWeightedSums, observedSums, type PermutationPlan, planPermutations } from './label-permutation.js';
import { type PermutationBlock, permutationBlocks, runBlocks } from './permutation-blocks.js';
import type { RegulonNetwork } from './regulon-network.js';

/** Options of `weightedSum`. */
export interface WeightedSumOptions {
  /** Permutations of the gene labels; default 1000. */
  readonly permutations?: number;
}

/** The three statistics of the weighted sum. */
export interface WeightedSumScores {
  /** Σ w y over the targets. */
  readonly wsum: ActivityScores;
  /** Standardised by the mean and standard deviation under permuted labels; P as for `wsum`. */
  readonly normWsum: ActivityScores;
  /** The sum times −log10 of decoupleR's P value, which is the P value reported with it. */
  readonly corrWsum: ActivityScores;
  readonly permutations: number;
}

/** What the weighted sum is. */
export const weightedSumInfo: MethodInfo = {
  id: 'weighted-sum',
  title: 'Weighted sum of targets with a permutation null',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016'],
  input: 'a gene statistic (moderated t, log fold change) or log expression, genes × columns, no missing values',
  output: 'wsum in units of the statistic, norm_wsum as a z score, corr_wsum',
  random: true,
};

/** Name of the block task of `weightedSum`. */
export const weightedSumTaskName = 'regulators/weighted-sum';

/** One block of permutations, as plain data. */
export interface WeightedSumPayload extends PermutationBlock {
  readonly plan: PermutationPlan;
  readonly observed: Float64Array;
}

/** What one block found, per regulator and column. */
export interface WeightedSumPartial {
  readonly count: number;
  readonly means: Float64Array;
  /** Sum of squared deviations from the block's own mean. */
  readonly squares: Float64Array;
  /** Permutations whose sum is at least the observed one. */
  readonly reached: Float64Array;
  /** Permutations whose sum is at least as far from zero as the observed one. */
  readonly asFar: Float64Array;
}

/**
 * Weighted sum `S_r = Σ_g w_gr y_g` per regulator, with a null of permuted gene labels shared by all regulators and columns:
 * `norm_wsum = (S − mean₀) / sd₀` and `corr_wsum = −S log10 P`. P values are empirical, a count of zero being read as one.
 *
 * The P value of wsum and norm_wsum is two-sided: twice the smaller fraction of permutations on either side of S. That of
 * corr_wsum is decoupleR's own, because the score is made of it: `2 min(q, 1 − q)` with q the fraction of permutations with
 * |S₀| ≥ |S|. As q is two-sided already and not centred on the null, that P is low for sums close to zero too; it should not
 * be read as a test.
 *
 * @param input - genes × columns, complete
 * @param network - regulons prepared on the same genes
 * @returns the three statistics; norm_wsum has a Monte-Carlo standard error of about √((1 + z²/2) / permutations)
 * @throws ShapeError for missing statistics or other genes; OptionError for a bad number of permutations
 * @see doi:10.1093/bioadv/vbac016; decoupleR 2.4 `run_wsum`: wsum equal to rounding, norm_wsum and corr_wsum up to the
 *   random draws. Difference: decoupleR reports the P value of corr_wsum for all three.
 */
export async function weightedSum(
  input: ActivityInput,
  network: RegulonNetwork,
  options: WeightedSumOptions,
  context: RunContext,
): Promise<WeightedSumScores> {
  requireSameGenes(input.genes, network);
  requireComplete(input, 'The weighted sum');
  const permutations = options.permutations ?? 1000;
  const plan = planPermutations(network, input.values, new Uint32Array(input.genes.length));
  const observed = observedSums(plan);
  const payloads = permutationBlocks(permutations, context.seed).map((block) => ({ ...block, plan, observed }));
  const partials = await runBlocks<WeightedSumPayload, WeightedSumPartial>(
    weightedSumTaskName,
    payloads,
    'regulators: weighted sum',
    context,
  );
  return finish(input, network, observed, partials.reduce(mergePartials));
}

/** The block task of `weightedSum`. */
export function weightedSumTask(payload: WeightedSumPayload): WeightedSumPartial {
  const size = payload.observed.length;
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  const reached = new Float64Array(size);
  const asFar = new Float64Array(size);
  let count = 0;
  const rng = createRng(payload.seed, weightedSumTaskName, payload.block);
  drawWeightedSums(payload.plan, payload.permutations, rng, (sums) => {
    count++;
    for (let i = 0; i < size; i++) {
      const sum = sums[i] as number;
      const before = means[i] as number;
      const after = before + (sum - before) / count;
      means[i] = after;
      squares[i] = (squares[i] as number) + (sum - before) * (sum - after);
      const observed = payload.observed[i] as number;
      if (sum >= observed) reached[i] = (reached[i] as number) + 1;
      if (Math.abs(sum) >= Math.abs(observed)) asFar[i] = (asFar[i] as number) + 1;
    }
  });
  return { count, means, squares, reached, asFar };
}

/** Joins two blocks' moments (Chan, Golub and LeVeque 1983) and counts. */
function mergePartials(a: WeightedSumPartial, b: WeightedSumPartial): WeightedSumPartial {
  const count = a.count + b.count;
  const means = a.means.map((mean, i) => mean + (((b.means[i] as number) - mean) * b.count) / count);
  const squares = a.squares.map((square, i) => {
    const shift = (b.means[i] as number) - (a.means[i] as number);
    return square + (b.squares[i] as number) + (shift * shift * a.count * b.count) / count;
  });
  const add = (x: Float64Array, y: Float64Array): Float64Array => x.map((value, i) => value + (y[i] as number));
  return { count, means, squares, reached: add(a.reached, b.reached), asFar: add(a.asFar, b.asFar) };
}

function finish(
  input: ActivityInput,
  network: RegulonNetwork,
  observed: Float64Array,
  total: WeightedSumPartial,
): WeightedSumScores {
  const pValues = total.reached.map((reached) => foldedPValue(reached, total.count));
  const pCorrected = total.asFar.map((asFar) => foldedPValue(asFar, total.count));
  const normalised = observed.map((sum, i) => {
    const sd = Math.sqrt((total.squares[i] as number) / (total.count - 1));
    return sd > 0 ? (sum - (total.means[i] as number)) / sd : NaN;
  });
  const corrected = observed.map((sum, i) => -sum * log10(pCorrected[i] as number));
  const shared = { regulators: network.regulators, names: input.names };
  return {
    wsum: { method: 'wsum', ...shared, scores: observed, pValues },
    normWsum: { method: 'norm_wsum', ...shared, scores: normalised, pValues },
    corrWsum: { method: 'corr_wsum', ...shared, scores: corrected, pValues: pCorrected },
    permutations: total.count,
  };
}

/** Twice the smaller of a count and its complement, over all; a count of zero is read as one. */
function foldedPValue(count: number, permutations: number): number {
  const smaller = Math.min(count, permutations - count);
  return Math.min(1, (2 * Math.max(smaller, 1)) / permutations);
}
