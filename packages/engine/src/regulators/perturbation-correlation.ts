import type { RunContext } from '../core/context.js';
import { ShapeError } from '../core/errors.js';
import { createRng, shuffleInPlace } from '../core/rng.js';
import { mean } from '../core/sum.js';
import { midRanks } from '../stats/correlation.js';
import { permutationStrata } from './expression-bins.js';
import { type PermutationBlock, permutationBlocks, runBlocks } from './permutation-blocks.js';

/** Effects of switching the regulator on (gain) or off (loss), one row per gene. */
export interface PerturbationTable {
  /** The regulator that was switched; null when the file does not say, and then it is taken to be the one tested. */
  readonly regulator: string | null;
  readonly genes: readonly string[];
  readonly logFoldChange: Float64Array;
  readonly direction: 'gain' | 'loss';
}

/** The persister effect the perturbation is compared with; arrays are per gene. */
export interface PersisterEffect {
  readonly genes: readonly string[];
  readonly logFoldChange: Float64Array;
  readonly pAdjusted: Float64Array;
  readonly averageExpression: Float64Array;
}

/** A gene of both tables, by its row in each. */
export interface GenePair {
  readonly inEffect: number;
  readonly inPerturbation: number;
}

/** Name of the block task of `correlateWithShuffles`. */
export const perturbationTaskName = 'regulators/perturbation';

/** One block of shuffles, as plain data. */
export interface PerturbationPayload extends PermutationBlock {
  /** Centred, scaled ranks of the perturbation, stratum by stratum. */
  readonly perturbed: Float64Array;
  /** Centred, scaled ranks of the persister effect in the same order. */
  readonly effect: Float64Array;
  readonly starts: Uint32Array;
}

/** A correlation with those of its shuffles. */
export interface ShuffledCorrelation {
  /** Spearman; NaN when one side does not vary. A loss experiment counts with its sign turned. */
  readonly correlation: number;
  readonly shuffles: Float64Array;
}

/**
 * The genes with a finite effect in both tables, the perturbed regulator itself left out.
 *
 * @throws ShapeError when the perturbation table is ragged or lists a gene twice
 */
export function sharedGenes(effect: PersisterEffect, perturbation: PerturbationTable, regulator: string): GenePair[] {
  if (perturbation.logFoldChange.length !== perturbation.genes.length) {
    throw new ShapeError('The perturbation table has effects and genes of different lengths.', {
      expected: `${String(perturbation.genes.length)} effects`,
      found: String(perturbation.logFoldChange.length),
    });
  }
  const rows = new Map<string, number>();
  perturbation.genes.forEach((gene, row) => {
    if (rows.has(gene)) {
      throw new ShapeError('The perturbation table lists a gene twice.', { row: row + 2, found: gene });
    }
    rows.set(gene, row);
  });
  const pairs = effect.genes.map((gene, inEffect) => ({ inEffect, inPerturbation: rows.get(gene) ?? -1 }));
  return pairs.filter(
    ({ inEffect, inPerturbation }) =>
      inPerturbation >= 0 &&
      effect.genes[inEffect] !== regulator &&
      Number.isFinite(effect.logFoldChange[inEffect]) &&
      Number.isFinite(perturbation.logFoldChange[inPerturbation]),
  );
}

/** Spearman correlation of the two effects over some genes, with no shuffles. */
export function rankCorrelation(
  data: { readonly effect: PersisterEffect; readonly perturbation: PerturbationTable },
  pairs: readonly GenePair[],
): number {
  const payload = layOut(data, pairs);
  return dot(payload.perturbed, payload.effect);
}

/**
 * Spearman correlation of the two effects over some genes, and of shuffles of the gene labels within bins of average
 * expression (about 50 genes a bin at least, so few genes share one).
 */
export async function correlateWithShuffles(
  data: { readonly effect: PersisterEffect; readonly perturbation: PerturbationTable },
  pairs: readonly GenePair[],
  options: { readonly permutations: number },
  context: RunContext,
): Promise<ShuffledCorrelation> {
  const payload = layOut(data, pairs);
  const correlation = dot(payload.perturbed, payload.effect);
  if (Number.isNaN(correlation)) return { correlation, shuffles: new Float64Array(0) };
  const blocks = permutationBlocks(options.permutations, context.seed).map((block) => ({ ...block, ...payload }));
  const drawn = await runBlocks<PerturbationPayload, Float64Array>(
    perturbationTaskName,
    blocks,
    'regulators: perturbation',
    context,
  );
  return { correlation, shuffles: Float64Array.from(drawn.flatMap((block) => [...block])) };
}

/** The block task of `correlateWithShuffles`: the correlation of every shuffle. */
export function perturbationTask(payload: PerturbationPayload): Float64Array {
  const rng = createRng(payload.seed, perturbationTaskName, payload.block);
  const shuffled = payload.perturbed.slice();
  return Float64Array.from({ length: payload.permutations }, () => {
    for (let s = 0; s + 1 < payload.starts.length; s++) {
      shuffleInPlace(shuffled.subarray(payload.starts[s], payload.starts[s + 1]), rng);
    }
    return dot(shuffled, payload.effect);
  });
}

/** Genes stratum by stratum, by symbol within one, so that the shuffles do not depend on the order of the rows. */
function layOut(
  { effect, perturbation }: { readonly effect: PersisterEffect; readonly perturbation: PerturbationTable },
  pairs: readonly GenePair[],
): Pick<PerturbationPayload, 'perturbed' | 'effect' | 'starts'> {
  const expression = Float64Array.from(pairs, (pair) => effect.averageExpression[pair.inEffect] as number);
  const strata = permutationStrata(pairs.length, expression);
  const nameOf = (i: number): string => effect.genes[pairs[i]?.inEffect ?? 0] as string;
  const order = Uint32Array.from(pairs, (_, i) => i).sort(
    (a, b) => (strata[a] as number) - (strata[b] as number) || (nameOf(a) < nameOf(b) ? -1 : 1),
  );
  const turned = perturbation.direction === 'gain' ? 1 : -1;
  const values = (pick: (pair: GenePair) => number): Float64Array =>
    scaledRanks(Float64Array.from(order, (i) => pick(pairs[i] as GenePair)));
  const starts = [0];
  order.forEach((i, place) => {
    if (place > 0 && strata[i] !== strata[order[place - 1] as number]) starts.push(place);
  });
  return {
    perturbed: values((pair) => turned * (perturbation.logFoldChange[pair.inPerturbation] as number)),
    effect: values((pair) => effect.logFoldChange[pair.inEffect] as number),
    starts: Uint32Array.from([...starts, order.length]),
  };
}

/** Mid-ranks with mean zero and unit length, so that a dot product is a Spearman correlation; NaN without variation. */
function scaledRanks(values: Float64Array): Float64Array {
  const ranks = midRanks(values);
  const centre = mean(ranks);
  const centred = ranks.map((rank) => rank - centre);
  const length = Math.sqrt(dot(centred, centred));
  return centred.map((rank) => rank / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
