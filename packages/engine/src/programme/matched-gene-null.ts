import type { Rng } from '../core/rng.js';
import { mean } from '../core/sum.js';
import { compareText } from './compare-text.js';
import type { Signature } from './signature.js';

/** Genes cut into bins of equal size by average expression. */
export interface ExpressionBins {
  /** Bin of each gene. */
  readonly binOf: Int32Array;
  /** Genes of each bin, ordered by average expression, then by name. */
  readonly members: readonly Int32Array[];
}

/** Score differences of random signatures in one patient. */
export interface MatchedGeneNull {
  readonly mean: number;
  readonly standardDeviation: number;
  /** `(1 + random differences at least as large) / (1 + draws)`, one-sided. */
  readonly pValue: number;
  readonly nDraws: number;
}

/** At most this many bins, as in Seurat's `AddModuleScore`. */
const largestNumberOfBins = 24;
/** Genes a bin should hold for draws to differ from one another. */
const genesPerBin = 50;

/** Bins genes by average expression; ties by name, so the order of the genes is irrelevant. */
export function binByExpression(genes: readonly string[], averageExpression: Float64Array): ExpressionBins {
  const n = genes.length;
  const nBins = Math.max(1, Math.min(largestNumberOfBins, Math.floor(n / genesPerBin)));
  const order = genes.map((_, g) => g);
  order.sort(
    (a, b) => (averageExpression[a] as number) - (averageExpression[b] as number) || compareText(genes[a], genes[b]),
  );
  const binOf = new Int32Array(n);
  const members = Array.from({ length: nBins }, (_, bin) => {
    const inBin = order.slice(Math.floor((bin * n) / nBins), Math.floor(((bin + 1) * n) / nBins));
    for (const g of inBin) binOf[g] = bin;
    return Int32Array.from(inBin);
  });
  return { binOf, members };
}

/**
 * The score difference (mean effect of raised genes minus mean effect of lowered genes) of random signatures that have as
 * many genes of either side in every bin of average expression as the true one.
 *
 * @param effect - effect of every gene in one patient
 * @param places - gene index by name
 */
export function matchedGeneNull(
  effect: Float64Array,
  genes: Signature,
  options: {
    readonly places: ReadonlyMap<string, number>;
    readonly bins: ExpressionBins;
    readonly nDraws: number;
    readonly rng: Rng;
  },
): MatchedGeneNull {
  const { places, bins, nDraws, rng } = options;
  const up = genes.up.flatMap((gene) => places.get(gene) ?? []);
  const down = genes.down.flatMap((gene) => places.get(gene) ?? []);
  const observed = meanEffect(effect, up) - meanEffect(effect, down);
  const needUp = countPerBin(up, bins);
  const needDown = countPerBin(down, bins);
  const pools = bins.members.map((bin) => bin.slice());
  const draws = new Float64Array(nDraws);
  for (let i = 0; i < nDraws; i++) {
    let sumUp = 0;
    let sumDown = 0;
    pools.forEach((pool, bin) => {
      const [nUp, nDown] = [needUp[bin] as number, needDown[bin] as number];
      for (let k = 0; k < nUp + nDown; k++) {
        const value = effect[takeRandom(pool, k, rng)] as number;
        if (k < nUp) sumUp += value;
        else sumDown += value;
      }
    });
    draws[i] = sumUp / Math.max(1, up.length) - sumDown / Math.max(1, down.length);
  }
  return summarise(draws, observed);
}

/** Swaps a random one of the entries from `k` on into place `k`: a step of Fisher and Yates's shuffle. */
function takeRandom(pool: Int32Array, k: number, rng: Rng): number {
  const j = k + rng.integer(pool.length - k);
  const held = pool[k] as number;
  pool[k] = pool[j] as number;
  pool[j] = held;
  return pool[k];
}

function meanEffect(effect: Float64Array, genes: readonly number[]): number {
  return genes.length === 0 ? 0 : mean(genes.map((g) => effect[g] as number));
}

function countPerBin(genes: readonly number[], bins: ExpressionBins): Int32Array {
  const counts = new Int32Array(bins.members.length);
  for (const g of genes) {
    const bin = bins.binOf[g] as number;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

function summarise(draws: Float64Array, observed: number): MatchedGeneNull {
  const centre = mean(draws);
  const squares = mean(draws.map((d) => (d - centre) * (d - centre)));
  const asLarge = draws.filter((d) => d >= observed).length;
  return {
    mean: centre,
    standardDeviation: Math.sqrt((squares * draws.length) / Math.max(1, draws.length - 1)),
    pValue: (1 + asLarge) / (1 + draws.length),
    nDraws: draws.length,
  };
}
